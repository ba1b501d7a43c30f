// Keyboard use of the weekly review: every response is a whole page, of which this script shows the <main>.
const main = document.getElementById("main");
let isBusy = false;

const isTyping = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
const part = (selector) => main.querySelector(selector);
const unfold = (element) => {
  for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
};

// Prefetch the page that is probably next.
let ahead = { href: "", answer: null };
const lookAhead = () => {
  const href = part("a[rel=next]")?.href ?? "";
  ahead = { href, answer: href ? fetch(href).catch(() => null) : null };
};

const show = async (response) => {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.getElementById("main");
  if (!next || !next.querySelector("[data-stop]")) {
    location.assign(response.url);
    return;
  }
  document.title = page.title;
  main.replaceChildren(...next.childNodes);
  // After a refused decision the URL is that of the item, so that reloading does not send the decision again.
  const here = response.redirected || response.ok ? response.url : location.href;
  if (here !== location.href) history.pushState(null, "", here);
  settle();
  (part("#error-summary") ?? main).focus({ preventScroll: true });
  scrollTo(0, 0);
};

const go = async (asked) => {
  if (isBusy) return;
  isBusy = true;
  main.classList.add("is-waiting");
  try {
    const response = await asked();
    if (response) await show(response);
  } catch {
    part("[data-away]").hidden = false;
  }
  main.classList.remove("is-waiting");
  isBusy = false;
};

const visit = (href) => go(async () => (ahead.href === href && await ahead.answer) || fetch(href));
const send = (form, button) => go(() => fetch(button?.formAction || form.action, {
  method: "POST",
  body: new URLSearchParams(new FormData(form)),
}));

main.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  event.preventDefault();
  event.stopPropagation();
  send(event.target, event.submitter?.hasAttribute("formaction") ? event.submitter : null);
}, true);
main.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-key]");
  if (way && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    visit(way.href);
  }
  const day = event.target.closest("button[data-day]");
  if (day) {
    const { form } = day;
    unfold(form);
    form.elements.due_on.value = day.dataset.day;
    form.elements.reason.focus();
  }
  if (event.target.closest("button[data-key='?']")) document.getElementById("keys").showModal();
});
addEventListener("popstate", () => visit(location.href));

// Only one open panel, also in browsers without support for `name` on details.
main.addEventListener("toggle", (event) => {
  if (!event.target.matches("details.more-decision") || !event.target.open) return;
  for (const other of main.querySelectorAll("details.more-decision[open]")) other.open = other === event.target;
}, true);

// Ctrl+Enter submits the form that has the focus.
document.addEventListener("keydown", (event) => {
  const form = event.target.form ?? event.target.closest("details")?.querySelector("form");
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form || !main.contains(form)) return;
  event.preventDefault();
  form.requestSubmit();
});

// One key for each step. In a field only Escape works: it leaves the field.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || part("dialog[open]")) return;
  if (event.key === "Escape") document.activeElement?.blur();
  if (isTyping(event.target) || event.repeat) return;
  const key = event.key.toLowerCase();
  if (key === "n") {
    const note = part("textarea[name=note]");
    if (!note) return;
    event.preventDefault();
    unfold(note);
    note.focus();
    return;
  }
  const days = main.querySelectorAll("button[data-day]");
  if (days[key - 1]) {
    event.preventDefault();
    days[key - 1].click();
    return;
  }
  const target = [...main.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("details")) {
    unfold(target);
    target.querySelector("input:not([type=hidden]), select, textarea").focus();
  } else {
    (target.matches("a, button") ? target : target.querySelector("button")).click();
  }
});

// After each swap: show the buttons that need this script, and prefetch the next page.
const settle = () => {
  const help = part("button[data-key='?']");
  if (help) help.hidden = false;
  for (const days of main.querySelectorAll(".quick-days")) days.hidden = false;
  for (const button of main.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
  lookAhead();
};
settle();
