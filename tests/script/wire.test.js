import assert from "node:assert/strict";
import { test } from "node:test";

import { createWire } from "../../tracker/static/minutes/wire.js";
import { answering } from "./fakes.js";

const answer = (status, body) => ({
  status, ok: status < 400, json: async () => { if (body === undefined) throw new SyntaxError("no JSON"); return body; },
});
const start = (fetch, refresh = async () => "same") =>
  createWire({ fetch, token: () => "token", refresh, have: () => "12.abc" });

for (const [status, body, outcome] of [
  [200, { outcome: "stored" }, "stored"], [200, {}, "saved"], [304, undefined, "unchanged"], [401, {}, "signedOut"],
  [422, { problems: ["x"] }, "refused"], [409, { outcome: "conflict" }, "conflict"], [404, {}, "refused"],
  [429, {}, "away"], [500, {}, "failed"], [502, undefined, "away"], [200, undefined, "away"],
]) {
  test(`an answer ${status} ${JSON.stringify(body)} is ${outcome}`, async () => {
    const wire = start(async () => answer(status, body));
    assert.equal((await wire.post("/x", { line: "a" })).outcome, outcome);
  });
}

test("a missing connection is reported as away", async () => {
  const wire = start(async () => { throw new TypeError("Failed to fetch"); });
  assert.equal((await wire.post("/x", {})).outcome, "away");
});

test("requests contain the token and the versions shown", async () => {
  const asked = [];
  const wire = start(async (url, options) => { asked.push([url, options]); return answer(200, {}); });
  await wire.post("/x", { line: "a & b", once: "k" });

  assert.equal(String(asked[0][1].body), "line=a+%26+b&once=k&csrf_token=token");
  assert.deepEqual(asked[0][1].headers, { Accept: "application/json", "X-Have": "12.abc" });
});

test("an outdated token is renewed and the request repeated", async () => {
  const answers = answering(answer(403, {}), answer(200, { outcome: "stored" }));
  const wire = start((url, options) => answers(url, String(options.body)));
  assert.equal((await wire.post("/x", { line: "a" })).outcome, "stored");
  assert.equal(answers.asked.length, 2);
});

test("a token that is always refused is tried again later", async () => {
  const answers = answering(answer(403, {}));
  const wire = start((url, options) => answers(url, String(options.body)));
  assert.equal((await wire.post("/x", { line: "a" })).outcome, "away");
  assert.equal(answers.asked.length, 2);
});

test("nothing is sent with another account", async () => {
  const answers = answering(answer(403, {}));
  const wire = start((url, options) => answers(url, String(options.body)), async () => "otherAccount");
  assert.equal((await wire.post("/x", { line: "a" })).outcome, "otherAccount");
  assert.equal(answers.asked.length, 1);
});
