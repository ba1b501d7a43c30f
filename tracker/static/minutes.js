// Live minutes: lines are stored without leaving the page, in order, once each, and nothing typed is ever lost.
// Every answer of the server is the whole page; this script takes the parts of it that changed.
const root = document.querySelector("[data-minutes]");
const state = root.querySelector("[data-state]");
const banner = root.querySelector("[data-banner]");
const nextForm = root.querySelector("[data-next-line]");
const box = nextForm.elements.line;
const here = location.pathname;
const keepsLocally = root.dataset.keepLocally === "yes";
const OUTBOX = `minutes:${root.dataset.minutes}:outbox`;
const BOX = `minutes:${root.dataset.minutes}:box`;
const TYPING_PAUSE = 1200;
const LONGEST_WAIT = 8000;
const RETRY = 3000;
const LOOK_AGAIN = 10000;

// --- The drafts of this browser: only while they are not on the server, and never for confidential meetings ---
const keep = (name, value) => {
  if (!keepsLocally) return;
  try { value ? localStorage.setItem(name, JSON.stringify(value)) : localStorage.removeItem(name); } catch { /* storage may be full or off */ }
};
const kept = (name) => {
  if (!keepsLocally) return null;
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
};

// --- What the state line says ---
const clock = new Intl.DateTimeFormat("id-ID", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const tell = (what) => {
  const words = what === "away" && !keepsLocally ? state.dataset.awayUnkept : state.dataset[what];
  state.dataset.now = what;
  state.textContent = what === "saved" ? `${words} ${clock.format(new Date())}` : words;
  banner.hidden = what !== "away";
};

// --- Sending: one thing after the other, each with its own key, so that sending twice stores once ---
const outbox = kept(OUTBOX) || [];
let isSending = false;
const token = () => nextForm.elements.csrf_token.value;
// As the server makes them: 18 random bytes, written in 24 letters that an address may hold.
const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replaceAll("+", "-").replaceAll("/", "_");

const post = async (url, fields) => {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", token());
  let response;
  try { response = await fetch(url, { method: "POST", body }); } catch { return { outcome: "away" }; }
  if (new URL(response.url).pathname === signInForm.dataset.signIn || response.status === 400) return { outcome: "signedOut" };
  if (response.status >= 500 || response.status === 429) return { outcome: "away" };
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { outcome: response.ok ? "saved" : response.status === 409 ? "conflict" : "refused", page };
};

const flush = async () => {
  if (isSending || signInAgain.open) return;
  isSending = true;
  while (outbox.length) {
    tell("saving");
    const [first] = outbox;
    const { outcome, page } = await post(first.url, first.fields);
    if (outcome === "away" || outcome === "signedOut") {
      tell(outcome);
      if (outcome === "signedOut") askToSignIn(); else setTimeout(flush, RETRY);
      break;
    }
    outbox.shift();
    keep(OUTBOX, outbox.length ? outbox : null);
    settle(first, outcome, page);
  }
  isSending = false;
};
const send = (url, fields, about = {}) => {
  outbox.push({ url, fields, ...about });
  keep(OUTBOX, outbox);
  flush();
};

// --- What came back ---
const settle = (sent, outcome, page) => {
  document.getElementById(sent.pending)?.remove();
  const line = sent.line && document.querySelector(`[data-line="${sent.line}"]`);
  if (outcome === "saved") {
    if (line && sent.text === textOf(line)) line.classList.remove("is-dirty");
    takeOver(page, line);
    tell(line?.classList.contains("is-dirty") ? "typingWords" : "saved");
  } else if (line) {
    showBoth(line, page);
    tell("conflict");
  } else {
    giveBack(sent, page);
    tell("refused");
  }
};
const textOf = (line) => new URLSearchParams(new FormData(line.querySelector("[data-change]"))).toString();

// What the server asks about the line stands at its chips; what was asked is sent along, so that the next Enter stores it.
const takeQuestions = (sent, page) => {
  nextForm.elements.asked.value = page.querySelector("#asked")?.value ?? "";
  const chips = page.querySelector("[data-understood-here]");
  if (chips) understoodHere.replaceChildren(...document.importNode(chips, true).childNodes);
  for (const [name, value] of Object.entries(sent.fields)) if (understoodHere.querySelector(`[name="${CSS.escape(name)}"]`)) chosen.set(name, value);
};
// A refused line comes back to the box, with the reason; what is in the box meanwhile stays below it.
const giveBack = (sent, page) => {
  const reason = [...page.querySelectorAll(".error-summary li, .invalid-feedback")].map((one) => one.textContent.trim())[0] || page.querySelector("h1")?.textContent;
  const action = `form[action="${CSS.escape(sent.url).replaceAll("\\", "")}"]`;
  const field = root.querySelector(`${action} [name="${sent.main}"]`);
  // A button that cannot do it without an answer: its own page asks.
  if (!field) { location.assign(sent.url); return; }
  const [questions, asked] = [field.form, page.querySelector(action)].map((form) => form?.querySelector("[data-questions]"));
  if (questions && asked) questions.replaceChildren(...document.importNode(asked, true).childNodes);
  let problem = field.form.querySelector(".invalid-feedback");
  if (!problem) {
    problem = document.createElement("div");
    problem.className = "invalid-feedback d-block";
    problem.setAttribute("role", "alert");
    field.before(problem);
  }
  problem.textContent = reason;
  field.value = field.value ? `${sent.fields[sent.main]}\n${field.value}` : sent.fields[sent.main];
  if (field === box) takeQuestions(sent, page);
  field.focus();
};

// Somebody else saved the line: their text is laid beside ours, ours stays in its field, saving again decides.
const showBoth = (line, page) => {
  const theirs = page.getElementById(line.id);
  line.querySelectorAll(".conflict").forEach((old) => old.remove());
  for (const text of theirs?.querySelectorAll(".conflict") ?? []) {
    const name = text.parentElement.querySelector("[name]") && text.previousElementSibling?.name;
    (line.querySelector(`[name="${name}"]`) ?? line.querySelector("textarea")).after(document.importNode(text, true));
  }
  const version = theirs?.querySelector("[data-change] [name=version]");
  if (version) line.querySelector("[data-change] [name=version]").value = version.value;
  line.querySelector("details").open = true;
};

const takeOver = (page, savedLine) => {
  if (!page.querySelector("[data-minutes]")) return;
  for (const part of root.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (part.dataset.part === "lines") takeLines(part, fresh, savedLine);
    else if (fresh && !part.contains(document.activeElement) && part.innerHTML !== fresh.innerHTML) part.replaceChildren(...fresh.cloneNode(true).childNodes);
    const count = part.closest("section")?.querySelector(".count");
    const freshCount = fresh?.closest("section")?.querySelector(".count");
    if (count && freshCount) count.textContent = freshCount.textContent;
  }
};
const takeLines = (list, fresh, savedLine) => {
  const wanted = new Map([...fresh.children].map((line) => [line.id, line]));
  for (const old of [...list.children]) {
    if (!wanted.has(old.id) && !old.id.startsWith("pending-") && !old.classList.contains("is-dirty")) old.remove();
  }
  for (const line of wanted.values()) {
    const old = document.getElementById(line.id);
    if (!old) list.insertBefore(document.importNode(line, true), list.querySelector("[id^=pending-]"));
    else if (old.contains(document.activeElement) || old.querySelector("details[open]")) keepTyping(old, line, old === savedLine);
    else if (!old.classList.contains("is-dirty") && old.dataset.version !== line.dataset.version) old.replaceWith(document.importNode(line, true));
    else if (!old.classList.contains("is-dirty")) replaceCameOf(old, line);
  }
};
const replaceCameOf = (old, line) => {
  if (old.querySelectorAll(".came-of").length !== line.querySelectorAll(".came-of").length) old.replaceWith(document.importNode(line, true));
};
// The line is open under somebody's fingers: only what it shows, and the version of one's own saving, is renewed.
const keepTyping = (old, line, isOurs) => {
  if (!isOurs) return;
  old.dataset.version = line.dataset.version;
  old.querySelector("[data-change] [name=version]").value = line.querySelector("[data-change] [name=version]").value;
  old.querySelectorAll(".conflict").forEach((text) => text.remove());
  for (const shown of [".statement-head", ".quote", ".gist"]) {
    const [before, after] = [old.querySelector(shown), line.querySelector(shown)];
    if (before && after) before.replaceWith(document.importNode(after, true));
  }
};

// --- The box for the next line ---
const understoodHere = nextForm.querySelector("[data-understood-here]");
let typingTimer = 0;
let readTimer = 0;
let firstUnsaved = 0;
let savedText = box.value;
const keepBox = async () => {
  clearTimeout(typingTimer);
  const text = box.value;
  const key = nextForm.elements.once.value;
  if (text === savedText) return;
  const { outcome } = await post(root.dataset.typing, { line: text, key });
  if (nextForm.elements.once.value !== key) return;
  if (outcome === "saved") {
    savedText = text;
    firstUnsaved = 0;
    keep(BOX, null);
    tell(box.value === text ? "saved" : "typingWords");
  } else if (outcome === "signedOut") { tell(outcome); askToSignIn(); } else { tell(outcome); typingTimer = setTimeout(keepBox, RETRY); }
};
// A chip that somebody changed overrides the reading, until the line is stored; the others follow the text.
const chosen = new Map();
understoodHere.addEventListener("change", ({ target }) => {
  const value = target.type === "checkbox" ? (target.checked ? target.value : "") : target.value;
  value ? chosen.set(target.name, value) : chosen.delete(target.name);
  read(target.name);
});
const read = async (changed) => {
  const line = box.value;
  if (!line.trim()) { understoodHere.replaceChildren(); return; }
  try {
    const response = await fetch(`${root.dataset.understood}?${new URLSearchParams({ line, ...Object.fromEntries(chosen) })}`);
    if (!response.ok || response.redirected || box.value !== line) return;
    const part = new DOMParser().parseFromString(await response.text(), "text/html");
    if (isDismissed) part.querySelector("[data-earlier]")?.remove();
    // Whoever has gone on to type meanwhile is not called back to the chip.
    const isHere = understoodHere.contains(document.activeElement);
    understoodHere.replaceChildren(...part.body.childNodes);
    if (typeof changed === "string" && isHere) understoodHere.querySelector(`[name="${changed}"]`)?.focus();
    mark();
  } catch { /* what a line means is shown again when the connection is back */ }
};
let isDismissed = false;
const choose = (choice) => {
  nextForm.elements.earlier.value = nextForm.elements.earlier.value === choice ? "" : choice;
  mark();
};
const mark = () => {
  for (const button of understoodHere.querySelectorAll("[data-choose]")) {
    button.setAttribute("aria-pressed", String(button.dataset.choose === nextForm.elements.earlier.value));
  }
};
const dismiss = () => {
  isDismissed = true;
  aboutChip.hidden = true;
  nextForm.elements.earlier.value = "";
  understoodHere.querySelector("[data-earlier]")?.remove();
};
const emptyBox = () => {
  box.value = savedText = "";
  nextForm.elements.earlier.value = "";
  nextForm.elements.asked.value = "";
  nextForm.elements.once.value = newKey();
  nextForm.querySelector(".invalid-feedback")?.remove();
  understoodHere.replaceChildren();
  aboutChip.hidden = true;
  chosen.clear();
  isDismissed = false;
  keep(BOX, null);
  clearTimeout(typingTimer);
};
box.addEventListener("input", () => {
  tell("typingWords");
  keep(BOX, { text: box.value, key: nextForm.elements.once.value });
  clearTimeout(readTimer);
  readTimer = setTimeout(() => read(), 250);
  clearTimeout(typingTimer);
  firstUnsaved ||= Date.now();
  typingTimer = setTimeout(keepBox, Date.now() - firstUnsaved > LONGEST_WAIT ? 0 : TYPING_PAUSE);
});
// An open item of an earlier meeting is written about in the next line.
const aboutChip = nextForm.querySelector("[data-about-chip]");
root.addEventListener("click", (event) => {
  const about = event.target.closest("[data-about]");
  if (!about) return;
  event.preventDefault();
  nextForm.elements.earlier.value = `same:${about.dataset.about}`;
  aboutChip.firstElementChild.textContent = about.closest("tr").querySelector(".code").textContent;
  aboutChip.hidden = false;
  box.focus();
});
// A long text is cut up on a page of its own, once it is safe on the server.
const cutForm = root.querySelector("[data-paste-text]");
cutForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  cutForm.elements.typed_key.value = nextForm.elements.once.value;
  cutForm.elements.text.value = box.value;
  await keepBox();
  if (box.value === savedText) cutForm.submit();
});
understoodHere.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-choose]");
  if (choice) choose(choice.dataset.choose);
  if (event.target.closest("[data-dismiss]")) { dismiss(); box.focus(); }
});

const pendingLine = (text) => {
  const line = document.createElement("li");
  line.id = `pending-${newKey()}`;
  line.className = "is-pending";
  line.textContent = text;
  root.querySelector("[data-part=lines]").append(line);
  return line.id;
};

// --- Every form of this page is sent without leaving it ---
const fieldsOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
root.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-quiet]")) return;
  event.preventDefault();
  const url = form.getAttribute("action");
  if (form === nextForm) {
    if (!box.value.trim()) return;
    const fields = fieldsOf(form);
    for (const control of understoodHere.querySelectorAll("[name]")) if (!chosen.has(control.name)) delete fields[control.name];
    const pending = pendingLine(fields.line);
    emptyBox();
    send(url, fields, { pending, main: "line" });
  } else if (form.matches("[data-change]")) {
    saveLine(form.closest("[data-line]"));
  } else {
    const main = form.querySelector("input:not([type=hidden])");
    if (main && !main.value.trim()) return;
    const fields = fieldsOf(form);
    form.querySelector(".invalid-feedback")?.remove();
    form.querySelector("[data-questions]")?.replaceChildren();
    if (main) { main.value = ""; form.elements.once.value = newKey(); }
    send(url, fields, { main: main?.name });
    if (!main) box.focus();
  }
});

// --- Changing a stored line ---
const lineTimers = new Map();
const saveLine = (line) => {
  clearTimeout(lineTimers.get(line));
  if (!line.classList.contains("is-dirty") || !line.isConnected) return;
  if (outbox.some((waiting) => waiting.line === line.dataset.line)) { lineTimers.set(line, setTimeout(() => saveLine(line), 500)); return; }
  const form = line.querySelector("[data-change]");
  send(form.getAttribute("action"), { ...fieldsOf(form), once: newKey() }, { line: line.dataset.line, text: textOf(line) });
};
root.addEventListener("input", (event) => {
  const line = event.target.closest("[data-change]")?.closest("[data-line]");
  if (!line) return;
  line.classList.add("is-dirty");
  tell("typingWords");
  clearTimeout(lineTimers.get(line));
  // A conflict is settled knowingly, not by a timer.
  if (!line.querySelector(".conflict")) lineTimers.set(line, setTimeout(() => saveLine(line), TYPING_PAUSE));
});

// --- Keys ---
const keysDialog = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
keysOn.checked = (() => { try { return localStorage.getItem("minutes-keys") !== "off"; } catch { return true; } })();
keysOn.addEventListener("change", () => { try { localStorage.setItem("minutes-keys", keysOn.checked ? "on" : "off"); } catch { /* not remembered */ } });
document.querySelector("[data-show-keys]").hidden = false;
document.querySelector("[data-show-keys]").addEventListener("click", () => keysDialog.showModal());
keysDialog.querySelector("[data-close]").addEventListener("click", () => keysDialog.close());

const openLine = (line) => {
  line.querySelector("details").open = true;
  const fields = [...line.querySelectorAll("textarea")];
  (fields.find((field) => field.value) ?? fields[0]).focus();
};
const leaveLine = (line) => {
  line.querySelector("details").open = false;
  const next = line.nextElementSibling;
  if (next?.dataset.line) openLine(next); else box.focus();
};
const cancelLine = (line) => {
  if (!line.querySelector(".conflict") && !outbox.some((waiting) => waiting.line === line.dataset.line)) {
    clearTimeout(lineTimers.get(line));
    line.querySelector("[data-change]").reset();
    line.classList.remove("is-dirty");
  }
  line.querySelector("details").open = false;
  box.focus();
};
const lines = () => [...root.querySelectorAll("[data-line]")];
const move = (field, step) => {
  const line = field.closest("[data-line]");
  const all = lines();
  const at = line ? all.indexOf(line) : all.length;
  if (line) line.querySelector("details").open = line.classList.contains("is-dirty");
  if (all[at + step]) openLine(all[at + step]); else if (at + step >= all.length) box.focus();
};
const atEdge = (field, step) => step < 0 ? field.selectionEnd === 0 : field.selectionStart === field.value.length;

root.addEventListener("keydown", (event) => {
  const field = event.target;
  const line = field.closest("[data-line]");
  if (event.isComposing) return;
  if (field === box && event.key === "Enter" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    nextForm.requestSubmit();
  } else if (line && field.matches("textarea") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    saveLine(line);
    leaveLine(line);
  } else if (event.key === "Escape" && line) cancelLine(line);
  else if (event.key === "Escape" && field === box) dismiss();
  else if (keysOn.checked && (event.key === "ArrowUp" || event.key === "ArrowDown") && field.matches("textarea")) {
    const step = event.key === "ArrowUp" ? -1 : 1;
    if (!event.shiftKey && atEdge(field, step) && (line || step < 0)) { event.preventDefault(); move(field, step); }
  }
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    keepBox();
    lines().forEach(saveLine);
    flush();
    return;
  }
  if (!keysOn.checked) return;
  const choice = event.altKey && /^Digit[123]$/.test(event.code) && understoodHere.querySelectorAll("[data-earlier] li")[Number(event.code.at(-1)) - 1];
  if (choice) {
    event.preventDefault();
    choose(choice.querySelector(`[data-choose^=${event.shiftKey ? "same" : "continues"}]`).dataset.choose);
  }
  const isTyping = event.target.matches("textarea, input, select") && event.target.value;
  if (event.key === "?" && !isTyping && !keysDialog.open && !signInAgain.open) { event.preventDefault(); keysDialog.showModal(); }
});

// --- Signing in again, over the page ---
const signInAgain = document.getElementById("sign-in-again");
const signInForm = signInAgain.querySelector("[data-sign-in]");
const askToSignIn = () => { if (!signInAgain.open) signInAgain.showModal(); };
const pageAt = async (url, options) => {
  const response = await fetch(url, options);
  return { path: new URL(response.url).pathname, page: new DOMParser().parseFromString(await response.text(), "text/html") };
};
signInForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = signInForm.querySelector("[data-sign-in-problem]");
  const { signIn } = signInForm.dataset;
  try {
    const shown = await pageAt(signIn);
    const body = new URLSearchParams([...new FormData(shown.page.querySelector("main form"))]);
    body.set("username", signInForm.elements.username.value);
    body.set("password", signInForm.elements.password.value);
    body.set("code", signInForm.elements.code.value);
    const answer = await pageAt(signIn, { method: "POST", body });
    if (answer.path === signIn) {
      problem.textContent = answer.page.querySelector(".error-summary li")?.textContent ?? "";
      return;
    }
    const fresh = await pageAt(here);
    const freshToken = fresh.page.querySelector("[data-next-line] [name=csrf_token]");
    if (!freshToken) { problem.textContent = fresh.page.querySelector("h1").textContent; return; }
    document.querySelectorAll("[name=csrf_token]").forEach((field) => { field.value = freshToken.value; });
    signInForm.reset();
    problem.textContent = "";
    signInAgain.close();
    box.focus();
    keepBox();
    flush();
  } catch { problem.textContent = state.dataset.away; }
});

// --- Others type too; the connection comes back; nobody leaves with unsent text unasked ---
setInterval(async () => {
  if (document.hidden || isSending || outbox.length || signInAgain.open) return;
  try { const { path, page } = await pageAt(here); if (path === here) takeOver(page); } catch { /* looked again in a while */ }
}, LOOK_AGAIN);
addEventListener("online", () => { flush(); keepBox(); });
addEventListener("offline", () => tell("away"));
addEventListener("beforeunload", (event) => {
  if (outbox.length || box.value !== savedText || root.querySelector(".is-dirty")) event.preventDefault();
});

// --- Where one left off ---
const left = kept(BOX);
if (left?.text && left.text !== box.value && !box.value.includes(left.text)) {
  box.value = box.value ? `${box.value}\n${left.text}` : left.text;
  keepBox();
}
for (const waiting of outbox.filter((one) => one.pending)) waiting.pending = pendingLine(waiting.fields[waiting.main]);
box.focus();
read();
flush();
