import assert from "node:assert/strict";
import { test } from "node:test";

import { createLook, LONGEST_PERIOD, PERIOD } from "../../tracker/static/minutes/look.js";
import { answering, FakeTime, rest } from "./fakes.js";

const unchanged = { outcome: "unchanged" };

const start = (get = answering(unchanged), { isAway = () => false } = {}) => {
  const time = new FakeTime();
  const applied = [];
  const look = createLook({
    wire: { get }, url: "/changes", version: "1", isAway, later: time.later, cancel: time.cancel,
    apply: { begin: () => (answer) => applied.push(answer) },
  });
  look.start();
  return { look, time, get, applied };
};
const versionsOf = (get) => get.asked.map(([, { headers }]) => headers["If-None-Match"]);

test("the server is polled every three seconds with the shown version", async () => {
  const { time, get } = start(answering({ outcome: "saved", version: "2" }, unchanged));
  await time.pass(PERIOD * 3);

  assert.deepEqual(versionsOf(get), ['W/"1"', 'W/"2"', 'W/"2"']);
});

for (const outcome of ["away", "failed", "signedOut"]) {
  test(`while the answer is ${outcome}, the wait doubles up to a limit`, async () => {
    const { time, get } = start(answering({ outcome }));
    await time.pass(PERIOD + PERIOD * 2 + PERIOD * 4);
    assert.equal(get.asked.length, 3);
    await time.pass(LONGEST_PERIOD * 4);
    assert.equal(get.asked.length, 7);
  });
}

test("the interval is three seconds again after an answer", async () => {
  const { time, get } = start(answering({ outcome: "away" }, unchanged));
  await time.pass(PERIOD * 3);
  assert.equal(get.asked.length, 2);
  await time.pass(PERIOD * 2);
  assert.equal(get.asked.length, 4);
});

test("a hidden page does not poll", async () => {
  const { time, get } = start(answering(unchanged), { isAway: () => true });
  await time.pass(PERIOD * 5);
  assert.equal(get.asked.length, 0);
});

test("a poll requested during another one follows it once", async () => {
  const answers = [];
  const get = Object.assign(() => new Promise((done) => { answers.push(done); }), { asked: [] });
  const { look, applied } = start(get);
  look.look();
  look.look();
  look.look();
  assert.equal(answers.length, 1);
  answers[0]({ outcome: "saved", version: "2" });
  await rest();
  assert.equal(answers.length, 2);
  answers[1](unchanged);
  await rest();

  assert.equal(answers.length, 2);
  assert.deepEqual(applied.map(({ outcome }) => outcome), ["saved", "unchanged"]);
});
