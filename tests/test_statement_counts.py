"""The number of SQL statements of each page, the same with one row and with three."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from tests.visitor import ADMIN, ADVISER, DECISION_MAKER, PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock, paging
from tracker.core.db import db

LAST_WEEK = week_of(clock.today()).previous

COSTS = {
    "/": 3,
    "/account": 9,
    "/account/calendar": 2,
    "/account/tokens": 2,
    "/api/v1/docs": 1,
    "/actions?stage=open": 5,
    "/actions?stage=open&order=pic": 5,
    "/actions/calendar": 6,
    "/actions/1": 6,
    "/actions/matrix": 6,
    "/actions/units": 3,
    "/help": 1,
    "/holidays": 4,
    "/meetings": 5,
    "/meetings/1": 9,
    "/meetings/2": 10,  # it has an agenda, whose papers are asked for
    "/meetings/1.ics": 4,
    "/meetings/1/files": 6,
    "/meetings/1/history": 7,
    "/meetings/1/outcomes": 7,
    "/meetings/1/people": 5,
    "/meetings/1/room": 8,
    "/meetings/1/room/changes": 8,
    "/meetings/statements/1": 7,
    f"/meetings/weeks/{LAST_WEEK}": 3,
    "/people": 5,
    "/people/1": 8,
    "/people/1?as_of=2026-01-05": 8,
    "/periods": 3,
    "/posts": 3,
    "/posts/1": 8,
    "/posts/1?as_of=2026-01-05": 7,
    "/posts?as_of=2026-01-05": 7,
    "/proposals": 4,
    "/proposals?order=title": 4,
    "/proposals/1": 8,
    "/proposals/1/reminder": 6,
    "/proposals/unanswered": 12,
    "/reviews": 2,
    "/reviews/compare": 8,
    "/reviews/trends": 2,
    f"/reviews/{LAST_WEEK}": 6,
    f"/reviews/{LAST_WEEK}/items": 3,
    "/search": 1,
    "/search/synonyms": 2,
    "/search?q=063": 7,
    "/search?q=ham": 7,
    "/search?q=pelanggaran+ham": 6,
    "/targets?editions=in_force": 8,
    "/targets/1": 11,
    "/targets/20/compare": 7,
    "/units": 2,
    "/reorganisations": 2,
    "/units/1": 9,
    "/units/1?as_of=2026-01-05": 8,
    "/units?as_of=2026-01-05": 3,
    "/views/new?list=actions&stage=open": 1,
}

#: Pages that only some roles may see, by account.
COSTS_BY_ACCOUNT = {
    SECRETARIAT: {
        "/imports": 3,
        "/imports/new": 2,
        "/": 10,
        "/actions/1": 8,
        # They follow related rows, with a query for each step of the longest chain, and search for the same text.
        "/classification/actions/2": 6,
        "/classification/meetings/1": 8,
        "/classification/proposals/1": 9,
        "/classification/statements/1": 8,
        "/meetings/1/minutes": 15,
        "/meetings/1/readers": 7,
        "/meetings/1/statements/new": 4,
        "/meetings/new": 3,
        "/meetings/new/text": 2,
        "/preview": 3,
    },
    ADVISER: {"/": 16},
    DECISION_MAKER: {"/": 10, "/waiting": 5},
    REVIEWER: {"/": 9, "/actions/1": 9},
    PIC: {"/": 8},
    ADMIN: {"/": 6, "/accounts": 5, "/accounts/2/edit": 9, "/audit": 7, "/audit/verify": 4, "/operations": 9},
}


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def cost_of(app: Flask, browser: Visitor, path: str) -> int:
    browser.get(path)  # what is loaded once, is
    with counted(app) as said:
        browser.get(path)
    return sum(one != "BEGIN" for one in said)


def test_each_page_runs_exactly_this_many_statements(app: Flask, visit: Visitor) -> None:
    browser = visit.as_(READER)
    assert {path: cost_of(app, browser, path) for path in COSTS} == COSTS


def test_files_of_the_program_run_no_statement(app: Flask, visit: Visitor) -> None:
    browser = visit.as_(READER)

    with counted(app) as said:
        assert browser.client.get("/static/app.js", buffered=True).status_code == 200

    assert said == []


@pytest.mark.parametrize("username", COSTS_BY_ACCOUNT)
def test_restricted_pages_run_exactly_this_many_statements(app: Flask, visit: Visitor, username: str) -> None:
    browser, costs = visit.as_(username), COSTS_BY_ACCOUNT[username]
    assert {path: cost_of(app, browser, path) for path in costs} == costs


def test_statements_of_a_page_are_compiled_once(app: Flask, visit: Visitor) -> None:
    """A statement that SQLAlchemy cannot find in its cache is stored again each time, up to hundreds of megabytes."""
    missed: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_: object, __: object, statement: str, ___: object, context: Any, ____: object) -> None:
        if context.cache_hit is CacheStats.CACHE_MISS:
            missed.append(f"{path}: {statement[:200]}")

    for username, paths in {READER: COSTS, **COSTS_BY_ACCOUNT}.items():
        browser = visit.as_(username)
        for path in paths:
            browser.get(path), browser.get(path)  # a few statements take their last shape with the second
            event.listen(engine, "before_cursor_execute", note)
            try:
                browser.get(path)
            finally:
                event.remove(engine, "before_cursor_execute", note)

    assert missed == []


@pytest.mark.parametrize("name", ["meetings", "proposals", "actions"])
def test_more_rows_run_no_more_statements(
    app: Flask, visit: Visitor, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.get(f"/{name}?view=all")
    costs = {}

    for size in (3, 50):
        monkeypatch.setattr(paging, "PAGE_SIZE", size)
        with counted(app) as said:
            page = browser.get(f"/{name}?view=all")
        costs[size] = (len(said), len(page.soup.select("tbody tr")))

    assert len({rows for _, rows in costs.values()}) == 2, costs
    assert len({cost for cost, _ in costs.values()}) == 1, costs


def test_three_search_results_run_no_more_statements_than_one(app: Flask, visit: Visitor) -> None:
    browser = visit.as_(READER)
    paths = ["/search?kind=proposal&q=forum+nasional", "/search?kind=proposal&year=2020&q=ham"]

    rows = [len(browser.get(path).soup.select(".hits > li")) for path in paths]
    costs = [cost_of(app, browser, path) for path in paths]

    assert rows == [1, 3]
    assert costs == [6, 6]
