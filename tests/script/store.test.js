import assert from "node:assert/strict";
import { test } from "node:test";

import { noStore, openStore } from "../../tracker/static/minutes/store.js";
import { FakeStorage } from "./fakes.js";

test("texts are stored separately and read in order", () => {
  const storage = new FakeStorage();
  const mine = openStore(storage, "minutes:1:2:draft:");
  mine.put("b", { at: 2, text: "dua" });
  mine.put("a", { at: 1, text: "satu" });
  openStore(storage, "minutes:1:3:draft:").put("c", { at: 0, text: "rapat lain" });

  assert.deepEqual(mine.all().map(({ id, text }) => [id, text]), [["a", "satu"], ["b", "dua"]]);
  mine.remove("a");
  assert.deepEqual(mine.all().map(({ id }) => id), ["b"]);
  assert.equal(mine.idOf("minutes:1:2:draft:x"), "x");
  assert.equal(mine.idOf("minutes:1:3:draft:x"), null);
  assert.equal(mine.idOf(null), null);
});

test("full storage is reported, and foreign items are ignored", () => {
  const storage = new FakeStorage();
  const mine = openStore(storage, "a:");
  storage.setItem("a:broken", "{");
  storage.setItem("a:other", "3");
  storage.isFull = true;

  assert.equal(mine.put("x", { at: 1 }), false);
  assert.deepEqual(mine.all(), []);
});

test("nothing is stored if storing is not allowed", () => {
  assert.equal(noStore.put("x", { at: 1 }), false);
  assert.deepEqual(noStore.all(), []);
});
