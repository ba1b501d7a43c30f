import assert from "node:assert/strict";
import { test } from "node:test";

import { askedAt, fits } from "../../tracker/static/minutes/names.js";
import { elapsed } from "../../tracker/static/minutes/room.js";

test("a name is asked for from its sign to the caret", () => {
  assert.deepEqual(askedAt("t @kasubdit kdn"), { sign: "@", name: "kasubdit kdn", start: 3 });
  assert.deepEqual(askedAt("u@"), { sign: "@", name: "", start: 2 });
  assert.deepEqual(askedAt("u judul #+pela"), { sign: "#", name: "pela", start: 10 });
});

test("what goes on as a sentence asks for no name", () => {
  const texts = ["tanpa tanda", "@lingga, lalu", "@ kosong", "@a b c d e f", "@lingga: mari", "@lingga “kutipan”", "@lingga/a | b"];
  for (const text of texts) assert.equal(askedAt(text), null, text);
});

test("each typed word begins a word of the name or the post", () => {
  assert.ok(fits("kdn wil", "Nurhayati Kasubdit KDN Wilayah I"));
  assert.ok(fits("RAZ", "Razilu"));
  assert.ok(fits("jose", "José"));
  assert.ok(!fits("zilu", "Razilu"));
});

test("the room reads how long the meeting has been going on", () => {
  assert.equal(elapsed(0, 85 * 60_000 + 59_000, "{hours} h {minutes} min"), "1 h 25 min");
  assert.equal(elapsed(5000, 0, "{hours} h {minutes} min"), "0 h 0 min");
});
