// Comforts on top of pages that work without any script.

// Light or dark, remembered in this browser.
const themeSwitch = document.querySelector("[data-theme-switch]");
if (themeSwitch) {
  themeSwitch.hidden = false;
  themeSwitch.addEventListener("click", () => {
    const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    document.documentElement.dataset.bsTheme = next;
    localStorage.setItem("theme", next);
  });
}

// What has to be mended is read first.
document.getElementById("error-summary")?.focus();

// Nobody leaves with unsaved text unasked; a second click on the way does nothing.
for (const form of document.querySelectorAll("form[method=post]")) {
  let changed = false;
  let sent = false;
  if (form.dataset.guard) {
    form.addEventListener("input", () => { changed = true; });
    addEventListener("beforeunload", (event) => { if (changed && !sent) event.preventDefault(); });
  }
  form.addEventListener("submit", (event) => {
    if (sent || (form.dataset.confirm && !confirm(form.dataset.confirm))) {
      event.preventDefault();
      return;
    }
    sent = true;
  });
  // Coming back with the browser's own button must find a form that can be sent again.
  addEventListener("pageshow", () => { sent = false; });
}

// The account menu closes when one goes on elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
