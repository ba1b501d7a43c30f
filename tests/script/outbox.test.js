import assert from "node:assert/strict";
import { test } from "node:test";

import { createOutbox, LONGEST_KEPT, MOST_FAULTS, RETRY } from "../../tracker/static/minutes/outbox.js";
import { openStore } from "../../tracker/static/minutes/store.js";
import { answering, FakeStorage, FakeTime, rest } from "./fakes.js";

const away = { outcome: "away" };
const stored = { outcome: "stored" };

const start = (post, { storage = new FakeStorage(), time = new FakeTime() } = {}) => {
  const settled = [];
  const reports = [];
  const store = openStore(storage, "out:");
  const outbox = createOutbox({
    store, post, settle: (entry, answer) => settled.push([entry.id, answer.outcome]),
    report: (what) => reports.push(what), now: time.now, later: time.later,
  });
  return { outbox, settled, reports, store, storage, time };
};
const line = (once, text = once) => ["/lines", { once, line: text }];

test("entries are sent in order, one at a time, each once", async () => {
  const post = answering(stored);
  const { outbox, settled, store } = start(post);

  outbox.add(...line("a"));
  outbox.add(...line("b"));
  assert.equal(post.asked.length, 1);
  await rest();

  assert.deepEqual(post.asked.map(([, fields]) => fields.once), ["a", "b"]);
  assert.deepEqual(settled, [["a", "stored"], ["b", "stored"]]);
  assert.deepEqual(store.all(), []);
});

test("without a connection entries stay and are sent when it is back", async () => {
  const post = answering(away, away, stored);
  const { outbox, settled, store, time, reports } = start(post);
  outbox.add(...line("a"));
  outbox.add(...line("b"));
  await rest();
  assert.deepEqual(store.all().map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(reports.at(-1), "away");

  await time.pass(RETRY * 4);

  assert.deepEqual(settled, [["a", "stored"], ["b", "stored"]]);
  assert.deepEqual(post.asked.map(([, fields]) => fields.once), ["a", "a", "a", "b"]);
});

test("entries of a closed window are sent unchanged and in order by the next one", async () => {
  const { outbox, storage } = start(answering(away));
  outbox.add(...line("a", "satu"));
  outbox.add(...line("b", "dua"));
  await rest();

  const post = answering(stored);
  const { settled, outbox: next } = start(post, { storage });
  next.flush();
  await rest();

  assert.deepEqual(post.asked, [line("a", "satu"), line("b", "dua")]);
  assert.deepEqual(settled.map(([id]) => id), ["a", "b"]);
});

test("a refused entry is returned and does not block the others", async () => {
  const { outbox, settled } = start(answering({ outcome: "refused" }, stored));
  outbox.add(...line("a"));
  outbox.add(...line("b"));
  await rest();

  assert.deepEqual(settled, [["a", "refused"], ["b", "stored"]]);
});

test("an entry that repeatedly causes server errors is returned, and the others are sent", async () => {
  const failed = { outcome: "failed" };
  const { outbox, settled, time } = start(answering(failed, failed, stored));
  outbox.add(...line("a"));
  await time.pass(60000);
  assert.deepEqual(settled, [["a", "stored"]]);

  const hopeless = start(answering(...Array.from({ length: MOST_FAULTS }, () => failed), stored));
  hopeless.outbox.add(...line("a"));
  hopeless.outbox.add(...line("b"));
  await hopeless.time.pass(120000);
  assert.deepEqual(hopeless.settled, [["a", "failed"], ["b", "stored"]]);
});

test("after signing out nothing is sent until resumed", async () => {
  const post = answering({ outcome: "signedOut" }, stored);
  const { outbox, settled, time } = start(post);
  outbox.add(...line("a"));
  await time.pass(RETRY * 10);
  assert.equal(post.asked.length, 1);
  assert.deepEqual(settled, []);

  outbox.pause();
  outbox.add(...line("b"));
  await rest();
  assert.equal(post.asked.length, 1);
  await outbox.resume();
  assert.deepEqual(settled.map(([id]) => id), ["a", "b"]);
});

test("entries older than the server recognises are returned", async () => {
  const time = new FakeTime();
  const { outbox, storage } = start(answering(away), { time });
  outbox.add(...line("a"));
  await rest();
  time.at += LONGEST_KEPT + 1;
  const post = answering(stored);
  const { outbox: next, settled } = start(post, { storage, time });
  await next.flush();

  assert.deepEqual(settled, [["a", "tooOld"]]);
  assert.equal(post.asked.length, 0);
});

test("an entry answered in another window is no longer waited for", async () => {
  const { outbox } = start(answering(away));
  outbox.add(...line("a"));
  outbox.add(...line("b"));
  await rest();

  assert.equal(outbox.answeredElsewhere("b").id, "b");
  assert.equal(outbox.answeredElsewhere("x"), null);
  assert.deepEqual(outbox.all().map(({ id }) => id), ["a"]);
});

test("two entries of the same millisecond keep their order", async () => {
  const { outbox, store } = start(answering(away));
  outbox.add(...line("z"));
  outbox.add(...line("a"));
  await rest();

  assert.deepEqual(store.all().map(({ id }) => id), ["z", "a"]);
});
