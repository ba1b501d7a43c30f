// The sentence about saving. It is written only when it changes, so that screen readers announce it once.
const RANK = ["signedOut", "otherAccount", "away", "conflict", "refused", "asks", "saving", "typing", "saved"];

export const createStatus = ({ words, show, clock }) => {
  // States of the outbox, the box and the open lines; the most urgent is shown.
  const said = new Map();
  let shown = "";
  const now = () => RANK.find((what) => [...said.values()].includes(what)) ?? "";
  const tell = () => {
    const what = now();
    if (what === shown && what !== "saved") return;
    shown = what;
    show(what, what === "saved" ? `${words(what)} ${clock()}` : words(what || "idle"));
  };
  return {
    get now() { return shown; },
    report(who, what) {
      if (said.get(who) === what && what !== "saved") return;
      said.set(who, what);
      tell();
    },
    clear(who) {
      if (said.delete(who)) tell();
    },
  };
};
