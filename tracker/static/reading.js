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
  const part = document.getElementById(row);
  (part?.querySelector(".piece-line > input") ?? part)?.focus();
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

// One key a part: the box in front of it takes the keys, then comes the next part that is to be checked.
const KINDS = { u: "proposal", k: "decision", a: "directive", h: "hope", j: "exhortation", c: "remark", i: "information", r: "response" };
const parts = [...form.querySelectorAll(".piece")];
const boxOf = (part) => part.querySelector(".piece-line > input");
const status = form.querySelector(".piece-bar [data-left]");
const control = (part, name) => part.querySelector(`[name$="-${name}"]`);

const count = () => {
  const left = parts.filter((part) => part.classList.contains("to-check")).length;
  status.textContent = left ? status.dataset.left.replace("0", left) : status.dataset.none;
};
const settle = (part) => {
  part.classList.remove("to-check");
  control(part, "is_sure").value = "y";
  part.querySelector(".piece-more").open = false;
  count();
};
const goOn = (part) => {
  const after = parts.slice(parts.indexOf(part) + 1);
  const next = after.find((other) => other.classList.contains("to-check")) ?? parts.find((other) => other.classList.contains("to-check"));
  (next ? boxOf(next) : form.querySelector(".form-actions .btn-primary")).focus();
};
const decide = (part, isKept) => { boxOf(part).checked = isKept; settle(part); goOn(part); };
const setKind = (part, kind) => {
  const choice = control(part, "kind");
  choice.value = kind;
  part.querySelector(".piece-kind").textContent = choice.selectedOptions[0].textContent;
};

form.addEventListener("keydown", (event) => {
  const part = event.target.closest(".piece");
  if (!part) return;
  if (event.target.matches("textarea")) {
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); part.querySelector("[name=split]").click(); }
    if (event.key === "Escape") boxOf(part).focus();
    return;
  }
  if (event.target !== boxOf(part) || event.ctrlKey || event.altKey || event.metaKey) return;
  const does = {
    Enter: () => decide(part, true),
    x: () => decide(part, false),
    t: () => { const action = control(part, "is_action"); action.checked = !action.checked; decide(part, true); },
    e: () => { part.querySelector(".piece-more").open = true; part.querySelector("textarea").focus(); },
    g: () => part.querySelector("[name=join]")?.click(),
    ArrowDown: () => boxOf(parts[parts.indexOf(part) + 1] ?? part).focus(),
    ArrowUp: () => boxOf(parts[parts.indexOf(part) - 1] ?? part).focus(),
  }[event.key] ?? (KINDS[event.key] && (() => { setKind(part, KINDS[event.key]); decide(part, true); }));
  if (!does) return;
  event.preventDefault();
  does();
});
form.addEventListener("change", ({ target }) => {
  const part = target.closest(".piece");
  if (part && target.name?.endsWith("-kind")) setKind(part, target.value);
});

if (parts.length) {
  form.querySelector(".piece-keys").hidden = false;
  const start = form.querySelector(".piece-start");
  start.hidden = !form.querySelector(".piece.to-check");
  start.addEventListener("click", () => boxOf(form.querySelector(".piece.to-check") ?? parts[0]).focus());
}
