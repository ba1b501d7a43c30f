// A file dropped on an agenda item is attached to it, through the form of the page that its link leads to.
const overFile = (event) => event.dataTransfer.types.includes("Files");

const attach = async (place, file) => {
  const address = place.dataset.drop;
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const form = page.querySelector("main form[enctype]");
  const answer = form && await (async () => {
    const values = new FormData(form);
    values.set("file", file);
    return fetch(new URL(form.getAttribute("action"), location.href), { method: "POST", body: values });
  })();
  if (answer?.redirected) return location.reload();
  // The form says what is wrong; the file has to be chosen there once more.
  return location.assign(address);
};

for (const place of document.querySelectorAll("[data-drop]")) {
  place.addEventListener("dragover", (event) => {
    if (!overFile(event)) return;
    event.preventDefault();
    place.classList.add("is-dropping");
  });
  place.addEventListener("dragleave", () => place.classList.remove("is-dropping"));
  place.addEventListener("drop", (event) => {
    if (!overFile(event)) return;
    event.preventDefault();
    place.classList.remove("is-dropping");
    const [file] = event.dataTransfer.files;
    if (file) attach(place, file);
  });
}
