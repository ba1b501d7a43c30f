import assert from "node:assert/strict";
import { test } from "node:test";

import { createList, PAUSE, sendIdsAlone } from "../../tracker/static/combobox.js";
import { FakeTime, rest } from "./fakes.js";

const RATNA = { id: 1, name: "Ratna" };
const RAZILU = { id: 2, name: "Razilu" };
const RINI = { id: 3, name: "Rini" };

const start = (answer = async () => ({ choices: [RATNA, RAZILU, RINI], said: "3 choices." })) => {
  const time = new FakeTime();
  const asked = [];
  const states = [];
  const ask = (typed) => { asked.push(typed); return answer(typed); };
  const list = createList({ ask, show: (state) => states.push(state), later: time.later, cancel: time.cancel });
  return { list, time, asked, states, last: () => states.at(-1) };
};
const opened = async () => {
  const all = start();
  await all.list.search("r");
  return all;
};

test("it asks once for what was typed in one go", async () => {
  const { list, time, asked, last } = start();
  list.typed("r");
  await time.pass(PAUSE - 1);
  list.typed("ra");
  await time.pass(PAUSE);
  assert.deepEqual(asked, ["ra"]);
  assert.deepEqual(last(), { choices: [RATNA, RAZILU, RINI], active: -1, isOpen: true, said: "3 choices." });
});

test("an answer that was overtaken is not shown", async () => {
  const answers = [];
  const { list, states, last } = start(() => new Promise((done) => answers.push(done)));
  list.search("r");
  list.search("ra");
  answers[1]({ choices: [RATNA], said: "One choice." });
  await rest();
  answers[0]({ choices: [RINI], said: "One choice." });
  await rest();
  assert.equal(states.length, 1);
  assert.deepEqual(last().choices, [RATNA]);
});

test("a closed list stays closed when its answer comes", async () => {
  let done;
  const { list, states } = start(() => new Promise((answer) => { done = answer; }));
  list.search("r");
  list.close();
  done({ choices: [RATNA], said: "One choice." });
  await rest();
  assert.deepEqual(states, []);
});

test("without a server the field stays a text field", async () => {
  const { list, states } = start(async () => { throw new TypeError("Failed to fetch"); });
  await list.search("r");
  assert.deepEqual(states, []);
  assert.deepEqual(list.key("Enter", "r"), { isUsed: false });
});

test("an arrow opens the list", async () => {
  const { list, asked } = start();
  assert.deepEqual(list.key("ArrowDown", "ra"), { isUsed: true });
  await rest();
  assert.deepEqual(asked, ["ra"]);
});

test("arrows go round, Home and End to the ends", async () => {
  const { list, last } = await opened();
  const actives = ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "End", "Home"].map((key) => {
    assert.ok(list.key(key, "r").isUsed);
    return last().active;
  });
  assert.deepEqual(actives, [0, 1, 0, 2, 0, 2, 0]);
});

test("Home, End and Enter belong to the text until a choice is active", async () => {
  const { list } = await opened();
  for (const key of ["Home", "End", "Enter", "a"]) assert.deepEqual(list.key(key, "r"), { isUsed: false });
});

test("Enter takes the active choice and closes the list", async () => {
  const { list, last } = await opened();
  list.key("ArrowDown", "r");
  list.key("ArrowDown", "r");
  assert.deepEqual(list.key("Enter", "r"), { isUsed: true, taken: RAZILU });
  assert.equal(last().isOpen, false);
});

test("Enter takes nothing that was listed for other words", async () => {
  const { list, last } = await opened();
  list.key("ArrowDown", "r");
  list.typed("ri");
  assert.equal(last().active, -1);
  assert.deepEqual(list.key("Enter", "ri"), { isUsed: false });
});

test("the first choice can be active at once", async () => {
  const time = new FakeTime();
  const states = [];
  const list = createList({ ask: async () => ({ choices: [RATNA, RINI], said: "" }), first: 0, show: (state) => states.push(state), later: time.later, cancel: time.cancel });
  await list.search("r");
  assert.equal(states.at(-1).active, 0);
  assert.deepEqual(list.key("Enter", "r").taken, RATNA);
});

test("Escape closes the list first, then belongs to the page", async () => {
  const { list, last } = await opened();
  assert.deepEqual(list.key("Escape", "r"), { isUsed: true });
  assert.equal(last().isOpen, false);
  assert.deepEqual(list.key("Escape", "r"), { isUsed: false });
});

test("where nothing fits, it says so, and arrows choose nothing", async () => {
  const { list, last } = start(async () => ({ choices: [], said: "Nothing fits." }));
  await list.search("xx");
  assert.equal(last().said, "Nothing fits.");
  list.key("ArrowDown", "xx");
  assert.equal(last().active, -1);
  assert.deepEqual(list.key("Enter", "xx"), { isUsed: false });
});

test("a chosen row is sent as its id, words only while they have none", () => {
  const box = (name, value, id) => ({
    name, value, closest: () => ({ querySelector: () => (id === undefined ? null : { value: id }) }),
  });
  const boxes = [box("pic-typed", "Ratna", "1"), box("unit-typed", "Dirjen", ""), box("post-typed", "", ""), box("more-typed", "Rini", undefined)];
  const formData = new Map(boxes.map(({ name, value }) => [name, value]));
  sendIdsAlone({ target: { querySelectorAll: () => boxes }, formData });
  assert.deepEqual([...formData.keys()], ["unit-typed", "more-typed"]);
});
