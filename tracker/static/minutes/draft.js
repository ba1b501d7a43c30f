// The line being typed. The server stores it under a key. Enter sends it with that key; the next line gets a new one.
//
// A draft begun in another window keeps its key while it is unchanged, so that entering it in both stores it once.
// Once it is changed here, it gets a key of its own, with the old key as `from`: the server then deletes the old draft,
// unless it was changed in its own window meanwhile.
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
      // Another window stored a line with this key; what was typed since is a new line.
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
    // Number of answers from the server, to recognise outdated ones.
    get saves() { return saves; },
    save,
    // Save everything typed, including what was typed during an earlier request. False if the server did not answer.
    async saveAll() {
      if (isSaving) await running;
      await save();
      return !isDirty();
    },
    // Show a draft from the server or this browser; without `saved` the server does not have it yet.
    open({ key, text, saved = text, step = 0, from = null, isOurs = false }) {
      begin({ key, text, saved, step, from, isOurs });
      save();
    },
    // A returned text becomes a new draft, because its old key may be used up.
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
    // The line was entered: its key, text and draft step go to the outbox, and the next line begins.
    take() {
      const { key, text, step, from } = draft;
      begin(fresh());
      return { key, text, step, from };
    },
    // Once it is in the outbox, this browser need not store it twice.
    forget: (key) => store.remove(key),
    // Drafts on the server after `asOf` answers. True if the draft of this box is gone.
    hear(keys, asOf) {
      const isGone = asOf === saves && !isSaving && draft.saved !== "" && !isDirty() && !keys.includes(draft.key);
      if (isGone) begin(fresh());
      return isGone;
    },
  };
};
