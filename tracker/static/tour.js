// One stop of the tour after the other. Without this script it is a list.
const tour = document.querySelector("[data-tour]");
const stops = [...tour.querySelectorAll("li")];
const next = tour.querySelector("[data-next]");
const form = tour.querySelector("form");
const skip = form.querySelector("[type=submit]");
let at = 0;

const show = () => {
  stops.forEach((stop, place) => { stop.hidden = place !== at; });
  if (at < stops.length - 1) return;
  next.textContent = next.dataset.last;
  skip.hidden = true;
};
next.addEventListener("click", () => {
  at += 1;
  if (at === stops.length) { form.requestSubmit(); return; }
  show();
  stops[at].querySelector("a").focus();
});
tour.addEventListener("keydown", (event) => { if (event.key === "Escape") form.requestSubmit(); });
tour.classList.add("is-guided");
skip.textContent = next.dataset.skip;
next.hidden = false;
show();
