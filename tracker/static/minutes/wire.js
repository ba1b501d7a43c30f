// Sends requests and returns the outcome as one word. Responses are JSON, not pages.
const FAULT = 500;
const SIGNED_OUT = 401;
const STALE_TOKEN = 403;
const TOO_MANY = 429;
const NOT_MODIFIED = 304;

export const createWire = ({ fetch, token, refresh, have = () => "" }) => {
  const ask = async (url, options = {}) => {
    let response;
    try {
      response = await fetch(url, {
        ...options, headers: { Accept: "application/json", "X-Have": have(), ...options.headers },
      });
    } catch { return { outcome: "away" }; }
    if (response.status === NOT_MODIFIED) return { outcome: "unchanged" };
    if (response.status === FAULT) return { outcome: "failed" };
    if (response.status > FAULT || response.status === TOO_MANY) return { outcome: "away" };
    let said;
    try { said = await response.json(); } catch { return { outcome: "away" }; } // a proxy's error page, or a truncated response
    if (response.status === SIGNED_OUT) return { outcome: "signedOut" };
    if (response.status === STALE_TOKEN) return { outcome: "staleToken" };
    return { outcome: response.ok ? "saved" : "refused", ...said };
  };
  const send = (url, fields) => {
    const body = new URLSearchParams(Object.entries(fields).flatMap(([name, values]) => (
      Array.isArray(values) ? values.map((value) => [name, value]) : [[name, values]]
    )));
    body.set("csrf_token", token());
    return ask(url, { method: "POST", body });
  };
  return {
    get: ask,
    // Signed out and in again in another tab: use the new token and continue.
    async post(url, fields) {
      const answer = await send(url, fields);
      if (answer.outcome !== "staleToken") return answer;
      const who = await refresh();
      if (who !== "same") return { outcome: who };
      const second = await send(url, fields);
      return second.outcome === "staleToken" ? { outcome: "away" } : second;
    },
  };
};
