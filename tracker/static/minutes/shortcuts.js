// Keyboard shortcuts. They can be switched off; Enter in the box, Ctrl+Enter and Ctrl+S always work.
const STORED = "minutes-keys";
const remembered = () => { try { return localStorage.getItem(STORED) !== "off"; } catch { return true; } };
const remember = (isOn) => { try { localStorage.setItem(STORED, isOn ? "on" : "off"); } catch { /* not remembered */ } };

export const createShortcuts = ({ root, composer, editors, names, saveNow, act }) => {
  const { box } = composer;
  const form = box.form;
  const dialog = document.getElementById("keys");
  const isOn = document.getElementById("keys-on");
  const button = document.querySelector("[data-show-keys]");
  isOn.checked = remembered();
  isOn.addEventListener("change", () => remember(isOn.checked));
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  const lines = () => [...root.querySelectorAll("[data-line]")];
  const open = (line) => editors.open(line, line.querySelector("[data-edit]").getAttribute("href"));
  const goTo = (line, step) => {
    const all = lines();
    const at = line ? all.indexOf(line) : all.length;
    if (line && !editors.isDirty(line)) editors.close(line);
    if (all[at + step]) open(all[at + step]); else if (at + step >= all.length) box.focus();
  };
  const isAtEdge = (field, step) => (step < 0 ? field.selectionEnd === 0 : field.selectionStart === field.value.length);
  const isText = (field) => field.matches("textarea, input:not([type=checkbox], [type=radio], [type=button]), select");

  const inBox = (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && names.key(event.key)) return true;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) { composer.submit(); return true; }
    if (event.key === "Escape") { names.close(); if (!composer.dropPlace()) composer.dismiss(); return true; }
    return false;
  };
  // Enter stores the line from any chip; on a button it presses it, in a text area it inserts a line break.
  const inChips = (event) => {
    if (event.key === "Escape") { box.focus(); return true; }
    if (event.key !== "Enter" || event.target.closest("button, summary, a")) return false;
    if (event.target.matches("textarea") && !event.ctrlKey && !event.metaKey) return false;
    // Includes the text being typed.
    if (event.target.matches("input")) event.target.dispatchEvent(new Event("change", { bubbles: true }));
    composer.submit();
    box.focus();
    return true;
  };
  const inLine = (event, line) => {
    if (event.key === "Escape") { editors.cancel(line); return true; }
    if (event.key === "Enter" && event.shiftKey && (event.ctrlKey || event.metaKey)) {
      line.querySelector("[data-split]")?.click();
      return true;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      editors.save(line);
      goTo(line, 1);
      return true;
    }
    return false;
  };
  const byArrow = (event, line) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !isOn.checked) return false;
    if (event.altKey && event.shiftKey && line) { act(line, step < 0 ? "up" : "down"); return true; }
    if (event.altKey && !event.shiftKey && !line) { composer.moveAgenda(step); return true; }
    if (event.altKey || event.shiftKey || event.ctrlKey || event.metaKey || !event.target.matches("textarea")) return false;
    if (!isAtEdge(event.target, step) || (!line && (step > 0 || event.target !== box))) return false;
    goTo(line, step);
    return true;
  };

  // Move from the roll call to the lines, with the name just typed, if any.
  const inRollCall = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
    event.target.form.requestSubmit();
    box.focus();
    return true;
  };

  root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { target } = event;
    const line = target.closest("[data-line]");
    const isDone = (names.isOpen && target === box && inBox(event))
      || byArrow(event, line)
      || (target.id === "attendee" && inRollCall(event))
      || (target === box && inBox(event))
      || (target !== box && form.contains(target) && inChips(event))
      || (line && inLine(event, line));
    if (isDone) event.preventDefault();
  });
  // Ctrl+Enter stores the line from anywhere on the page.
  const fromElsewhere = ({ target }) => {
    const own = target.closest?.("form[data-quiet]:not([hidden])") ?? form;
    if (own === form) { composer.submit(); box.focus(); } else own.requestSubmit();
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const isHere = root.contains(event.target) || event.target === document.body;
    if (isCommand && event.key === "Enter" && !event.defaultPrevented && isHere) {
      event.preventDefault();
      fromElsewhere(event);
      return;
    }
    if (isCommand && event.key.toLowerCase() === "s") { event.preventDefault(); saveNow(); return; }
    if (!isOn.checked) return;
    if (event.altKey && !event.shiftKey && event.code === "KeyR") {
      event.preventDefault();
      document.getElementById("attendee").focus();
    }
    const number = event.altKey && /^Digit[123]$/.test(event.code) ? Number(event.code.at(-1)) : 0;
    const choice = number && form.querySelectorAll("[data-earlier] li")[number - 1];
    if (choice) {
      event.preventDefault();
      composer.choose(choice.querySelector(`[data-choose^=${event.shiftKey ? "same" : "continues"}]`).dataset.choose);
    }
    const asksForKeys = (event.key === "?" && !isText(event.target)) || (isCommand && event.key === "/");
    if (asksForKeys && !dialog.open) { event.preventDefault(); dialog.showModal(); }
  });
};
