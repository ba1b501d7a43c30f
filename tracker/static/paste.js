// Pasting several names or a whole text into the live minutes shows a preview.
const minutes = document.querySelector("[data-minutes]");
const linesOf = (text) => text.split(/\r?\n/).filter((line) => line.trim());
const goThere = (form, field, text) => {
  form.elements[field].value = text;
  form.submit();
};

// A text input drops line ends, so a pasted list of names is handled before it reaches the roll-call.
const attendee = document.getElementById("attendee");
attendee.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (linesOf(text).length < 2) return;
  event.preventDefault();
  goThere(document.querySelector("[data-paste-names]"), "names", text);
});

// A long text stays in the box and is saved like typed text; splitting it is only offered.
const box = document.getElementById("line");
const cutForm = document.querySelector("[data-paste-text]");
const look = () => { cutForm.hidden = linesOf(box.value).length < 3; };
if (box) {
  box.addEventListener("input", look);
  minutes.addEventListener("submit", () => setTimeout(look));
  look();
}
