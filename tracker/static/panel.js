// Rows of a list open in a panel beside it, which shows those parts of their page that are marked for it. The address
// says which row is open, so that Back closes it and a copied address opens it again. On narrow windows, and without
// this script, a row leads to its own page.
import { addressOf, openIn } from "./panel-address.js";

const panel = document.querySelector("[data-panel-here]");
const content = panel.querySelector("[data-panel-content]");
const wide = matchMedia("(min-width: 75rem)");
const linkOf = (key) => (key ? document.querySelector(`a[data-row="${CSS.escape(key)}"]`) : null);
let opened = null;

// The page of a row has a heading of its own; beside the list it is one below the list's.
function belowTheList(part) {
  for (const heading of [...part.querySelectorAll("h1")]) {
    const lower = document.createElement("h2");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return part;
}

function close() {
  const row = opened?.closest("tr");
  row?.classList.remove("is-open");
  panel.hidden = true;
  document.body.classList.remove("has-panel");
  if (panel.contains(document.activeElement) || document.activeElement === document.body) opened?.focus();
  opened = null;
}

async function open(link) {
  opened?.closest("tr")?.classList.remove("is-open");
  opened = link;
  link.closest("tr").classList.add("is-open");
  panel.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(link.href, { redirect: "manual" });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (opened !== link) return;
    const parts = [...page.querySelectorAll("[data-in-panel]")];
    if (!parts.length) throw new Error("nothing for the panel");
    content.replaceChildren(...parts.map(belowTheList));
    panel.hidden = false;
    document.body.classList.add("has-panel");
    content.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

function follow() {
  const link = wide.matches ? linkOf(openIn(location.href)) : null;
  if (link) open(link);
  else close();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-row]");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link === opened) return;
  history.pushState(null, "", addressOf(location.href, link.dataset.row));
  open(link);
});
const leave = () => {
  if (!opened) return;
  history.pushState(null, "", addressOf(location.href, null));
  close();
};
panel.querySelector("[data-panel-close]").addEventListener("click", leave);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("details.menu[open], dialog[open]")) leave();
});
addEventListener("popstate", follow);
wide.addEventListener("change", follow);
follow();
