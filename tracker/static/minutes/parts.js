// Parts of the screen that others may change. Updates preserve the focus, the caret and open editors.
const LONGEST_HAVE = 7000; // servers accept headers of 8 KB
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";

const named = (name) => `[data-part="${CSS.escape(name)}"]`;

// Reorder elements without touching those that are already in place.
const arrange = (list, wanted) => {
  wanted.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
};
const made = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
// Moving an element would remove the focus from within it. If it is gone, `lost` says where one goes on.
const keepingFocus = (work, lost) => {
  const active = document.activeElement;
  const caret = active?.matches("textarea, input[type=text]") ? [active.selectionStart, active.selectionEnd] : null;
  work();
  if (active && active !== document.activeElement && active.isConnected) {
    active.focus({ preventScroll: true });
    if (caret) active.setSelectionRange(...caret);
  } else if (active && !active.isConnected) lost();
};
// The same control in the new content, or the one that replaced it.
const focusAgain = (part, active, index) => {
  const now = [...part.querySelectorAll(FOCUSABLE)];
  const same = ["formaction", "href", "name"].map((name) => active.getAttribute(name) && now.find(
    (one) => one.getAttribute(name) === active.getAttribute(name) && one.value === active.value,
  )).find(Boolean);
  const next = same ?? now.filter((one) => one.tagName === active.tagName)[index] ?? now[Math.min(index, now.length - 1)];
  if (next) { next.focus({ preventScroll: true }); return; }
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
};

export const createParts = ({ root, leave = () => {}, lost = () => {} }) => {
  const sections = root.querySelector("[data-sections]");
  const isBusy = (part) => part.querySelector("[data-editor]") !== null;

  const take = (part, { html, mark }) => {
    if (isBusy(part)) return; // keeps its old version, so that it is requested again
    leave(part);
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const alike = active ? [...part.querySelectorAll(FOCUSABLE)].filter((one) => one.tagName === active.tagName) : [];
    part.innerHTML = html;
    part.dataset.mark = mark;
    if (active) focusAgain(part, active, alike.indexOf(active));
  };
  const sectionOf = (item) => sections.querySelector(`:scope > [data-section="${item}"]`)
    ?? made("section", { class: "section", "data-section": item }, made("div", { "data-part": `item-${item}` }),
      made("ol", { class: "lines" }));
  const lineOf = (number) => document.getElementById(`line-${number}`)
    ?? made("li", { id: `line-${number}`, "data-line": number }, made("div", { "data-part": `line-${number}` }));

  const order = (wanted) => keepingFocus(() => {
    const pending = [...sections.querySelectorAll(".is-pending")];
    const standing = new Set(wanted.flatMap(([, lines]) => lines.map((number) => `line-${number}`)));
    for (const line of sections.querySelectorAll("[data-line]")) {
      if (!standing.has(line.id) && !isBusy(line)) line.remove();
    }
    const now = wanted.map(([item, lines]) => {
      const section = sectionOf(item);
      const list = section.querySelector("ol");
      arrange(list, lines.map(lineOf));
      return section;
    });
    for (const old of [...sections.children]) {
      if (!now.includes(old) && !isBusy(old)) old.remove();
    }
    arrange(sections, now);
    for (const line of pending) if (!line.isConnected) now.at(-1)?.querySelector("ol").append(line);
  }, lost);

  return {
    // Versions of the parts shown: «line-12.a1b2c roll.d3e4f».
    have() {
      const told = [...root.querySelectorAll("[data-part]")].map((part) => `${part.dataset.part}.${part.dataset.mark}`);
      let length = 0;
      return told.filter((one) => (length += one.length + 1) < LONGEST_HAVE).join(" ");
    },
    apply({ order: wanted, parts = {}, counts = {} }) {
      if (wanted && sections) order(wanted);
      for (const [name, fresh] of Object.entries(parts)) {
        const part = root.querySelector(named(name));
        if (part) take(part, fresh);
      }
      for (const [name, count] of Object.entries(counts)) {
        for (const shown of document.querySelectorAll(`#${name}-heading .count, [data-count="${name}"]`)) shown.textContent = count;
      }
    },
    has: (line) => document.getElementById(`line-${line}`) !== null,
    // The last line of an agenda item, or the last of all.
    lastLine(item) {
      const section = sections.querySelector(`:scope > [data-section="${item || 0}"]`);
      const lines = [...(section ?? sections).querySelectorAll("[data-line]")];
      return (lines.at(-1) ?? [...sections.querySelectorAll("[data-line]")].at(-1))?.dataset.line ?? "";
    },
    // Show a line that is being sent below the lines of its agenda item, or below the line it follows.
    showPending(key, text, { item, after }) {
      const line = made("li", { id: `pending-${key}`, class: "is-pending" }, text);
      const above = after && document.getElementById(`line-${after}`);
      if (above) {
        let last = above;
        while (last.nextElementSibling?.classList.contains("is-pending")) last = last.nextElementSibling;
        last.after(line);
      } else {
        const section = sections.querySelector(`:scope > [data-section="${item || 0}"]`) ?? sections.lastElementChild;
        (section ?? sections).querySelector("ol")?.append(line);
      }
      line.scrollIntoView({ block: "nearest" });
    },
    dropPending: (key) => document.getElementById(`pending-${key}`)?.remove(),
  };
};
