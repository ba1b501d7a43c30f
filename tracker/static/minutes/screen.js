// The size of the screen that can be seen. A keyboard on the screen covers part of the window without resizing it, so the
// page is laid out in what is left, and the box for the next line never leaves it.
const CRAMPED = 430;

export const fitToScreen = ({ page = document.documentElement, seen = globalThis.visualViewport } = {}) => {
  if (!seen) return;
  const fit = () => {
    // While one zooms in with two fingers, the page keeps its size.
    const isZoomed = Math.abs(seen.scale - 1) > 0.01;
    const height = isZoomed ? globalThis.innerHeight : seen.height;
    page.style.setProperty("--seen-height", `${height}px`);
    page.style.setProperty("--seen-top", isZoomed ? "0px" : `${seen.offsetTop}px`);
    page.classList.toggle("is-cramped", height < CRAMPED);
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
};

// On phones the list of people is folded until it is asked for.
export const foldRoom = (room, isNarrow = matchMedia("(max-width: 47.99rem)")) => {
  if (!room) return;
  const fold = () => { room.open = !isNarrow.matches; };
  isNarrow.addEventListener("change", fold);
  fold();
};

// For browsers that cannot size a text area by its content.
const LONGEST = 8;
export const growing = (box) => {
  if (CSS.supports("field-sizing", "content")) return () => {};
  return () => {
    box.rows = 1;
    const row = parseFloat(getComputedStyle(box).lineHeight);
    box.rows = Math.min(LONGEST, Math.max(1, Math.floor(box.scrollHeight / row)));
  };
};
