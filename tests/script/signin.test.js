import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { createSignIn } from "../../tracker/static/minutes/signin.js";
import { rest } from "./fakes.js";

const URL_OF_FORM = "/sign-in";
const HERE = "https://tracker.example";
const formPage = { form: { token: "t" } };
const refusedPage = { form: { token: "t" }, error: "Username or password is wrong" };
const homePage = {};
const at = (path, page, status = 200) => ({ url: HERE + path, status, text: async () => page });

// Browser features that the module uses: a parser, form fields, focus, the server.
class Page {
  constructor({ form, error }) { Object.assign(this, { form, error }); }
  querySelector(selector) {
    if (selector.includes("error-summary")) return this.error ? { textContent: this.error } : null;
    return this.form ?? null;
  }
}
const before = {};
let asked;
let answers;
beforeEach(() => {
  for (const name of ["DOMParser", "FormData", "document", "fetch"]) before[name] = globalThis[name];
  asked = [];
  answers = [];
  globalThis.DOMParser = class { parseFromString(page) { return new Page(page); } };
  globalThis.FormData = class { constructor(form) { this.form = form; } * [Symbol.iterator]() { yield ["csrf_token", this.form.token]; } };
  globalThis.document = { activeElement: null };
  globalThis.fetch = async (url, options) => {
    asked.push([url, options?.method ?? "GET", options ? String(options.body) : ""]);
    const answer = answers.shift();
    if (!answer) throw new TypeError("Failed to fetch");
    return answer;
  };
});
afterEach(() => Object.assign(globalThis, before));

const start = (...given) => {
  answers.push(...given);
  const problem = { textContent: "" };
  const form = new EventTarget();
  Object.assign(form, {
    dataset: { signIn: URL_OF_FORM }, isEmptied: false, reset() { this.isEmptied = true; },
    elements: { username: { value: "sekretariat" }, password: { value: "a secret" }, code: { value: "" } },
    querySelector: () => problem,
  });
  const panel = { hidden: true, querySelector: () => form, contains: () => true };
  const isIn = [];
  const state = { who: "same" };
  const signIn = createSignIn({ panel, refresh: async () => state.who, isIn: (hadFocus) => isIn.push(hadFocus), words: (what) => `(${what})` });
  signIn.ask();
  const submit = async () => {
    const event = new Event("submit", { cancelable: true });
    form.dispatchEvent(event);
    assert.ok(event.defaultPrevented);
    await rest();
    await rest();
  };
  return { signIn, submit, problem, form, isIn, state };
};

test("signing in sends the token of a new form and closes the panel", async () => {
  const { signIn, submit, form, isIn, problem } = start(at(URL_OF_FORM, formPage), at("/", homePage));
  await submit();

  assert.deepEqual(asked, [
    [URL_OF_FORM, "GET", ""], [URL_OF_FORM, "POST", "csrf_token=t&username=sekretariat&password=a+secret&code="],
  ]);
  assert.equal(signIn.isOpen, false);
  assert.equal(problem.textContent, "");
  assert.ok(form.isEmptied);
  assert.deepEqual(isIn, [true]);
});

test("a wrong password shows the server's message and keeps the panel", async () => {
  const { signIn, submit, form, problem } = start(at(URL_OF_FORM, formPage), at(URL_OF_FORM, refusedPage));
  await submit();

  assert.equal(problem.textContent, refusedPage.error);
  assert.ok(signIn.isOpen);
  assert.equal(form.isEmptied, false);
});

test("a token that expired meanwhile is fetched once more", async () => {
  const { signIn, submit } = start(
    at(URL_OF_FORM, formPage), at(URL_OF_FORM, formPage, 422), at(URL_OF_FORM, formPage), at("/", homePage),
  );
  await submit();

  assert.deepEqual(asked.map(([, method]) => method), ["GET", "POST", "GET", "POST"]);
  assert.equal(signIn.isOpen, false);
});

test("no password is sent if already signed in in another window", async () => {
  const { signIn, submit } = start(at("/", homePage));
  await submit();

  assert.deepEqual(asked.map(([, method]) => method), ["GET"]);
  assert.equal(signIn.isOpen, false);
});

test("another account than that of the minutes is reported and keeps the panel", async () => {
  const { signIn, submit, problem, state } = start(at(URL_OF_FORM, formPage), at("/", homePage));
  state.who = "otherAccount";
  await submit();

  assert.equal(problem.textContent, "(otherAccount)");
  assert.ok(signIn.isOpen);
});

test("a missing connection is reported and keeps the panel", async () => {
  const { signIn, submit, problem } = start();
  await submit();

  assert.equal(problem.textContent, "(away)");
  assert.ok(signIn.isOpen);
});

test("a sign-in in another window closes the panel", () => {
  const { signIn, isIn } = start();
  signIn.isSignedIn();
  signIn.isSignedIn();

  assert.equal(signIn.isOpen, false);
  assert.deepEqual(isIn, [true]);
});
