// The type of a new meeting fills in at once what is still empty, or what another type filled in before.
const usual = document.querySelector("[data-usual]");
const status = usual.querySelector("[role=status]");
const byType = JSON.parse(usual.dataset.usual);
const form = usual.closest("form");
const type = form.elements.meeting_type;
const filled = new Map();

const nameOf = (control) => form.querySelector(`label[for="${control.id}"]`)?.textContent.trim();
const put = (name, value) => {
  const control = form.elements[name];
  const words = Array.isArray(value) ? value.join("\n") : String(value);
  if (control.value && control.value !== filled.get(name)) return [];
  control.value = words;
  filled.set(name, words);
  const fold = control.closest("details");
  if (fold && words) fold.open = true;
  return words && nameOf(control) ? [nameOf(control)] : [];
};

usual.querySelector("button").hidden = true;
type.addEventListener("change", () => {
  const now = byType[type.value] ?? {};
  const gone = [...filled.keys()].filter((name) => !(name in now));
  gone.forEach((name) => { put(name, ""); filled.delete(name); });
  const names = Object.entries(now).flatMap(([name, value]) => put(name, value));
  status.textContent = names.length ? status.dataset.filled.replace("{names}", names.join(", ")) : "";
});

// Several lines pasted into the search of people are a list of names.
const people = form.querySelector("[data-field=people]");
people.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (text.split(/\r?\n/).filter((line) => line.trim()).length < 2) return;
  event.preventDefault();
  const { names } = form.elements;
  names.closest("details").open = true;
  names.value = [names.value.trimEnd(), text.trim()].filter(Boolean).join("\n");
  names.dispatchEvent(new Event("input", { bubbles: true }));
  names.focus();
});
