// Follows an import that is being saved, and shows the page again at its end. Without this script the page reloads itself.
const shown = document.querySelector("[data-import-progress]");
const bar = shown.querySelector("progress");

async function follow() {
  const answer = await fetch(shown.dataset.importProgress).then((told) => told.json()).catch(() => null);
  if (answer && !answer.waits) {
    location.reload();
    return;
  }
  if (answer && answer.of) Object.assign(bar, { max: answer.of, value: answer.done });
  setTimeout(follow, 1000);
}

setTimeout(follow, 1000);
