// Sends forms one after the other, each until the server answers. An entry is removed only when it was answered; its
// key makes sending it twice the same as sending it once.
export const RETRY = 3000;
export const LONGEST_RETRY = 15000;
// The server recognises repeated keys for 30 days; older entries are returned to the user.
export const LONGEST_KEPT = 28 * 24 * 60 * 60 * 1000;

// After this many server errors the entry is returned, so that it does not block the others.
export const MOST_FAULTS = 4;

// Outcomes after which an entry stays: no connection, signed out, another account signed in.
const STAYS = new Set(["away", "signedOut", "otherAccount"]);

export const createOutbox = ({ store, post, settle, report, now = Date.now, later = setTimeout }) => {
  const entries = store.all();
  let isSending = false;
  let isPaused = false;
  let delay = RETRY;
  let isRetryDue = false;
  let latest = 0;

  const leave = (entry) => {
    entries.splice(entries.indexOf(entry), 1);
    store.remove(entry.id);
  };
  const retry = () => {
    if (isRetryDue) return;
    isRetryDue = true;
    later(() => { isRetryDue = false; flush(); }, delay);
    delay = Math.min(delay * 2, LONGEST_RETRY);
  };
  const flush = async () => {
    if (isSending || isPaused) return;
    isSending = true;
    try {
      while (entries.length && !isPaused) {
        const [first] = entries;
        if (now() - first.at > LONGEST_KEPT) { leave(first); settle(first, { outcome: "tooOld" }); continue; }
        report("saving");
        const answer = await post(first.url, first.fields);
        if (answer.outcome === "failed") first.faults = (first.faults ?? 0) + 1;
        if (STAYS.has(answer.outcome) || (first.faults < MOST_FAULTS && answer.outcome === "failed")) {
          report(answer.outcome === "failed" ? "away" : answer.outcome);
          if (answer.outcome === "away" || answer.outcome === "failed") retry();
          return;
        }
        delay = RETRY;
        leave(first);
        settle(first, answer);
      }
    } finally { isSending = false; }
  };

  return {
    flush,
    get length() { return entries.length; },
    find: (fits) => entries.find(fits),
    all: () => [...entries],
    // Includes entries of other windows of this browser, which may have been closed.
    add(url, fields, about = {}) {
      latest = Math.max(now(), latest + 1); // keeps the order of entries within a millisecond
      const entry = { id: fields.once, at: latest, url, fields, ...about };
      entries.push(entry);
      const isKept = store.put(entry.id, { ...entry, id: undefined });
      flush();
      return { ...entry, isKept };
    },
    // Waiting entries may need the answer: the id of the line that they follow.
    amend(fits, change) {
      for (const entry of entries.filter(fits)) {
        change(entry);
        store.put(entry.id, { ...entry, id: undefined });
      }
    },
    // Another window got the answer; a request under way will get the same one.
    answeredElsewhere(id) {
      const entry = entries.find((one) => one.id === id);
      if (!entry || (isSending && entry === entries[0])) return null;
      entries.splice(entries.indexOf(entry), 1);
      return entry;
    },
    pause() { isPaused = true; },
    resume() { isPaused = false; delay = RETRY; return flush(); },
  };
};
