// A text field that searches its choices on the server (WAI-ARIA combobox with a list). Without this script it is a plain
// text field, and the server looks up what was typed. What belongs to a field lies in the same .combobox.
export const PAUSE = 180;

// What one field shows and what keys do to it; the page and the server are given.
// `first` is the choice that is active as soon as there are some: -1 for none.
export function createList({ ask, show, first = -1, later = setTimeout, cancel = clearTimeout }) {
  let timer = 0;
  let turn = 0;
  let choices = [];
  let active = -1;
  let isOpen = false;

  const tell = (said) => show({ choices, active, isOpen, said });
  const close = () => {
    turn += 1;
    cancel(timer);
    const was = isOpen;
    [choices, active, isOpen] = [[], -1, false];
    if (was) tell();
  };
  const search = async (typed) => {
    const mine = ++turn;
    cancel(timer);
    const answer = await ask(typed).catch(() => null);
    if (!answer || mine !== turn) return;
    [choices, active, isOpen] = [answer.choices, answer.choices.length ? first : -1, true];
    tell(answer.said);
  };
  const move = (to) => {
    active = choices.length ? (to + choices.length) % choices.length : -1;
    tell();
  };

  return {
    close,
    search,
    // What was listed answers other words, so that Enter takes none of it.
    typed(text) {
      cancel(timer);
      turn += 1;
      if (active >= 0) { active = -1; tell(); }
      timer = later(() => search(text), PAUSE);
    },
    // Whether the key was used up, and the choice it took.
    key(name, text) {
      if (!isOpen) {
        if (name !== "ArrowDown" && name !== "ArrowUp") return { isUsed: false };
        search(text);
        return { isUsed: true };
      }
      const steps = { ArrowDown: active + 1, ArrowUp: active < 0 ? choices.length - 1 : active - 1 };
      if (name in steps) { move(steps[name]); return { isUsed: true }; }
      if (active >= 0 && (name === "Home" || name === "End")) { move(name === "Home" ? 0 : choices.length - 1); return { isUsed: true }; }
      if (name === "Escape") { close(); return { isUsed: true }; }
      if (name === "Enter" && active >= 0) {
        const taken = choices[active];
        close();
        return { isUsed: true, taken };
      }
      return { isUsed: false };
    },
  };
}

export const announce = (page) => {
  let region = page.getElementById("combobox-said");
  if (!region) {
    region = page.createElement("div");
    Object.assign(region, { id: "combobox-said", className: "visually-hidden" });
    region.setAttribute("role", "status");
    page.body.append(region);
  }
  return (words) => { region.textContent = words; };
};

const element = (page, name, className, words) => Object.assign(page.createElement(name), { className, textContent: words });

// Options and their container; the note beneath says how many there are.
export function createPopup(page, box) {
  const popup = element(page, "div", "combobox-popup", "");
  const list = element(page, "ul", "combobox-options", "");
  const note = element(page, "p", "combobox-note", "");
  list.id = `${box.id}-options`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels?.[0]?.textContent.trim() ?? box.getAttribute("aria-label"));
  popup.hidden = true;
  popup.append(list, note);
  box.after(popup);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    box.setAttribute(name, value);
  }
  const option = (choice, at) => {
    const item = element(page, "li", "combobox-option", "");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.dataset.at = at;
    item.append(element(page, "span", "choice-name", choice.name));
    if (choice.detail) item.append(" ", element(page, "span", "choice-detail", choice.detail));
    return item;
  };
  let shown = [];
  const show = ({ choices, active, isOpen, said }) => {
    if (choices !== shown) list.replaceChildren(...choices.map(option));
    shown = choices;
    if (said !== undefined) note.textContent = said;
    note.hidden = !note.textContent;
    popup.hidden = !isOpen;
    list.hidden = choices.length === 0;
    box.setAttribute("aria-expanded", String(isOpen && choices.length > 0));
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    const current = list.children[active];
    if (current) box.setAttribute("aria-activedescendant", current.id); else box.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  };
  return { popup, show, at: (target) => shown[target.closest?.("[role=option]")?.dataset.at] };
}

export function attach(box, say, fetchFrom = fetch) {
  const page = box.ownerDocument;
  const field = box.closest(".combobox");
  const chosen = field.querySelector("input[type=hidden]");
  const several = field.querySelector("[data-combobox-chosen]");
  const { popup, show, at } = createPopup(page, box);
  const ask = async (typed) => {
    const address = new URL(box.dataset.choices, page.location.href);
    address.searchParams.set("q", typed);
    const response = await fetchFrom(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    return response.ok ? response.json() : null;
  };
  const list = createList({ ask, show: (state) => { show(state); if (state.said) say(state.said); } });

  const take = (choice) => {
    field.querySelector("[data-combobox-matches]")?.remove();
    if (several) {
      const label = element(page, "label", "form-check", "");
      const tick = Object.assign(page.createElement("input"), { className: "form-check-input", type: "checkbox", name: box.dataset.field, value: choice.id, checked: true });
      label.append(tick, " ", choice.words);
      const item = page.createElement("li");
      item.append(label);
      several.append(item);
    } else {
      chosen.value = choice.id;
    }
    box.value = several ? "" : choice.words;
    (chosen ?? box).dispatchEvent(new Event("change", { bubbles: true }));
  };

  box.addEventListener("input", () => {
    if (chosen) chosen.value = "";
    field.querySelector("[data-combobox-matches]")?.remove();
    list.typed(box.value);
  });
  box.addEventListener("click", () => { if (popup.hidden) list.search(chosen?.value ? "" : box.value); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { isUsed, taken } = list.key(event.key, chosen?.value ? "" : box.value);
    if (taken) take(taken);
    if (!isUsed) return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  popup.addEventListener("click", (event) => {
    const choice = at(event.target);
    if (!choice) return;
    list.close();
    take(choice);
  });
  box.addEventListener("focusout", () => list.close());
}

// What is chosen is sent as its id alone; words are sent only while they have none.
export function sendIdsAlone({ target, formData }) {
  for (const box of target.querySelectorAll("[data-choices]")) {
    const hasId = Boolean(box.closest(".combobox").querySelector("input[type=hidden]")?.value);
    if (hasId || !box.value) formData.delete(box.name);
  }
}

export function listen(page) {
  const attached = new WeakSet();
  const say = announce(page);
  const see = (box) => {
    if (attached.has(box)) return;
    attached.add(box);
    attach(box, say);
  };
  page.querySelectorAll("[data-choices]").forEach(see);
  // Rows and lines that came later.
  page.addEventListener("focusin", ({ target }) => { if (target.matches?.("[data-choices]")) see(target); });
  page.addEventListener("formdata", sendIdsAlone);
}

if (globalThis.document) listen(globalThis.document);
