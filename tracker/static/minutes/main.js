// Live minutes. Lines are stored without leaving the page, in order, once each, and nothing typed is lost:
// see docs/adr/0045-typing-in-the-live-minutes-is-saved-by-keys-and-steps.md.
import { createArranging } from "./arranging.js";
import { createComposer } from "./composer.js";
import { createDraft } from "./draft.js";
import { createEditors } from "./editors.js";
import { newKey } from "./keys.js";
import { createLook } from "./look.js";
import { createNames } from "./names.js";
import { createOutbox } from "./outbox.js";
import { createParts } from "./parts.js";
import { createReading } from "./reading.js";
import { offerNames } from "./rollcall.js";
import { fitToScreen, foldRoom, growing } from "./screen.js";
import { createShortcuts } from "./shortcuts.js";
import { createSignIn } from "./signin.js";
import { createStatus } from "./status.js";
import { noStore, openStore } from "./store.js";
import { createWire } from "./wire.js";

const root = document.querySelector("[data-minutes]");
const form = root.querySelector("[data-composer]");
const state = root.querySelector("[data-state]");
const banner = root.querySelector("[data-banner]");
const acts = document.getElementById("acts");
const { minutes, account, keepLocally, changes, typing, discussed, understood, version, zone } = root.dataset;
const prefix = `minutes:${account}:${minutes}:`;
const isKept = keepLocally === "yes";
const outStore = isKept ? openStore(localStorage, `${prefix}out:`) : noStore;
const draftStore = isKept ? openStore(localStorage, `${prefix}draft:`) : noStore;

// --- Status of saving ---
const time = new Intl.DateTimeFormat("id-ID", {
  timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
});
const words = (what) => (what === "away" && !isKept ? state.dataset.awayUnkept : state.dataset[what]) ?? "";
const status = createStatus({
  words,
  clock: () => time.format(new Date()),
  show(what, text) {
    state.dataset.now = what;
    state.textContent = text;
    banner.hidden = what !== "away";
  },
});

// --- The server ---
const tokens = () => document.querySelectorAll("[name=csrf_token]");
const refresh = async () => {
  const answer = await wire.get(changes);
  if (answer.outcome === "refused") return "otherAccount"; // without access to these minutes
  if (answer.outcome !== "saved") return answer.outcome === "signedOut" ? "signedOut" : "away";
  if (String(answer.account) !== account) return "otherAccount";
  tokens().forEach((field) => { field.value = answer.token; });
  return "same";
};
const parts = createParts({
  root, leave: (part) => arranging?.leave(part), lost: () => composer?.box.focus({ preventScroll: true }),
});
const wire = createWire({
  fetch: (...request) => fetch(...request), token: () => tokens()[0].value, refresh, have: parts.have,
});
const signIn = createSignIn({
  panel: document.getElementById("sign-in-again"), refresh, words,
  isIn(hadFocus) {
    for (const who of ["box", "outbox"]) status.clear(who);
    outbox.resume();
    draft?.save();
    look.look();
    if (hadFocus) (composer?.box ?? document.querySelector("#attendee"))?.focus();
  },
});
const reportOf = (who) => (what) => {
  status.report(who, what);
  if (what === "signedOut" || what === "otherAccount") signIn.ask();
};

// --- Sending ---
const settle = (entry, answer) => {
  parts.dropPending(entry.id);
  const isDone = answer.outcome === "stored" || answer.outcome === "saved";
  if (isDone) status.report("outbox", outbox.length ? "saving" : "saved");
  if (entry.kind === "line") {
    if (isDone) composer?.stored(entry, answer.line);
    else if (composer) composer.giveBack(entry, problemsOf(answer), answer.outcome === "asks");
    else setAside(entry.text);
  } else if (entry.kind === "change") {
    if (isDone) editors.stored(entry, answer); else editors.refused(entry, answer, answer.outcome);
  } else if (entry.kind === "draft") {
    if (answer.isStored) setAside(entry.text);
    else if (!isDone) refusedForm(entry, { problems: [...(answer.problems ?? []), entry.text] });
  } else if (isDone) editors.raised(answer);
  else refusedForm(entry, problemsOf(answer));
  look.look();
};
const problemsOf = (answer) => (answer.outcome === "tooOld" ? { problems: [state.dataset.tooOld] } : answer);
const outbox = createOutbox({ store: outStore, post: (...sent) => wire.post(...sent), settle, report: reportOf("outbox") });

// A refused form with one field: put back what was typed, with the reason.
const refusedForm = ({ action, main, fields }, { problems = [], questions = "", ask }) => {
  if (ask) { location.assign(ask); return; } // the question has a page of its own
  status.report("outbox", "refused");
  const owner = [...root.querySelectorAll("form[data-quiet]")].find((one) => one.getAttribute("action") === action);
  const shown = document.createElement("div");
  shown.className = "invalid-feedback d-block";
  shown.setAttribute("role", "alert");
  shown.textContent = problems.join(" ");
  const field = main && owner?.elements[main];
  if (!field) { root.querySelector(".paper-in").prepend(shown); shown.scrollIntoView({ block: "nearest" }); setTimeout(() => shown.remove(), 15000); return; }
  owner.querySelector(".invalid-feedback")?.remove();
  const isFree = !field.value; // no question while something else is being typed
  if (isFree) field.value = fields[main];
  const asked = isFree && owner.querySelector("[data-questions]");
  if (asked) asked.innerHTML = questions;
  const answer = asked && asked.querySelector("input:not([type=hidden])");
  if (!answer) field.before(shown); // a question explains itself
  (answer || field).focus();
};
const sendForm = (owner, submitter) => {
  const holder = submitter?.closest("[data-editor]")?.parentElement;
  if (holder) editors.save(holder); // save changes before the button acts
  const fields = Object.fromEntries([...new FormData(owner, submitter)].filter(([name]) => name !== "csrf_token"));
  fields.once = newKey();
  const action = submitter?.getAttribute("formaction") ?? owner.getAttribute("action");
  const main = owner.querySelector("input:not([type=hidden])")?.name;
  if (main && !fields[main]?.trim()) { if (main === "attendee") composer?.box.focus(); return; }
  owner.querySelector(".invalid-feedback")?.remove();
  if (main) owner.elements[main].value = "";
  owner.querySelector("[data-questions]")?.replaceChildren();
  outbox.add(action, fields, { kind: "form", action: owner.getAttribute("action"), main });
  if (holder && !action.endsWith("/move")) editors.close(holder);
};

// --- The line being typed ---
const drafting = { store: draftStore, send: (fields) => wire.post(typing, fields), newKey };
const draft = form && createDraft({ ...drafting, report: reportOf("box") });
// Drafts on the server besides the one in the box; the outbox sends them.
const setAside = (text, { key = newKey(), step = 0 } = {}) => {
  outbox.add(typing, { key, step: step + 1, line: text, once: newKey() }, { kind: "draft", text });
  draftStore.remove(key);
};
const reading = form && createReading({
  area: form.querySelector("[data-reading]"), aloud: form.querySelector("[data-read-aloud]"), box: form.elements.line,
  details: form.querySelector(".more-chips"), url: understood, fetch: (...request) => fetch(...request),
});
const composer = form && createComposer({
  form, draft, outbox, reading, status, parts, setAside, grow: growing(form.elements.line),
});
const editors = createEditors({
  root, wire, outbox, status, newKey,
  leave: (holder) => (holder.querySelector("[data-edit]") ?? composer?.box)?.focus(),
});

// --- Changes by others ---
const hideOwnDrafts = () => {
  const own = new Set([draft?.key, ...outbox.all().map((entry) => entry.id)]);
  for (const one of root.querySelectorAll("[data-draft]")) one.hidden = own.has(one.dataset.draft);
};
const apply = {
  begin() {
    const asOf = draft?.saves;
    return (answer) => {
      if (answer.outcome === "signedOut") { reportOf("box")("signedOut"); return; }
      // Signed in again in another window: use the new token.
      if (signIn.isOpen && ["saved", "unchanged"].includes(answer.outcome)) {
        refresh().then((who) => { if (who === "same") signIn.isSignedIn(); });
      }
      if (answer.outcome !== "saved") return;
      if (String(answer.account) !== account) { reportOf("box")("otherAccount"); return; }
      parts.apply(answer);
      if (draft?.hear(answer.drafts, asOf)) composer.empty();
      hideOwnDrafts();
      if (answer.phase && answer.phase !== root.dataset.phase) root.querySelector("[data-moved-on]").hidden = false;
    };
  },
};
const look = createLook({ wire, url: changes, version, apply, isAway: () => document.hidden });

// --- Clicks and keys ---
root.addEventListener("submit", (event) => {
  const owner = event.target;
  if (!owner.matches("[data-quiet]")) return;
  event.preventDefault();
  if (owner === form) composer.submit();
  else if (owner.matches("[data-change]")) { editors.save(owner.closest("[data-line]")); editors.closeWhenSaved(owner.closest("[data-line]")); }
  else sendForm(owner, event.submitter);
});
root.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-edit], [data-insert], [data-about], [data-take-up], [data-split], [data-cancel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { edit, insert, about, code, takeUp, split } = link.dataset;
  const holder = link.closest("[data-line]") ?? link.closest("li");
  event.preventDefault();
  if (edit) editors.open(document.getElementById(edit), link.getAttribute("href"));
  if (insert) composer.writeBelow(insert, holder.querySelector(".told, .said").textContent);
  link.closest("[data-line-tools]")?.removeAttribute("open");
  if (code) composer.writeAbout(about, code);
  if (takeUp) {
    await draft.saveAll();
    const { dataset } = link.closest("[data-draft]");
    draft.open({ key: takeUp, text: link.parentElement.querySelector(".typed-text").textContent, step: Number(dataset.step) });
    composer.show(draft.text);
    composer.box.focus();
    hideOwnDrafts();
    look.look();
  }
  if (split) {
    const offset = editors.caret(holder);
    editors.save(holder);
    outbox.add(split, { offset, once: newKey() }, { kind: "form", action: split });
    editors.close(holder);
  }
  if ("cancel" in link.dataset) editors.cancel(holder);
});
const arranging = form && createArranging({
  root, template: root.querySelector("[data-line-menu]"), agenda: form.elements.agenda_item,
  send: (action, fields) => outbox.add(action, { ...fields, once: newKey() }, { kind: "form", action }),
});
// The screen of the room follows the agenda item, once one stays at it.
const STAY = 700;
let going = 0;
form?.elements.agenda_item?.addEventListener("change", ({ target }) => {
  clearTimeout(going);
  going = setTimeout(() => wire.post(discussed, { agenda_item: target.value, once: newKey() }), STAY);
});
const roomOf = () => [...root.querySelectorAll("[data-part=roll] [data-row]")].map(({ dataset }) => (
  { row: dataset.row, name: dataset.name, detail: dataset.post }
));
fitToScreen();
foldRoom(root.querySelector("[data-room]"));
offerNames(document.getElementById("attendee"));
if (form) {
  createShortcuts({
    root, composer, editors,
    names: createNames({
      box: composer.box, menu: form.querySelector("[data-name-menu]"), roomOf, settle: reading.settle,
      fetch: (...request) => fetch(...request),
    }),
    saveNow() { draft.save(); editors.saveAll(); outbox.flush(); },
    act: (line, way) => arranging.move(line, { way }),
  });
  // A long text is split on a page of its own, once it is saved.
  const cutForm = root.querySelector("[data-paste-text]");
  cutForm.addEventListener("submit", async (event) => {
    event.preventDefault();
    draft.type(composer.box.value);
    if (!await draft.saveAll()) return; // the status beside the box says what is not saved
    cutForm.elements.typed_key.value = draft.key;
    cutForm.elements.typed_step.value = draft.step;
    cutForm.elements.text.value = composer.box.value;
    cutForm.submit();
  });
}

// --- Reconnecting, other windows, and asking before leaving with unsent text ---
addEventListener("online", () => { status.clear("outbox"); outbox.flush(); draft?.save(); look.look(); });
addEventListener("offline", () => status.report("outbox", "away"));
addEventListener("pageshow", ({ persisted }) => { if (persisted) { outbox.flush(); look.look(); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden) look.look(); });
addEventListener("storage", ({ key, newValue }) => {
  const entry = newValue === null && outStore.idOf(key) !== null && outbox.answeredElsewhere(outStore.idOf(key));
  if (entry) { parts.dropPending(entry.id); look.look(); }
});
addEventListener("beforeunload", (event) => {
  if (outbox.length || draft?.isDirty || editors.hasDirty) event.preventDefault();
});

// --- Restoring what was left unsent ---
const showEnd = () => {
  history.scrollRestoration = "manual";
  const show = () => [...root.querySelectorAll("[data-line]")].at(-1)?.scrollIntoView({ block: "end" });
  show();
  // Lines, and the room left by the box below them, change their height as styles, fonts and hints come.
  // Whoever has moved by then stays where they are.
  const heights = new ResizeObserver(show);
  const lines = root.querySelector(".paper-in");
  for (const part of [lines, lines.parentElement]) heights.observe(part);
  const moved = () => heights.disconnect();
  for (const act of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(act, moved, { once: true, passive: true, capture: true });
  }
};
const begin = () => {
  for (const entry of outbox.all()) {
    if (entry.kind === "line") parts.showPending(entry.id, entry.text, { item: entry.fields.agenda_item, after: entry.fields.after });
  }
  if (form) {
    const { box } = composer;
    const sent = new Map(outbox.all().map((entry) => [entry.id, entry.text]));
    const left = draftStore.all().filter((one) => {
      const isSent = sent.get(one.id) === one.text;
      if (isSent || !one.text) draftStore.remove(one.id);
      return !isSent && one.text;
    });
    const key = form.elements.once.value;
    const { draftStep, draftText } = box.dataset;
    const stored = draftStep ? { key, text: draftText, step: Number(draftStep) } : null;
    const newer = left.find((one) => one.id === key) ?? (stored ? null : left.at(-1));
    if (newer) {
      const saved = stored && newer.id === key ? stored.text : "";
      draft.open({ key: newer.id, text: newer.text, saved, step: newer.step ?? 0, from: newer.from ?? null });
      composer.show(newer.text);
    } else if (stored && sent.get(key) !== stored.text) draft.open(stored);
    else if (stored) composer.empty();
    else if (box.value) draft.type(box.value);
    for (const one of left) if (one !== newer) setAside(one.text, { key: one.id, step: one.step ?? 0 });
    box.focus();
    if (box.value.trim()) reading.read(); else reading.clear();
    if (!location.hash) showEnd();
  }
  hideOwnDrafts();
  outbox.flush();
  look.start();
};
begin();
