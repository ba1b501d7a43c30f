// Names that fit what is typed into the roll call: from the list of people, then posts. What was typed counts as it is.
import { announce, createList, createPopup } from "../combobox.js";

const MOST = 6;

export const offerNames = (box, fetchFrom = fetch) => {
  const page = box.ownerDocument;
  const say = announce(page);
  const { popup, show, at } = createPopup(page, box);
  const found = async (url, typed) => {
    const address = new URL(url, page.location.href);
    address.searchParams.set("q", typed);
    const response = await fetchFrom(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    return response.ok ? (await response.json()).choices.slice(0, MOST) : [];
  };
  // «p Sari, Direktur»: a letter for the role may precede the name, a post may follow it.
  const nameIn = (typed) => typed.replace(/^\s*[a-z]\s+/, "").trim();
  const ask = async (typed) => {
    const name = nameIn(typed);
    if (name.length < 2 || name.includes(",")) return { choices: [] };
    const all = await Promise.all(box.dataset.names.split(" ").map((url) => found(url, name)));
    return { choices: all.flat() };
  };
  const list = createList({ ask, show: (state) => { show({ ...state, isOpen: state.isOpen && state.choices.length > 0 }); if (state.said) say(state.said); } });
  const take = (choice) => {
    const mark = /^\s*[a-z]\s+/.exec(box.value)?.[0] ?? "";
    box.value = `${mark}${choice.name}`;
  };
  box.addEventListener("input", () => list.typed(box.value));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || popup.hidden) return;
    const { isUsed, taken } = list.key(event.key, box.value);
    if (taken) take(taken);
    if (!isUsed) return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  popup.addEventListener("click", ({ target }) => {
    const choice = at(target);
    if (!choice) return;
    list.close();
    take(choice);
  });
  box.addEventListener("focusout", () => list.close());
  box.form.addEventListener("submit", () => list.close());
};
