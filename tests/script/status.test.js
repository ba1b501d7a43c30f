import assert from "node:assert/strict";
import { test } from "node:test";

import { createStatus } from "../../tracker/static/minutes/status.js";

const start = () => {
  const shown = [];
  const status = createStatus({ words: (what) => what, show: (what, text) => shown.push(text), clock: () => "14.03.22" });
  return { status, shown };
};

test("sixty keystrokes announce the same sentence once", () => {
  const { status, shown } = start();
  for (let key = 0; key < 60; key += 1) status.report("box", "typing");
  status.report("box", "saved");

  assert.deepEqual(shown, ["typing", "saved 14.03.22"]);
});

test("the most urgent state is shown", () => {
  const { status, shown } = start();
  status.report("box", "saved");
  status.report("outbox", "away");
  status.report("box", "typing");
  status.report("outbox", "saving");
  status.report("outbox", "saved");
  status.report("box", "saved");

  assert.deepEqual(shown, ["saved 14.03.22", "away", "saving", "typing", "saved 14.03.22"]);
});

test("a state that ended is no longer shown", () => {
  const { status, shown } = start();
  status.report("line-3", "conflict");
  status.report("outbox", "saved");
  status.clear("line-3");

  assert.deepEqual(shown, ["conflict", "saved 14.03.22"]);
  assert.equal(status.now, "saved");
  status.clear("outbox");
  assert.deepEqual([status.now, shown.at(-1)], ["", "idle"]);
});
