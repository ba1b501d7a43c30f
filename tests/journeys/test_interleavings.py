"""Random orders of events: each entered line is stored once, and every other text is still in the browser.

Two machines with one account, each with windows of one meeting, in a browser. A run is a sequence of random events;
each typed word is unique, so that it can be identified later.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect
from sqlalchemy import NullPool, create_engine, text

from tests import depth
from tests.databases import Kind
from tests.journeys.conftest import sign_in_unseen
from tests.visitor import PASSWORDS, SECRETARIAT, Visitor

#: The first run, for `make interleavings` to resume from there.
FIRST = int(os.environ.get("INTERLEAVINGS_FIRST", "0"))
DEEDS = 14
DONE: Counter[str] = Counter()
IS_SETTLED = """() => !document.querySelector("#sign-in-again").hidden || (
  !document.querySelector(".is-pending, .is-dirty")
  && !["saving", "typing", "away"].includes(document.querySelector("[data-state]").dataset.now))"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Both databases, since a constraint detects repeated requests."""
    return request.param


@pytest.fixture
def signed_in(chromium: Browser, site: str) -> Any:
    """Cookies of a signed-in browser."""
    context = chromium.new_context(base_url=site, service_workers="block")
    page = context.new_page()
    sign_in_unseen(page, SECRETARIAT)
    state = context.storage_state()
    context.close()
    return state


@dataclass
class Expectations:
    """What the typist expects: entered lines, and texts that were typed and not discarded."""

    number: int = 0
    entered: set[str] = field(default_factory=set)
    typed: dict[str, "Machine"] = field(default_factory=dict)

    def word(self) -> str:
        self.number += 1
        return f"kata{self.number}"


class Machine:
    """A browser with its own storage, whose windows show one meeting."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address, self.is_online = context, address, True
        self.pages: list[Page] = []

    def open(self) -> None:
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        self.pages.append(page)
        self.visit(page)

    def visit(self, page: Page) -> None:
        page.goto(self.address)
        if "/sign-in" in page.url:
            enter_password(page, "main form[action='/sign-in']")
            page.wait_for_url(f"**{self.address}")
        expect(page.locator("#line")).to_be_focused()

    def set_online(self, is_online: bool) -> None:
        self.context.set_offline(not is_online)
        self.is_online = is_online


def enter_password(page: Page, form: str, timeout: float = 30_000) -> None:
    page.fill(f"{form} [name=username]", SECRETARIAT, timeout=timeout)
    page.fill(f"{form} [name=password]", PASSWORDS[SECRETARIAT], timeout=timeout)
    page.locator(f"{form} button[type=submit]").click(timeout=timeout)


def answer_dialog(machine: Machine, page: Page) -> bool:
    """Sign in if a dialog asks for it, and return whether typing is possible."""
    if not page.locator("#sign-in-again").is_visible():
        return True
    if not machine.is_online:
        return False
    with suppress(TimeoutError):  # signing in in another window closes the dialog
        enter_password(page, "#sign-in-again form", timeout=3000)
    expect(page.locator("#sign-in-again")).to_be_hidden()
    return True


def box_of(page: Page) -> str:
    return page.locator("#line").input_value()


class Run:
    """One run: random events, then the check of what is stored and left."""

    def __init__(self, chance: random.Random, machines: list[Machine]) -> None:
        self.chance, self.machines, self.expected = chance, machines, Expectations()
        self.story: list[str] = []

    def deed(self) -> None:
        machine = self.chance.choice(self.machines)
        if not machine.pages:
            if machine.is_online:
                machine.open()
                self.story.append(f"{self.name(machine)} open")
            else:
                machine.set_online(True)
            return
        page = self.chance.choice(machine.pages)
        deeds: list[tuple[int, Callable[[Machine, Page], None]]] = [
            (6, self.type_on), (2, self.type_anew), (7, self.enter), (3, self.wait), (2, self.change_connection),
            (1, self.close), (1, self.reload), (1, self.another_window), (1, self.lose_sign_in), (1, self.go_back),
            (1, self.edit),
        ]  # fmt: skip
        chosen = self.chance.choices([do for _, do in deeds], [weight for weight, _ in deeds])[0]
        if not answer_dialog(machine, page):
            return
        self.story.append(f"{self.name(machine)}{machine.pages.index(page)} {chosen.__name__} «{box_of(page)}»")
        DONE[chosen.__name__] += 1
        chosen(machine, page)

    def name(self, machine: Machine) -> str:
        return "AB"[self.machines.index(machine)]

    def type_on(self, machine: Machine, page: Page) -> None:
        word = self.expected.word()
        page.locator("#line").press("Control+End")
        page.keyboard.type(f" {word}" if box_of(page).strip() else word)
        self.expected.typed[word] = machine

    def type_anew(self, machine: Machine, page: Page) -> None:
        given_up = re.findall(r"kata\d+", box_of(page))
        page.locator("#line").press("Control+a")
        word = self.expected.word()
        page.keyboard.type(word)
        for old in given_up:
            self.expected.typed.pop(old, None)
        self.expected.typed[word] = machine

    def enter(self, _: Machine, page: Page) -> None:
        words = box_of(page)
        page.locator("#line").press("Enter")
        if words.strip():
            self.expected.entered.add(words)
            for word in re.findall(r"kata\d+", words):
                self.expected.typed.pop(word, None)

    def wait(self, machine: Machine, page: Page) -> None:
        if machine.is_online:  # a page that was loaded with a text on the server says nothing of it
            page.wait_for_function(IS_SETTLED, timeout=30000)

    def change_connection(self, machine: Machine, _: Page) -> None:
        machine.set_online(not machine.is_online)

    def close(self, machine: Machine, page: Page) -> None:
        machine.pages.remove(page)
        page.close()

    def reload(self, machine: Machine, page: Page) -> None:
        if machine.is_online:
            machine.visit(page)

    def another_window(self, machine: Machine, _: Page) -> None:
        if machine.is_online and len(machine.pages) < 2:
            machine.open()

    def lose_sign_in(self, machine: Machine, _: Page) -> None:
        machine.context.clear_cookies()

    def go_back(self, machine: Machine, page: Page) -> None:
        if not machine.is_online:
            return
        page.goto("/sign-in/forgotten")
        page.go_back()
        if "/sign-in" in page.url:
            machine.visit(page)
        expect(page.locator("#line")).to_be_visible()

    def edit(self, machine: Machine, page: Page) -> None:
        lines = [line for line in page.locator("[data-line] .gist").all() if line.inner_text() in self.expected.entered]
        if not machine.is_online or not lines:
            return
        line = self.chance.choice(lines)
        before, number = line.inner_text(), line.locator("xpath=ancestor::li").get_attribute("id")
        page.locator(f"#{number} [data-edit]").click()
        field = page.locator(f"#{number} [name=gist_id]")
        try:
            expect(field).to_be_visible(timeout=3000)
        except AssertionError:  # the session has just expired
            return
        word = self.expected.word()
        field.press("Control+End")
        page.keyboard.type(f" {word}")
        page.locator(f"#{number} [data-change] .btn-primary").click()
        self.expected.entered.discard(before)
        self.expected.entered.add(f"{before} {word}")

    def come_to_rest(self) -> None:
        """Everybody is connected and signed in, and waits until nothing is on its way."""
        for machine in self.machines:
            machine.set_online(True)
            for page in machine.pages:
                page.bring_to_front()
                answer_dialog(machine, page)
                self.settle(machine, page)
            if not machine.pages:
                machine.open()
                self.settle(machine, machine.pages[0])
        for machine in self.machines:
            for page in machine.pages:
                machine.visit(page)
                self.settle(machine, page)

    def settle(self, machine: Machine, page: Page) -> None:
        for _ in range(40):
            page.wait_for_function(IS_SETTLED, timeout=30000)
            if not page.locator("#sign-in-again").is_visible():
                return
            answer_dialog(machine, page)

    def shown(self, machine: Machine) -> str:
        """All that this machine's windows have to read that is not stored."""
        texts = [box_of(page) for page in machine.pages]
        texts += [text for page in machine.pages for text in page.locator("[data-draft]:visible").all_inner_texts()]
        return "\n".join(texts)


@pytest.fixture
def stored(app: Flask) -> Iterator[Callable[[str], list[str]]]:
    """Stored lines of a meeting."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool)

    def lines(meeting: str) -> list[str]:
        question = text("SELECT gist_id FROM statement WHERE meeting_id = :m AND removed_at IS NULL")
        with engine.connect() as connection:
            return list(connection.execute(question, {"m": int(meeting)}).scalars())

    yield lines
    engine.dispose()


def meeting_of(visitor: Visitor, number: int) -> str:
    page = visitor.get("/meetings/new")
    answer = visitor.submit(page, "/meetings/new", name_id=f"Rapat acak {number}", date="2026-11-02")
    return re.search(r"/meetings/(\d+)", answer.response.location)[1]


@pytest.mark.long
@pytest.mark.timeout(36_000)
@depth.runs("INTERLEAVINGS", 1, in_depth=6)
def test_random_events_neither_lose_nor_duplicate_lines(
    chromium: Browser,
    site: str,
    signed_in: Any,
    visit: Visitor,
    stored: Callable[[str], list[str]],
    kind: Kind,
    runs: int,
) -> None:
    secretary, entered, left = visit.as_(SECRETARIAT), 0, 0
    for number in range(FIRST, FIRST + runs):
        meeting = meeting_of(secretary, number)
        contexts = [
            chromium.new_context(base_url=site, storage_state=signed_in, service_workers="block") for _ in range(2)
        ]
        run = Run(random.Random(number), [Machine(context, f"/meetings/{meeting}/minutes") for context in contexts])
        for _ in range(DEEDS):
            run.deed()
        run.come_to_rest()

        lines, expected = Counter(stored(meeting)), run.expected
        assert [words for words in expected.entered if not lines[words]] == [], (number, run.story)
        assert [word for word, machine in expected.typed.items() if word not in run.shown(machine)] == [], (
            number,
            run.story,
        )
        assert [words for words in lines if lines[words] > 1] == [], (number, run.story)
        entered, left = entered + len(expected.entered), left + len(expected.typed)
        for context in contexts:
            context.close()
        print(f"{kind}, order {number}: {entered} lines entered, {left} texts left, 0 lost, 0 doubled")  # noqa: T201
    print(f"{runs} orders of {DEEDS} deeds: {dict(DONE)}")  # noqa: T201
