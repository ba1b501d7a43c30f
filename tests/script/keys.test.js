import assert from "node:assert/strict";
import { test } from "node:test";

import { newKey } from "../../tracker/static/minutes/keys.js";

test("keys have the server's format and are unique", () => {
  const keys = Array.from({ length: 500 }, newKey);

  assert.ok(keys.every((key) => /^[A-Za-z0-9_-]{24}$/.test(key)));
  assert.equal(new Set(keys).size, 500);
});
