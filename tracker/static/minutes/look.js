// Polls every few seconds for changes by others. The response is empty if there are none.
export const PERIOD = 3000;
export const LONGEST_PERIOD = 15000;

export const createLook = ({ wire, url, version, apply, isAway, later = setTimeout, cancel = clearTimeout }) => {
  let known = version;
  let isLooking = false;
  let isAskedAgain = false;
  let timer = null;
  let wait = PERIOD;

  const plan = () => {
    cancel(timer);
    timer = later(tick, wait);
  };
  const tick = async () => {
    if (!isAway()) await look();
    plan();
  };
  const look = async () => {
    if (isLooking) { isAskedAgain = true; return; }
    isLooking = true;
    try {
      do {
        isAskedAgain = false;
        const settle = apply.begin();
        const answer = await wire.get(url, { headers: { "If-None-Match": `W/"${known}"` } });
        const isRefused = ["away", "failed", "signedOut"].includes(answer.outcome);
        wait = isRefused ? Math.min(wait * 2, LONGEST_PERIOD) : PERIOD;
        if (answer.outcome === "saved") known = answer.version;
        settle(answer);
      } while (isAskedAgain);
    } finally { isLooking = false; }
  };
  return { look, start: plan };
};
