// The screen of the room: it looks for changes like the live minutes, counts the time, and obeys a few keys.
import { createLook } from "./look.js";
import { createWire } from "./wire.js";

const MINUTE = 60_000;
const SIZES = [1, 1.25, 1.5, 1.75, 2];

// How long ago, in the words of the page: «running for {hours} h {minutes} min».
export const elapsed = (since, now, words) => {
  const minutes = Math.max(0, Math.floor((now - since) / MINUTE));
  return words.replace("{hours}", Math.floor(minutes / 60)).replace("{minutes}", minutes % 60);
};

const begin = (root) => {
  const shown = root.querySelector("[data-shown]");
  const tick = () => {
    for (const time of shown.querySelectorAll("[data-since]")) {
      time.textContent = elapsed(Number(time.dataset.since), Date.now(), time.dataset.words);
    }
  };
  const wire = createWire({ fetch: (...request) => fetch(...request), token: () => "", refresh: async () => "away" });
  const apply = {
    begin: () => ({ outcome, html }) => {
      if (outcome !== "saved") return;
      shown.innerHTML = html;
      tick();
      root.querySelector("[data-said]").textContent = shown.querySelector(".room-list li")?.textContent.trim() ?? "";
    },
  };
  const look = createLook({ wire, url: root.dataset.roomView, version: root.dataset.version, apply, isAway: () => document.hidden });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look.look(); });
  look.start();
  tick();
  setInterval(tick, MINUTE / 6);

  let size = 0;
  const resize = (step) => {
    size = Math.min(Math.max(size + step, 0), SIZES.length - 1);
    root.style.setProperty("--room-size", SIZES[size]);
  };
  const toggleFull = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  for (const button of root.querySelectorAll("[data-full], [data-size]")) {
    button.hidden = false;
    button.addEventListener("click", () => ("full" in button.dataset ? toggleFull() : resize(Number(button.dataset.size))));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, textarea, select, dialog")) return;
    const deeds = { f: toggleFull, F: toggleFull, "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1), Escape: () => location.assign(root.dataset.back) };
    if (!(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  });
};

if (globalThis.document) begin(document.querySelector("[data-room-view]"));
