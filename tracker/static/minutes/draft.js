// The line being typed. The server keeps it under a key; Enter takes key and text along, and the next line has another.
//
// A draft that another window began is shown under its own key, so that storing it unchanged in both stores it once.
// As soon as it is changed here, it becomes a draft of this window, with a key of its own and the old one `from` which
// it came: the server then forgets the old one, unless its window has typed on meanwhile.
export const PAUSE = 900;
export const LONGEST_WAIT = 2000;
const RETRY = 3000;

export const createDraft = ({
  store, send, report, newKey, now = Date.now, later = setTimeout, cancel = clearTimeout,
}) => {
  const fresh = () => ({ key: newKey(), text: "", saved: "", step: 0, from: null, isOurs: true });
  let draft = fresh();
  let timer = null;
  let unsavedSince = 0;
  let isSaving = false;
  let running = null;
  let saves = 0;

  const isDirty = () => draft.text !== draft.saved;
  const keep = () => store.put(draft.key, { text: draft.text, step: draft.step, from: draft.from, at: now() });
  const begin = (next) => {
    cancel(timer);
    timer = null;
    unsavedSince = 0;
    draft = next;
  };
  const plan = (wait) => {
    cancel(timer);
    timer = later(save, wait);
  };
  const fork = () => { draft = { ...fresh(), from: { key: draft.key, step: draft.step } }; };

  const save = async () => {
    cancel(timer);
    timer = null;
    if (isSaving || !isDirty()) return;
    running = saveNow();
    await running;
  };
  const saveNow = async () => {
    isSaving = true;
    const sent = draft;
    const { text } = sent;
    sent.step += 1;
    let answer;
    try {
      const adopts = sent.from ? { adopts: sent.from.key, adopts_step: sent.from.step } : {};
      answer = await send({ key: sent.key, step: sent.step, line: text, ...adopts });
    } finally { isSaving = false; }
    saves += 1;
    if (answer.outcome === "saved") kept(sent, text, answer);
    if (sent !== draft) { if (isDirty()) plan(0); return; }
    if (answer.outcome === "saved") {
      unsavedSince = 0;
      if (isDirty()) plan(answer.isStored ? 0 : PAUSE);
      report(isDirty() ? "typing" : "saved");
    } else {
      report(answer.outcome);
      if (answer.outcome === "away") plan(RETRY);
    }
  };
  const kept = (sent, text, answer) => {
    if (answer.isStored) {
      // Another window has stored a line with this key; what was typed since is another line.
      store.remove(sent.key);
      if (sent !== draft) return;
      draft = { ...fresh(), text: sent.text, from: { key: sent.key, step: sent.step } };
      if (draft.text) keep();
      return;
    }
    sent.saved = text;
    if (sent.from) store.remove(sent.from.key);
    sent.from = null;
    if (sent !== draft || sent.text === text) store.remove(sent.key);
  };

  return {
    get key() { return draft.key; },
    get text() { return draft.text; },
    get step() { return draft.step; },
    get isDirty() { return isDirty(); },
    // How often the server has answered: what it said before the latest answer is out of date.
    get saves() { return saves; },
    save,
    // All that is typed, also what came while an earlier saving was on its way. False where the server has not answered.
    async saveAll() {
      if (isSaving) await running;
      await save();
      return !isDirty();
    },
    // Something that was typed before, on the server or in this browser; without `saved` the server does not have it yet.
    open({ key, text, saved = text, step = 0, from = null, isOurs = false }) {
      begin({ key, text, saved, step, from, isOurs });
      save();
    },
    // A text that goes back to its writer: a new draft, for its old key may be spent.
    giveBack(text) {
      begin({ ...fresh(), text });
      keep();
      plan(0);
    },
    type(text) {
      if (text === draft.text) return;
      if (!draft.isOurs) fork();
      draft.text = text;
      unsavedSince ||= now();
      if (text) keep(); else store.remove(draft.key);
      plan(now() - unsavedSince > LONGEST_WAIT ? 0 : PAUSE);
      report("typing");
    },
    // The line is entered: its key, its text and how far its draft has come go to the outbox, and the next line begins.
    take() {
      const { key, text, step, from } = draft;
      begin(fresh());
      return { key, text, step, from };
    },
    // Once the outbox has it, this browser need not keep it a second time.
    forget: (key) => store.remove(key),
    // What the server keeps, as it was when it had answered `asOf` savings. True where this box's draft is gone.
    hear(keys, asOf) {
      const isGone = asOf === saves && !isSaving && draft.saved !== "" && !isDirty() && !keys.includes(draft.key);
      if (isGone) begin(fresh());
      return isGone;
    },
  };
};
