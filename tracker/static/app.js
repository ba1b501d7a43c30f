// Enhancements for pages that also work without scripts.

// Light, dark or system theme, stored in this browser.
const themeSwitch = document.querySelector("[data-theme-switch]");
if (themeSwitch) {
  const choices = themeSwitch.querySelectorAll("[data-theme]");
  const mark = (chosen) => choices.forEach((choice) => choice.setAttribute("aria-pressed", choice.dataset.theme === chosen));
  let chosen = "auto";
  try { chosen = localStorage.getItem("theme") || "auto"; } catch { /* storage may be disabled */ }
  mark(chosen);
  themeSwitch.hidden = false;
  themeSwitch.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme]");
    if (!choice) return;
    dispatchEvent(new CustomEvent("theme-chosen", { detail: choice.dataset.theme }));
    mark(choice.dataset.theme);
  });
}

// What happened is said for a while, longer where it can be undone, and not taken away while somebody is at it.
for (const flash of document.querySelectorAll(".flash")) {
  let isLookedAt = false;
  for (const [event, looked] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
    flash.addEventListener(event, () => { isLookedAt = looked; });
  }
  const leave = () => { if (isLookedAt) setTimeout(leave, 2000); else flash.remove(); };
  setTimeout(leave, flash.querySelector("form") ? 30000 : 10000);
}

// Focus the error summary, so that screen readers read it first.
(document.getElementById("error-summary") ?? document.getElementById("hints"))?.focus();

// Ask before leaving with unsaved text, and ignore a second click while a form is being sent. Heard on the document, so
// that it holds for forms that come later, in the panel beside a list.
const sent = new Set();
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.guard) changed.add(form);
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected && !sent.has(form))) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[method=post]:not([data-quiet])")) return;
  if (sent.has(form) || (form.dataset.confirm && !confirm(form.dataset.confirm))) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
}, true);
// After the browser's back button, a form can be sent again.
addEventListener("pageshow", () => {
  for (const form of sent) form.removeAttribute("aria-busy");
  sent.clear();
});

// Resubmit what was typed before signing in; without this script there is a button.
document.querySelector("form[data-send-now]")?.requestSubmit();

// Add a row: <button data-add-row="#rows"> copies the <template> inside #rows, which has __index__ in names and ids.
for (const button of document.querySelectorAll("button[data-add-row]")) {
  const rows = document.querySelector(button.dataset.addRow);
  const template = rows?.querySelector("template");
  if (!template) continue;
  button.hidden = false;
  let next = Number(rows.dataset.nextIndex ?? template.parentElement.children.length - 1);
  button.addEventListener("click", () => {
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__index__", String(next));
    next += 1;
    const row = holder.content.firstElementChild;
    template.before(holder.content);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

// A verb that asks something takes the focus to what it asks.
document.addEventListener("toggle", (event) => {
  const verb = event.target;
  if (verb.open && verb.matches("details.verb")) verb.querySelector("input:not([type=hidden])")?.focus();
}, true);

// Close open menus on a click elsewhere or on Escape.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// Scroll to the tab of this page where not all tabs fit.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const tabs = tab.closest(".tabs");
  tabs.scrollLeft += tab.getBoundingClientRect().left - tabs.getBoundingClientRect().left - 16;
}

// Copy the text that a button refers to; without this script it can be selected.
for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const told = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText((told.value ?? told.innerText).trim());
  button.textContent = button.dataset.copied;
});

// Mark shown changes as seen; without this script there is a button for it.
for (const look of document.querySelectorAll("[data-look]")) {
  const form = look.querySelector("form");
  look.hidden = true;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => { look.hidden = false; });
}
