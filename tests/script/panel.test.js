import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, openIn } from "../../tracker/static/panel-address.js";

const LIST = "https://tracker.example/actions?watch=overdue&page=%3Ei%3A1";

test("the open row is added to the filter in the address, and taken out of it", () => {
  const opened = addressOf(LIST, "12");

  assert.equal(openIn(`https://tracker.example${opened}`), "12");
  assert.match(opened, /^\/actions\?watch=overdue&page=%3Ei%3A1&open=12$/);
  assert.equal(addressOf(`https://tracker.example${opened}`, null), "/actions?watch=overdue&page=%3Ei%3A1");
});

test("a second row takes the place of the first", () => {
  assert.equal(addressOf("https://tracker.example/actions?open=12", "13"), "/actions?open=13");
});

test("nothing is open in an address that does not say so", () => {
  assert.equal(openIn(LIST), null);
});
