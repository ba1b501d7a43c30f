// The chips beside the box show how the line was read. A choice on a chip overrides the reading until the line is stored
// or emptied. The control that has the focus is never redrawn, so that an open list stays open; the others are updated.
export const PAUSE = 250;
const PAUSE_IN_CHIP = 500;

// Fields of a line that are not chips.
const NO_CHIPS = new Set(["line", "once", "version", "earlier", "asked", "adopts", "adopts_step", "step", "after", "above", "agenda_item"]);

// Records chosen in the menu at the caret take numbers after those of the chips.
const FIRST_OF_MENU = 20;

const keyOf = (chip) => chip.querySelector("[name]")?.name ?? chip.textContent.trim();

export const createReading = ({ area, aloud, box, details, url, fetch, later = setTimeout, cancel = clearTimeout }) => {
  const chosen = new Map();
  let timer = null;
  let shownFor = "";
  let isDismissed = false;
  // Questions at which Enter already stopped; each is asked once per line.
  let asked = "";
  let onChange = () => {};

  const questions = () => area.querySelector("[data-asked]")?.dataset.asked ?? "";
  const isAsking = () => area.querySelector("[data-is-asking]") !== null;
  const params = () => new URLSearchParams({ line: box.value, asked, above: box.form.elements.above.value, ...Object.fromEntries(chosen) });
  const forget = () => {
    asked = "";
    delete area.dataset.stopped;
  };

  const patch = (fresh) => {
    const active = document.activeElement;
    const old = area.querySelector(".chips");
    const next = fresh.querySelector(".chips");
    if (!old || !next) return;
    const held = [...old.children].find((chip) => chip.contains(active));
    if (held) {
      const key = keyOf(held);
      const place = [...next.children].find((chip) => keyOf(chip) === key);
      if (!place) return; // keep the control that has the focus
      for (const chip of [...old.children]) if (chip !== held) chip.remove();
      let isBefore = true;
      for (const chip of [...next.children]) {
        if (chip === place) { isBefore = false; continue; }
        if (isBefore) held.before(chip); else old.append(chip);
      }
      for (const attribute of next.attributes) old.setAttribute(attribute.name, attribute.value);
    }
    const rest = [...fresh.children].filter((one) => !one.matches(".chips"));
    if (![...area.children].some((one) => one !== old && one.contains(active))) {
      for (const one of [...area.children]) if (one !== old) one.remove();
      area.append(...rest);
    }
  };
  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    if (isDismissed) fresh.querySelector("[data-earlier]")?.remove();
    if (area.contains(document.activeElement)) patch(fresh); else area.replaceChildren(...fresh.childNodes);
    const words = area.querySelector("[data-summary]")?.dataset.summary ?? "";
    if (aloud && aloud.textContent !== words) aloud.textContent = words;
    onChange();
  };
  const read = async () => {
    cancel(timer);
    const line = box.value;
    if (!line.trim()) return;
    const question = String(params());
    try {
      const response = await fetch(`${url}?${question}`, { redirect: "manual" }); // never follow to the sign-in page
      if (!response.ok || String(params()) !== question) return;
      const html = await response.text();
      if (String(params()) !== question) return;
      shownFor = question;
      show(html);
    } catch { /* what a line means is shown again when the connection is back */ }
  };
  const isChanged = (control) => {
    const value = control.type === "checkbox" ? (control.checked ? control.value : "") : control.value;
    const before = control.matches("input:not([type=checkbox], [type=hidden])") ? control.defaultValue : "";
    if (value === (chosen.get(control.name) ?? before)) return false;
    if (value) chosen.set(control.name, value); else chosen.delete(control.name);
    return true;
  };
  const choose = ({ target }) => {
    if (!target.name) return;
    // The words of a searching field and the row beside them change together.
    const controls = target.closest(".combobox")?.querySelectorAll("input[name]") ?? [target];
    if (![...controls].map(isChanged).some(Boolean)) return;
    cancel(timer);
    timer = later(read, PAUSE_IN_CHIP);
  };
  area.addEventListener("change", choose);

  return {
    read,
    show,
    set onChange(told) { onChange = told; },
    get asked() { return asked; },
    typed() {
      if (!box.value.trim()) { this.clear(); return; }
      forget();
      cancel(timer);
      timer = later(read, PAUSE);
    },
    // If the reading has a question about this line, Enter stops once at the chip that answers it.
    stops() {
      if (!isAsking() || "stopped" in area.dataset || shownFor !== String(params())) return false;
      this.stop();
      return true;
    },
    stop() {
      area.dataset.stopped = "";
      asked = questions();
      (area.querySelector("[aria-invalid=true]") ?? box).focus();
    },
    // The name just taken from the menu means this record.
    settle(name, register, id) {
      if (name.includes("=")) return;
      const taken = [...chosen.keys()].filter((key) => Number(key.split("-")[1]) >= FIRST_OF_MENU).length;
      chosen.set(`choices-${FIRST_OF_MENU + taken}`, `${name.toLowerCase()}=${register}:${id}`);
    },
    // Sends only the choices, not what was read.
    withoutRead(fields) {
      const kept = { ...fields };
      for (const control of area.querySelectorAll("[name]")) if (!chosen.has(control.name)) delete kept[control.name];
      return { ...kept, ...Object.fromEntries(chosen) };
    },
    // A returned line gets its choices back.
    restore(fields) {
      const others = new Set([...(details?.querySelectorAll("[name]") ?? [])].map((control) => control.name));
      for (const [name, value] of Object.entries(fields)) {
        if (value && !NO_CHIPS.has(name) && !others.has(name)) chosen.set(name, value);
      }
      for (const control of details?.querySelectorAll("[name]") ?? []) {
        const value = fields[control.name] ?? "";
        if (control.type === "checkbox") control.checked = value !== ""; else control.value = value;
      }
    },
    clear() {
      cancel(timer);
      chosen.clear();
      shownFor = "";
      isDismissed = false;
      forget();
      area.replaceChildren();
      if (aloud) aloud.textContent = "";
      for (const control of details?.querySelectorAll("[name]") ?? []) {
        if (control.type === "checkbox") control.checked = false; else control.value = "";
      }
    },
    dismissEarlier() {
      isDismissed = true;
      area.querySelector("[data-earlier]")?.remove();
    },
  };
};
