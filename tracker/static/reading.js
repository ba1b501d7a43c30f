// A pasted text beside what was read in it: the row that one is at and its passage show each other.
const source = document.querySelector(".source-text");
const marks = [...source.querySelectorAll("mark")];
const rowsOf = (mark) => mark.dataset.rows.split(" ");
const marksOf = (row) => marks.filter((mark) => rowsOf(mark).includes(row));
const rowOf = (target) => target.closest?.("[data-row]")?.dataset.row ?? target.id;

const show = (row, { scroll }) => {
  const own = marksOf(row);
  marks.forEach((mark) => mark.classList.toggle("is-current", own.includes(mark)));
  document.querySelectorAll(".piece").forEach((piece) => piece.classList.toggle("is-current", piece.dataset.row === row));
  if (scroll && own.length) source.scrollTop += own[0].getBoundingClientRect().top - source.getBoundingClientRect().top - 48;
};

const form = document.querySelector(".reading form");
form.addEventListener("focusin", ({ target }) => show(rowOf(target), { scroll: true }));
form.addEventListener("pointerover", ({ target }) => { const row = rowOf(target); if (marksOf(row).length) show(row, { scroll: true }); });
source.addEventListener("pointerover", ({ target }) => { if (target.dataset.rows) show(rowsOf(target)[0], { scroll: false }); });
source.addEventListener("click", ({ target }) => {
  if (!target.dataset.rows) return;
  const [row] = rowsOf(target);
  const box = document.querySelector(`[data-row="${row}"] textarea`) ?? document.getElementById(row);
  const fold = box?.closest("details");
  if (fold) fold.open = true;
  box?.focus();
});

// A part is split where the cursor is: the server splits at the first line end.
form.addEventListener("click", ({ target }) => {
  const box = document.getElementById(target.dataset?.split ?? "");
  if (!box) return;
  const at = box.selectionStart;
  const isWithin = box.value.slice(0, at).trim() && box.value.slice(at).trim();
  if (!isWithin) return;
  box.value = `${box.value.slice(0, at).replaceAll("\n", " ")}\n${box.value.slice(at).replaceAll("\n", " ")}`;
});

// What was split or joined is sent to the same page, and shown where one was.
for (const button of form.querySelectorAll("[name=split], [name=join]")) {
  const row = Number(button.value) - (button.name === "join" ? 1 : 0);
  button.formAction = `${form.action}#pieces-${row}`;
}
