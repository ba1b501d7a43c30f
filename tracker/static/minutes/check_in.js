// The code on the screen of the room: renewed by looking every few seconds, and never shown when it is out of date.
import { createLook } from "./look.js";
import { createWire } from "./wire.js";

const OUT_OF_DATE = 60_000;
const CHECK = 1000;

const begin = (root) => {
  const shown = root.querySelector("[data-shown]");
  let renewed = Date.now();
  const hideOld = () => {
    const isOld = Date.now() - renewed > OUT_OF_DATE;
    for (const part of shown.querySelectorAll("[data-code]")) part.hidden = isOld;
    for (const part of shown.querySelectorAll("[data-old]")) part.hidden = !isOld;
  };
  const wire = createWire({ fetch: (...request) => fetch(...request), token: () => "", refresh: async () => "away" });
  const apply = {
    begin: () => {
      const asked = Date.now(); // an answer that took long tells the code of then
      return ({ outcome, html }) => {
        if (outcome === "saved") shown.innerHTML = html;
        if (outcome === "saved" || outcome === "unchanged") renewed = asked;
        hideOld();
      };
    },
  };
  // Also while the tab is hidden: it may be on the second screen, behind another window.
  const look = createLook({ wire, url: root.dataset.checkIn, version: root.dataset.version, apply, isAway: () => false });
  for (const wakes of ["pageshow", "online", "focus"]) {
    globalThis.addEventListener(wakes, () => { hideOld(); look.look(); });
  }
  document.addEventListener("visibilitychange", () => { hideOld(); look.look(); });
  setInterval(hideOld, CHECK);
  look.start();

  const toggleFull = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const button = root.querySelector("[data-full]");
  button.hidden = false;
  button.addEventListener("click", toggleFull);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "f") return;
    event.preventDefault();
    toggleFull();
  });
};

begin(document.querySelector("[data-check-in]"));
