// The command palette: Ctrl+K or «/» opens it. It lists pages of the menus, what may be done with a record, and what the
// search finds. Without this script the search in the header goes to its page.
import { announce, createList, createPopup } from "./combobox.js";

const MOST_PAGES = 5;

// Pages of the menus whose name has a word that begins with each typed word.
export function pagesThatFit(pages, typed) {
  const starts = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!starts.length) return pages;
  const begins = (name) => starts.every((start) => name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(start)));
  return pages.filter(({ name }) => begins(name)).slice(0, MOST_PAGES);
}

// Each address once, under the name that its link has.
export function pagesOf(links) {
  const pages = new Map();
  for (const link of links) {
    const name = [...link.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join(" ").trim().replace(/\s+/g, " ");
    if (name && !pages.has(link.href)) pages.set(link.href, { id: link.href, name, detail: "" });
  }
  return [...pages.values()];
}

export function opensPalette({ key, ctrlKey, metaKey, altKey, defaultPrevented }, isTyping) {
  if (defaultPrevented || altKey) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  return key === "/" && !isTyping;
}

function listen(page) {
  const dialog = page.querySelector("[data-palette]");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const box = form.elements.q;
  const say = announce(page);
  const { popup, show, at } = createPopup(page, box);
  const ask = async (typed) => {
    const pages = pagesThatFit(pagesOf(page.querySelectorAll(".site-head nav a, .site-head .menu-list a")), typed);
    if (!typed.trim()) return { choices: pages, said: "" };
    const address = new URL(dialog.dataset.palette, page.location.href);
    address.searchParams.set("q", typed);
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!response.ok) return { choices: pages, said: "" };
    const { choices, said } = await response.json();
    return { choices: [...pages, ...choices], said: pages.length ? "" : said };
  };
  const list = createList({ ask, first: 0, show: (state) => { show(state); if (state.said) say(state.said); } });
  const go = (choice) => { if (choice) page.location.assign(choice.id); };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    box.value = "";
    list.search("");
  };
  box.addEventListener("input", () => list.typed(box.value));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key === "Escape") return;
    const { isUsed, taken } = list.key(event.key, box.value);
    if (isUsed) event.preventDefault();
    go(taken);
  });
  popup.addEventListener("click", (event) => go(at(event.target)));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (!dialog.open) list.close(); }); // it comes late, maybe after opening again

  page.addEventListener("keydown", (event) => {
    const typesIn = event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
    const isTyping = typesIn?.checkVisibility(); // the box of a palette just closed keeps the focus for a moment
    if (!opensPalette(event, isTyping)) return;
    event.preventDefault();
    const own = event.key === "/" ? page.querySelector(".search-form [name=q]") : null; // on the page of the search itself
    if (own) own.focus(); else open();
  });
}

if (globalThis.document) listen(globalThis.document);
