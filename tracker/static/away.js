// The page without a connection: notes that the form of this tab was not sent, and goes back as soon as it can.
import { openStore } from "./minutes/store.js";

const tab = openStore(sessionStorage, "sending:");
const [sent] = tab.all();
let again = location.href;
if (sent) {
  tab.remove("form");
  again = sent.page;
  const store = openStore(localStorage, `unsent:${sent.account}:`);
  const record = store.all().find(({ id }) => id === sent.form);
  if (record) {
    store.put(sent.form, { ...record, id: undefined, isFailed: true });
    for (const sentence of document.querySelectorAll("[data-kept]")) sentence.hidden = false;
  }
}
for (const link of document.querySelectorAll("[data-again]")) link.href = again;

// The site may be away although the device is connected, so this page itself is asked for.
const RETRY = 5000;
const goBack = async () => {
  try {
    const answer = await fetch(document.body.dataset.address, { method: "HEAD", cache: "no-store", credentials: "omit" });
    if (answer.ok) location.assign(again);
  } catch { /* still away */ }
};
addEventListener("online", goBack);
setInterval(goBack, RETRY);
