// The menu at the caret: who or which target is meant after «@» and «#». It takes nothing by itself: Enter stores the line
// as it stands unless a name was chosen with the arrow keys; Tab takes the first.
import { createList } from "../combobox.js";

const TYPED = /([@#])([-+*~%=]?)([^@#\n“”"|]{0,60})$/;
const MOST_WORDS = 5;
const MOST_OF_GROUP = 5;

// The sign before the caret and what was typed after it; null if there is none.
export const askedAt = (text) => {
  const match = TYPED.exec(text);
  if (!match || /\s\s|^\s|[,.:;]\s/.test(match[3]) || match[3].trim().split(/\s+/).length > MOST_WORDS) return null;
  return { sign: match[1], name: match[3].replaceAll("_", " "), start: match.index + match[1].length + match[2].length };
};

const even = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
// Each typed word begins a word of the name or the post.
export const fits = (typed, words) => {
  const begun = even(words).split(/[^\p{L}\p{N}]+/u);
  return even(typed).split(/\s+/).filter(Boolean).every((part) => begun.some((word) => word.startsWith(part)));
};

export const createNames = ({ box, menu, roomOf, fetch, settle, later, cancel }) => {
  const page = box.ownerDocument;
  const { people, posts, targets, ofRoom, ofPosts, ofPeople, ofTargets, said } = menu.dataset;
  const told = page.createElement("span");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  menu.after(told);
  let asked = null;
  // Nothing fitted this beginning, so nothing fits what goes on from it.
  let nothing = null;

  const found = async (url, typed, group, register) => {
    const address = new URL(url, page.location.href);
    address.searchParams.set("q", typed);
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!response.ok) return [];
    const { choices } = await response.json();
    return choices.slice(0, MOST_OF_GROUP).map((one) => ({ ...one, group, register }));
  };
  const ask = async (typed) => {
    if (nothing && asked.sign === nothing.sign && typed.startsWith(nothing.name)) return { choices: [] };
    let choices;
    if (asked.sign === "#") choices = await found(targets, typed, ofTargets, "target");
    else {
      const room = roomOf().filter((one) => fits(typed, `${one.name} ${one.detail}`)).slice(0, MOST_OF_GROUP);
      choices = room.map((one) => ({ ...one, group: ofRoom, register: "attendance" }));
      if (typed.trim().length > 1) {
        const more = await Promise.all([found(posts, typed, ofPosts, "position"), found(people, typed, ofPeople, "person")]);
        const listed = new Set(room.map((one) => one.name));
        choices.push(...more.flat().filter((one) => !listed.has(one.name)));
      }
    }
    nothing = choices.length ? null : { sign: asked.sign, name: typed };
    return { choices };
  };
  const option = (choice, at) => {
    const item = page.createElement("div");
    item.id = `name-${at}`;
    item.dataset.at = at;
    item.setAttribute("role", "option");
    const name = page.createElement("b");
    name.textContent = choice.name;
    item.append(name);
    if (choice.detail) {
      const detail = page.createElement("span");
      detail.className = "meta";
      detail.textContent = ` ${choice.detail}`;
      item.append(detail);
    }
    return item;
  };
  let shown = [];
  const show = ({ choices, active, isOpen }) => {
    if (choices !== shown) {
      const rows = choices.flatMap((choice, at) => {
        const heading = page.createElement("p");
        heading.setAttribute("role", "presentation");
        heading.textContent = choice.group;
        return choice.group === choices[at - 1]?.group ? [option(choice, at)] : [heading, option(choice, at)];
      });
      menu.replaceChildren(...rows);
      told.textContent = choices.length ? `${choices.length}: ${said}` : "";
    }
    shown = choices;
    menu.hidden = !isOpen || choices.length === 0;
    if (!menu.hidden && asked) place();
    for (const item of menu.querySelectorAll("[role=option]")) item.setAttribute("aria-selected", String(Number(item.dataset.at) === active));
    const current = menu.querySelector(`[data-at="${active}"]`);
    if (current && !menu.hidden) box.setAttribute("aria-activedescendant", current.id); else box.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  };
  const list = createList({ ask, show, ...(later && { later, cancel }) });
  menu.id ||= "names-of-line";
  menu.setAttribute("role", "listbox");
  menu.setAttribute("aria-label", ofRoom);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", menu.id);

  const take = (choice) => {
    if (!asked) return;
    const end = box.selectionEnd;
    const gap = box.value[end] === " " ? "" : " ";
    box.setRangeText(`${choice.name}${gap}`, asked.start, end, "end");
    settle(choice.name, choice.register, choice.row ?? choice.id);
    list.close();
    asked = null;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const look = () => {
    asked = box.selectionStart === box.selectionEnd ? askedAt(box.value.slice(0, box.selectionStart)) : null;
    if (!asked) { list.close(); return; }
    list.typed(asked.name);
  };
  // Above the sign in the line, as far as the box allows.
  const place = () => {
    const sheet = getComputedStyle(box);
    const brush = place.brush ??= page.createElement("canvas").getContext("2d");
    brush.font = sheet.font;
    const width = box.clientWidth || 1;
    const along = brush.measureText(box.value.slice(0, asked.start).split("\n").at(-1)).width % width;
    const room = box.parentElement.clientWidth - menu.offsetWidth;
    menu.style.left = `${Math.max(0, Math.min(along, room))}px`;
  };

  box.addEventListener("input", ({ isTrusted }) => { if (isTrusted) look(); });
  menu.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  menu.addEventListener("click", ({ target }) => {
    const choice = shown[target.closest("[role=option]")?.dataset.at];
    if (choice) take(choice);
  });
  box.addEventListener("focusout", () => list.close());
  return {
    get isOpen() { return !menu.hidden; },
    close: list.close,
    // Whether the key was meant for the menu.
    key(name) {
      if (menu.hidden) return false;
      if (name === "Tab") { take(shown[Number(menu.querySelector("[aria-selected=true]")?.dataset.at ?? 0)]); return true; }
      const { isUsed, taken } = list.key(name, asked?.name ?? "");
      if (taken) take(taken);
      return isUsed;
    },
  };
};
