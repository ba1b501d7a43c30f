// Forms for lines and agenda items that open in place. They are fetched when opened.
const PAUSE = 1200;
const textOf = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "once")).toString();
const valueOf = (control) => (control.multiple ? [...control.selectedOptions].map((one) => one.value) : [control.value]);

export const createEditors = ({ root, wire, outbox, status, newKey, leave, later = setTimeout, cancel = clearTimeout }) => {
  const timers = new Map();
  const editorOf = (holder) => holder.querySelector("[data-editor]");
  const formOf = (holder) => editorOf(holder)?.querySelector("form");

  const fill = (holder, html) => {
    const editor = editorOf(holder) ?? holder.appendChild(document.createElement("div"));
    editor.dataset.editor = "";
    editor.innerHTML = html;
    editor.querySelector("form").dataset.saved = textOf(editor.querySelector("form"));
    return editor;
  };
  const open = async (holder, url) => {
    if (!editorOf(holder)) {
      const answer = await wire.get(url);
      if (answer.outcome !== "saved") { status.report("editor", answer.outcome); return; }
      status.clear("editor");
      if (!editorOf(holder)) fill(holder, answer.html);
    }
    const fields = [...holder.querySelectorAll("[data-editor] textarea, [data-editor] input[type=text]")];
    const field = fields.find((one) => one.value) ?? fields[0];
    field?.focus();
    field?.setSelectionRange?.(field.value.length, field.value.length);
  };
  const isDirty = (holder) => holder.classList.contains("is-dirty");
  const close = (holder) => {
    cancel(timers.get(holder));
    editorOf(holder)?.remove();
    holder.classList.remove("is-dirty");
    status.clear(holder.id);
  };
  const save = (holder) => {
    cancel(timers.get(holder));
    const form = formOf(holder);
    if (!form || !isDirty(holder) || !holder.isConnected) return;
    if (outbox.find((waiting) => waiting.holder === holder.id)) { timers.set(holder, later(() => save(holder), 300)); return; }
    const pairs = [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "once");
    outbox.add(form.getAttribute("action"), { ...gathered(pairs), once: newKey() }, {
      kind: "change", holder: holder.id, text: textOf(form),
    });
  };
  // A field with several values sends all of them.
  const gathered = (pairs) => {
    const fields = {};
    for (const [name, value] of pairs) fields[name] = name in fields ? [fields[name], value].flat() : value;
    return fields;
  };
  const overlay = (holder, entry, html) => {
    const typed = new Map([...(formOf(holder)?.elements ?? [])].filter((one) => one.name).map((one) => [one.name, one]));
    const now = new Map([...typed].map(([name, control]) => [name, valueOf(control)]));
    const hadFocus = document.activeElement?.name && holder.contains(document.activeElement) ? document.activeElement.name : null;
    const form = fill(holder, html).querySelector("form");
    for (const control of form.elements) {
      // Keep what was typed during the request; take the stored version number.
      const sent = [entry.fields[control.name] ?? ""].flat();
      if (control.matches("textarea, input[type=text]") && now.has(control.name) && String(now.get(control.name)) !== String(sent)) {
        [control.value] = now.get(control.name);
      }
      if (control.name === hadFocus) control.focus();
    }
  };

  root.addEventListener("input", ({ target }) => {
    const form = target.closest("[data-change]");
    const holder = form?.closest("[data-line]");
    if (!holder) return;
    holder.classList.add("is-dirty");
    status.report(holder.id, "typing");
    cancel(timers.get(holder));
    // A conflict must be resolved by the user, not by the timer.
    if (!form.querySelector(".conflict")) timers.set(holder, later(() => save(holder), PAUSE));
  });
  root.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-editor] textarea")) target.closest("form").dataset.caretIn = target.name;
  });

  return {
    open,
    close,
    save,
    isDirty,
    // Close an unchanged line at once, a changed one after it was saved.
    closeWhenSaved(holder) {
      const waiting = outbox.find((one) => one.holder === holder.id);
      if (waiting) waiting.closes = true; else if (!isDirty(holder)) close(holder);
    },
    saveAll: () => root.querySelectorAll(".is-dirty").forEach(save),
    get hasDirty() { return root.querySelector(".is-dirty") !== null; },
    cancel(holder) {
      if (outbox.find((waiting) => waiting.holder === holder.id)) return;
      close(holder);
      leave(holder);
    },
    // Where to split the line: the field with the caret, and the number of characters before it.
    caret(holder) {
      const form = formOf(holder);
      const field = form.elements[form.dataset.caretIn ?? "quote"];
      const filled = field.value ? field : form.elements.gist_id;
      return [...filled.value.slice(0, filled.selectionStart)].length;
    },
    // The user's own step raised the version of the line that is open here, so there is no conflict.
    raised({ line, version }) {
      const holder = line && document.getElementById(`line-${line}`);
      const known = holder && formOf(holder)?.elements.version;
      if (known && Number(known.value) === version - 1) known.value = version;
    },
    stored(entry, { version }) {
      const holder = document.getElementById(entry.holder);
      const form = holder && formOf(holder);
      if (!form) return;
      if (version) form.elements.version.value = version;
      form.querySelectorAll(".conflict").forEach((old) => old.remove());
      const isSame = textOf(form).replace(/version=\d*/, "") === entry.text.replace(/version=\d*/, "");
      if (isSame) { holder.classList.remove("is-dirty"); status.clear(holder.id); }
      if (isSame && entry.closes) close(holder);
    },
    refused(entry, { problems = [], html }, outcome) {
      const holder = document.getElementById(entry.holder);
      if (!holder) return false;
      if (html) overlay(holder, entry, html);
      holder.classList.add("is-dirty");
      status.report(holder.id, outcome === "conflict" ? "conflict" : "refused");
      if (!html) {
        const why = document.createElement("p");
        why.className = "invalid-feedback d-block";
        why.setAttribute("role", "alert");
        why.textContent = problems.join(" ");
        formOf(holder)?.prepend(why);
      }
      return true;
    },
  };
};
