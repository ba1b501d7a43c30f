// The box for the next line. Enter empties it at once; the outbox sends the line, and returns it if it is refused.
const fieldsOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);

export const createComposer = ({ form, draft, outbox, reading, status, parts, setAside, grow }) => {
  const { line: box, earlier, after, above, agenda_item: agenda } = form.elements;
  const about = form.querySelector("[data-about-chip]");
  const below = form.querySelector("[data-after-chip]");
  // The entry after which the next line goes, while its id is not known yet.
  let follows = null;
  // The last entry being sent: the next line goes below it, whatever id it gets.
  let waiting = null;
  // The last line entered, until the screen shows it.
  let latest = "";

  const problem = (words) => {
    form.querySelector(".invalid-feedback:not([data-reading] *)")?.remove();
    if (!words) return;
    const shown = document.createElement("div");
    shown.className = "invalid-feedback d-block";
    shown.setAttribute("role", "alert");
    shown.textContent = words;
    box.parentElement.before(shown);
  };
  const showAbout = (value, words = "") => {
    earlier.value = value;
    about.hidden = !value.startsWith("same:") || !words;
    if (words) about.querySelector("[data-about-words]").textContent = words;
    mark();
  };
  const showAfter = (number, words = "") => {
    after.value = number ?? "";
    follows = null;
    below.hidden = !number;
    below.querySelector("[data-after-words]").textContent = words;
  };
  const mark = () => {
    for (const button of form.querySelectorAll("[data-choose]")) {
      button.setAttribute("aria-pressed", String(button.dataset.choose === earlier.value));
    }
  };
  // «@», «^» and «<» refer to what was above the line when it was begun, even if others add lines meanwhile.
  const noteAbove = () => {
    if (parts.has(latest)) latest = "";
    if (!box.value.trim()) above.value = "";
    else if (!waiting) above.value ||= after.value || latest || parts.lastLine(agenda?.value);
  };
  const empty = () => {
    box.value = "";
    grow();
    above.value = "";
    showAbout("");
    problem("");
    reading.clear();
  };
  const show = (text) => {
    empty();
    box.value = text;
    grow();
    noteAbove();
    reading.read();
  };
  const submit = () => {
    const text = box.value;
    if (!text.trim()) return;
    noteAbove();
    if (reading.stops()) { status.report("outbox", "asks"); return; }
    draft.type(text);
    const { key, step, from } = draft.take();
    const fields = reading.withoutRead(fieldsOf(form));
    Object.assign(fields, { line: text, once: key, asked: reading.asked });
    Object.assign(fields, { step, adopts: from?.key ?? "", adopts_step: from?.step ?? "" });
    parts.showPending(key, text, { item: agenda?.value, after: after.value });
    outbox.add(form.getAttribute("action"), fields, { kind: "line", text, follows, waitsFor: waiting });
    waiting = key;
    draft.forget(key);
    status.clear("box");
    if (after.value) follows = key;
    empty();
  };

  box.addEventListener("input", () => {
    problem("");
    grow();
    if (["refused", "asks"].includes(status.now)) status.clear("outbox");
    draft.type(box.value);
    noteAbove();
    reading.typed();
    if (!box.value.trim()) showAbout("");
  });
  reading.onChange = mark;
  form.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-choose]");
    if (choice) choose(choice.dataset.choose);
    if (target.closest("[data-dismiss]")) { dismiss(); box.focus(); }
    if (target.closest("[data-drop-about]")) { showAbout(""); box.focus(); }
    if (target.closest("[data-drop-after]")) { showAfter(null); box.focus(); }
  });
  for (const close of form.querySelectorAll("[data-drop-about], [data-drop-after]")) close.hidden = false;
  const choose = (value) => { earlier.value = earlier.value === value ? "" : value; mark(); };
  const dismiss = () => { showAbout(""); reading.dismissEarlier(); };

  return {
    box,
    submit,
    empty,
    show,
    choose,
    dismiss,
    writeAbout(proposal, code) {
      if (proposal) showAbout(`same:${proposal}`, code);
      else if (!box.value.includes(code)) { box.value = `${code} ${box.value}`; draft.type(box.value); reading.typed(); }
      box.focus();
    },
    writeBelow(number, words) { showAfter(number, short(words)); box.focus(); },
    dropPlace() {
      if (!after.value) return false;
      showAfter(null);
      return true;
    },
    // Alt with an arrow key: write under the previous or next agenda item.
    moveAgenda(step) {
      if (!agenda) return;
      agenda.selectedIndex = Math.min(Math.max(agenda.selectedIndex + step, 0), agenda.options.length - 1);
      agenda.dispatchEvent(new Event("change", { bubbles: true }));
    },
    // The line is stored and has an id: the next line follows it.
    stored(entry, number) {
      const stands = number ?? entry.fields.above;
      outbox.amend((one) => one.waitsFor === entry.id, (one) => { one.fields.above = stands; one.waitsFor = null; });
      if (waiting === entry.id) {
        waiting = null;
        latest = stands;
        if (box.value.trim()) { above.value = stands; reading.read(); }
      }
      if (!number) return;
      outbox.amend((one) => one.follows === entry.id, (one) => { one.fields.after = number; one.follows = null; });
      if (follows === entry.id) { after.value = number; follows = null; }
    },
    // A refused line returns to the box with the reason, or beside it if another line is being typed.
    giveBack(entry, { problems = [], html }, isAsked) {
      if (waiting === entry.id) waiting = null;
      const why = problems.join(" ");
      if (box.value.trim()) {
        setAside(entry.text);
        problem(`${why} – ${short(entry.text)}`);
        return;
      }
      draft.giveBack(entry.text);
      box.value = entry.text;
      grow();
      above.value = entry.fields.above ?? "";
      earlier.value = entry.fields.earlier ?? "";
      reading.restore(entry.fields);
      if (html) reading.show(html); else reading.read();
      if (isAsked) { problem(""); reading.stop(); } else { problem(why); box.focus(); }
      status.report("outbox", isAsked ? "asks" : "refused");
    },
  };
};
