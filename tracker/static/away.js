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
addEventListener("online", () => location.assign(again));
