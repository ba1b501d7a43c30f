// Keeps what was typed in a form until the server has answered it, and offers it back if it could not be sent. Kept are
// forms of this account only, and none of a classified page, of something classified, or with a password.
// See docs/adr/0081-installed-on-a-phone-and-without-a-connection.md. The live minutes have their own outbox.
import { noStore, openStore } from "./minutes/store.js";

const about = document.getElementById("unsent").dataset;
const storeOf = (account) => (account ? openStore(localStorage, `unsent:${account}:`) : noStore);
const store = storeOf(about.account);
// The form that this tab is sending.
const tab = openStore(sessionStorage, "sending:");
// A form that another tab sent and whose answer it never showed.
const LONGEST_ANSWER = 60 * 1000;
const SERVER_FAULT = 500;

const recordOf = (place, id) => place.all().find((one) => one.id === id);
const failed = (place, id) => {
  const record = recordOf(place, id);
  if (record) place.put(id, { ...record, id: undefined, isFailed: true });
};

// --- Keeping ---
const TYPED = "textarea, select, input:not([type=hidden], [type=submit], [type=button])";
const isSecret = (form) => {
  const level = form.elements.namedItem("classification")?.value ?? "ordinary";
  return about.mayKeep !== "yes" || level !== "ordinary" || form.querySelector("[type=password], [name=sealed_seed]");
};
const namesOfFiles = (form) => {
  const fields = [...form.querySelectorAll("input[type=file]")];
  return fields.flatMap((field) => [...field.files]).map((chosen) => chosen.name).join(", ");
};
// True if it is kept.
const keep = (form, submitter, isFailed) => {
  const id = form.elements.namedItem("once")?.value;
  if (!id || !form.querySelector(TYPED) || isSecret(form)) return false;
  const fields = [...new FormData(form, submitter)].filter(([name, value]) => typeof value === "string" && name !== "csrf_token");
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const title = document.querySelector("h1").textContent.trim();
  return store.put(id, { at: Date.now(), page: location.href, action, title, fields, files: namesOfFiles(form), isFailed });
};

// --- Sending ---
const isForm = (form) => form.getAttribute("method") === "post" && !form.matches("[data-quiet], [data-stop] form");
const tell = (form, sentence) => {
  const shown = form.querySelector("[data-unsent-note]") ?? document.createElement("p");
  shown.dataset.unsentNote = "";
  shown.className = "note tone-warn";
  shown.setAttribute("role", "alert");
  shown.textContent = sentence;
  const actions = form.querySelector(".form-actions");
  if (actions) actions.before(shown); else form.append(shown);
};
// Before everything else that listens: without a connection the form stays as it is.
addEventListener("submit", (event) => {
  const form = event.target;
  if (navigator.onLine || !isForm(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(form, keep(form, event.submitter, true) ? about.kept : about.unkept);
}, { capture: true });
// After everything else: the form is being sent.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isForm(form)) return;
  if (about.signOuts.split(" ").includes(form.getAttribute("action"))) { forget(); return; }
  keep(form, event.submitter, false);
  tab.put("form", { at: Date.now(), form: form.elements.namedItem("once")?.value, account: about.account, page: location.href });
});
addEventListener("online", () => {
  for (const shown of document.querySelectorAll("[data-unsent-note]")) shown.textContent = about.connected;
});
const forget = () => {
  for (const { id } of store.all()) store.remove(id);
  tab.remove("form");
  self.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
};

// --- The answer ---
// A page is the answer to the form unless it was reached by the back button or by reloading.
const settle = (isBack) => {
  const [sent] = tab.all();
  if (!sent) return;
  tab.remove("form");
  const [visit] = performance.getEntriesByType("navigation");
  const isAnswered = !isBack && visit?.type === "navigate" && !(visit.responseStatus >= SERVER_FAULT);
  const place = storeOf(sent.account);
  if (isAnswered) place.remove(sent.form); else failed(place, sent.form);
};
addEventListener("pageshow", ({ persisted }) => { if (persisted) settle(true); });

// --- Offering what was not sent ---
const time = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID", {
  timeZone: document.documentElement.dataset.zone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const button = (label, press, classes) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-sm ${classes}`;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
};
// The server shows the form again, filled in; it is the same form, so it cannot be stored twice.
const showAgain = ({ action, fields, files }) => {
  const form = document.createElement("form");
  form.method = "post";
  form.setAttribute("action", action);
  form.dataset.quiet = "";
  form.hidden = true;
  const token = document.querySelector("[name=csrf_token]").value;
  for (const [name, value] of [...fields, ["csrf_token", token], ["show_again", files], ["unsent", "yes"]]) {
    const field = document.createElement("textarea"); // keeps line ends
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.requestSubmit();
};
const offer = (record) => {
  const shown = document.createElement("div");
  shown.className = "note tone-warn";
  shown.dataset.unsent = record.id;
  shown.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = `${record.title}: ${about.waiting} ${time.format(record.at)}. `;
  words.append(
    button(about.show, () => showAgain(record), "btn-outline-primary"), " ",
    button(about.discard, () => { store.remove(record.id); shown.remove(); }, "btn-link"),
  );
  shown.append(words);
  document.getElementById("main").prepend(shown);
};
const isShown = ({ id }) => [...document.querySelectorAll("main [name=once]")].some((field) => field.value === id);

settle(false);
for (const record of store.all()) {
  const isLeft = record.isFailed || Date.now() - record.at > LONGEST_ANSWER;
  if (isLeft && !isShown(record)) offer(record);
}
if (navigator.serviceWorker) addEventListener("load", () => navigator.serviceWorker.register(about.worker).catch(() => {}));
