import assert from "node:assert/strict";
import { test } from "node:test";

import { createDraft, LONGEST_WAIT, PAUSE } from "../../tracker/static/minutes/draft.js";
import { openStore } from "../../tracker/static/minutes/store.js";
import { answering, FakeStorage, FakeTime, keysInTurn, rest } from "./fakes.js";

const saved = { outcome: "saved" };
const away = { outcome: "away" };

const start = (send = answering(saved), { storage = new FakeStorage(), time = new FakeTime() } = {}) => {
  const reports = [];
  const store = openStore(storage, "draft:");
  const draft = createDraft({
    store, send, report: (what) => reports.push(what), newKey: keysInTurn(), now: time.now, later: time.later,
    cancel: time.cancel,
  });
  return { draft, send, store, storage, time, reports };
};
// «satu» is being saved while «satu dua» is typed; the test decides when the server answers.
const savingSlowly = async () => {
  const answers = [];
  const send = answering();
  const slow = (fields) => { send.asked.push([fields]); return new Promise((done) => { answers.push(done); }); };
  const { draft, time } = start(slow);
  draft.type("satu");
  await time.pass(PAUSE);
  draft.type("satu dua");
  return { draft, time, send, answers };
};
const sent = (send) => send.asked.map(([fields]) => fields);

test("a draft is saved after a pause and then removed from the browser", async () => {
  const { draft, send, store, time, reports } = start();
  draft.type("u Bar");
  draft.type("u Baris");
  assert.deepEqual(store.all().map(({ text }) => text), ["u Baris"]);
  await time.pass(PAUSE);

  assert.deepEqual(sent(send), [{ key: "key-1", step: 1, line: "u Baris" }]);
  assert.deepEqual(store.all(), []);
  assert.deepEqual(reports, ["typing", "typing", "saved"]);
});

test("typing without a pause is saved within two seconds", async () => {
  const { draft, send, time } = start();
  for (let number = 0; number < 30; number += 1) {
    draft.type("x".repeat(number + 1));
    await time.pass(100);
  }

  assert.ok(send.asked.length >= 1);
  assert.ok(send.asked[0][0].line.length <= LONGEST_WAIT / 100 + 2);
});

test("a save waits for the one under way", async () => {
  const { draft, time, send, answers } = await savingSlowly();
  await time.pass(PAUSE * 3);
  assert.equal(answers.length, 1);

  answers[0](saved);
  await time.pass(PAUSE);
  assert.deepEqual(sent(send).map(({ step, line }) => [step, line]), [[1, "satu"], [2, "satu dua"]]);
});

test("saveAll also waits for what was typed during a save", async () => {
  const { draft, time, send, answers } = await savingSlowly();
  const isAllSaved = draft.saveAll();
  answers[0](saved);
  await rest();
  assert.deepEqual(sent(send).map(({ line }) => line), ["satu", "satu dua"]);
  answers[1](away);

  assert.equal(await isAllSaved, false);
});

test("Enter sends key and text, and the next line gets a new key", async () => {
  const { draft, time } = start();
  draft.type("u Baris pertama");
  await time.pass(PAUSE);

  assert.deepEqual(draft.take(), { key: "key-1", text: "u Baris pertama", step: 1, from: null });
  assert.deepEqual([draft.key, draft.text], ["key-2", ""]);
});

test("an unchanged draft of another window keeps its key", () => {
  const { draft } = start();
  draft.open({ key: "theirs", text: "u Baris", step: 3 });

  assert.deepEqual(draft.take(), { key: "theirs", text: "u Baris", step: 3, from: null });
});

test("a changed draft of another window becomes one of this window", async () => {
  const { draft, send, time } = start();
  draft.open({ key: "theirs", text: "u Baris", step: 3 });
  draft.type("u Baris saya");
  assert.deepEqual(draft.take(), { key: "key-2", text: "u Baris saya", step: 0, from: { key: "theirs", step: 3 } });

  draft.open({ key: "theirs", text: "u Baris", step: 3 });
  draft.type("u Baris saya");
  await time.pass(PAUSE);
  assert.deepEqual(sent(send), [{ key: "key-4", step: 1, line: "u Baris saya", adopts: "theirs", adopts_step: 3 }]);
  assert.equal(draft.take().from, null);
});

test("a line stored in another window is removed from an unchanged box", async () => {
  const { draft, time } = start();
  draft.type("u Baris");
  await time.pass(PAUSE);

  assert.equal(draft.hear(["key-1"], draft.saves), false);
  assert.equal(draft.hear([], draft.saves - 1), false); // requested before the save was answered
  assert.equal(draft.hear([], draft.saves), true);
  assert.deepEqual([draft.text, draft.isDirty], ["", false]);
});

test("text added to a line that was stored in another window is a new line", async () => {
  const { draft, send, time, store } = start(answering(saved, { outcome: "saved", isStored: true }, saved));
  draft.type("u Baris");
  await time.pass(PAUSE);
  draft.type("u Baris, dan lebih");
  assert.equal(draft.hear([], draft.saves), false);
  await time.pass(PAUSE * 2);

  assert.deepEqual(sent(send).map(({ key, line }) => [key, line]), [
    ["key-1", "u Baris"], ["key-1", "u Baris, dan lebih"], ["key-2", "u Baris, dan lebih"],
  ]);
  assert.deepEqual([draft.key, draft.text], ["key-2", "u Baris, dan lebih"]);
  assert.deepEqual(store.all(), []);
});

test("without a connection the draft stays in the browser until it is saved", async () => {
  const { draft, store, time, send, reports } = start(answering(away, saved));
  draft.type("belum selesai");
  await time.pass(PAUSE);
  assert.deepEqual(store.all().map(({ text }) => text), ["belum selesai"]);
  assert.equal(reports.at(-1), "away");
  await time.pass(3000);

  assert.equal(send.asked.length, 2);
  assert.deepEqual(store.all(), []);
});

test("a draft found only in the browser is saved at once under its own key", async () => {
  const { draft, send, store } = start();
  store.put("left", { text: "tertinggal", step: 4, from: null, at: 1 });
  draft.open({ key: "left", text: "tertinggal", saved: "", step: 4 });
  await rest();

  assert.deepEqual(sent(send), [{ key: "left", step: 5, line: "tertinggal" }]);
  assert.deepEqual(store.all(), []);
});

test("emptying a draft deletes it on the server", async () => {
  const { draft, send, time, store } = start();
  draft.type("salah");
  await time.pass(PAUSE);
  draft.type("");
  await time.pass(PAUSE);

  assert.equal(sent(send).at(-1).line, "");
  assert.deepEqual(store.all(), []);
  assert.equal(draft.hear([], draft.saves), false);
});

test("a returned text gets a new key and is saved at once", async () => {
  const { draft, send, time } = start();
  draft.giveBack("t tidak diterima");
  await time.pass(0);

  assert.deepEqual(sent(send), [{ key: "key-2", step: 1, line: "t tidak diterima" }]);
});

test("a save answered after Enter changes nothing", async () => {
  const answers = [];
  const { draft, time, store } = start(() => new Promise((done) => { answers.push(done); }));
  draft.type("satu");
  await time.pass(PAUSE);
  draft.take();
  draft.type("dua");
  answers[0](saved);
  await time.pass(PAUSE);

  assert.equal(draft.text, "dua");
  assert.deepEqual(store.all().map(({ text }) => text), ["dua"]);
});
