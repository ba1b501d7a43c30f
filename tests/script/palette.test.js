import assert from "node:assert/strict";
import { test } from "node:test";

import { opensPalette, pagesOf, pagesThatFit } from "../../tracker/static/palette.js";

const PAGES = ["Rapat", "Tindak lanjut", "Tinjauan mingguan", "Catat rapat"].map((name) => ({ id: `/${name}`, name }));
const names = (pages) => pages.map(({ name }) => name);

test("pages are found by the beginnings of their words", () => {
  assert.deepEqual(names(pagesThatFit(PAGES, "rapat")), ["Rapat", "Catat rapat"]);
  assert.deepEqual(names(pagesThatFit(PAGES, "LAN tin")), ["Tindak lanjut"]);
  assert.deepEqual(names(pagesThatFit(PAGES, "apat")), []);
  assert.deepEqual(pagesThatFit(PAGES, " "), PAGES);
});

test("a page that stands in two menus is offered once, by its words alone", () => {
  const text = (textContent) => ({ nodeType: 3, textContent });
  const links = [
    { href: "/", childNodes: [{ nodeType: 1, textContent: "icon" }, text("\n Beranda \n"), { nodeType: 1, textContent: "3" }] },
    { href: "/", childNodes: [text("Beranda")] },
    { href: "/meetings", childNodes: [text("Rapat")] },
    { href: "/bare", childNodes: [] },
  ];
  assert.deepEqual(pagesOf(links), [{ id: "/", name: "Beranda", detail: "" }, { id: "/meetings", name: "Rapat", detail: "" }]);
});

test("Ctrl+K opens it from anywhere, a slash only where nobody types", () => {
  assert.ok(opensPalette({ key: "k", ctrlKey: true }, true));
  assert.ok(opensPalette({ key: "K", metaKey: true }, false));
  assert.ok(opensPalette({ key: "/" }, false));
  assert.ok(!opensPalette({ key: "/" }, true));
  assert.ok(!opensPalette({ key: "/", altKey: true }, false));
  assert.ok(!opensPalette({ key: "/", defaultPrevented: true }, false));
  assert.ok(!opensPalette({ key: "k" }, false));
});
