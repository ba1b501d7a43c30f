// Show progress while a large list is exported. Without this script the link still downloads it.
const LARGE = 1000; // lists are counted no further
const exportsOf = document.querySelector("[data-exports]");

async function downloadWithProgress(link, shown) {
  const label = shown.querySelector("label");
  const bar = shown.querySelector("progress");
  const token = crypto.randomUUID().replaceAll("-", "");
  label.textContent = label.dataset.preparing;
  shown.hidden = false;
  bar.hidden = false;
  bar.value = 0;
  const asking = setInterval(async () => {
    const answer = await fetch(exportsOf.dataset.progress + token).then((told) => told.json()).catch(() => ({}));
    if (answer.done) Object.assign(bar, { max: answer.of, value: Math.max(bar.value, answer.done) });
  }, 400);
  try {
    const address = new URL(link.href);
    address.searchParams.set("progress", token);
    const answer = await fetch(address);
    if (!answer.ok || !answer.headers.get("Content-Disposition")) throw new Error("no file");
    const named = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition"));
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = named ? named[1] : "";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
    shown.hidden = true;
  } catch {
    label.textContent = label.dataset.failed;
    bar.hidden = true;
  } finally {
    clearInterval(asking);
  }
}

if (exportsOf && Number(exportsOf.dataset.rows) >= LARGE) {
  const shown = document.querySelector("[data-export-progress]");
  exportsOf.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    if (exportsOf.getAttribute("aria-busy") === "true") return;
    exportsOf.setAttribute("aria-busy", "true");
    downloadWithProgress(link, shown).finally(() => exportsOf.removeAttribute("aria-busy"));
  });
}
