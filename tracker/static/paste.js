// Pasting into the live minutes: several names at once, or a whole text, are shown as what they would become.
const minutes = document.querySelector("[data-minutes]");
const linesOf = (text) => text.split(/\r?\n/).filter((line) => line.trim());
const goThere = (form, field, text) => {
  form.elements[field].value = text;
  form.submit();
};

// A list of names dropped into the roll-call has no line ends there, so it is taken before it falls apart.
const attendee = document.getElementById("attendee");
attendee.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (linesOf(text).length < 2) return;
  event.preventDefault();
  goThere(document.querySelector("[data-paste-names]"), "names", text);
});

// A long text stays in the box, where it is saved like anything typed; cutting it up is offered, not done.
const box = document.getElementById("line");
const cutForm = document.querySelector("[data-paste-text]");
const look = () => { cutForm.hidden = linesOf(box.value).length < 3; };
box.addEventListener("input", look);
minutes.addEventListener("submit", () => setTimeout(look));
look();
