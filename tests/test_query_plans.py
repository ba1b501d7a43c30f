"""Queries of pages on large tables use an index, on both databases. Checks query plans, not times."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from tests.visitor import PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.db import db

pytestmark = pytest.mark.on_both

LARGE = frozenset({
    "meeting", "agenda_item", "attendance", "statement", "statement_proposal", "proposal", "proposal_proponent",
    "proposal_target_link", "action_item", "action_update", "due_date_change", "review_item", "event", "audit_entry",
    "search_entry",
})  # fmt: skip
WEEK = f"/reviews/{week_of(clock.today()).previous}"
PAGES = {
    READER: ["/meetings", "/meetings?status=held", "/meetings?unit=1", "/meetings?from_on=2020-01-01", "/meetings/1",
             "/meetings/1/outcomes", "/meetings/1/people", "/meetings/1/files", "/meetings/1/history",
             "/proposals", "/proposals?stage=open", "/proposals?status=approved", "/proposals?proponent=1",
             "/proposals?target=1", "/proposals/1", "/actions?view=all", "/actions?stage=open",
             "/actions?watch=overdue", "/actions?watch=no_pic", "/actions?watch=due_soon", "/actions?year=2020",
             "/actions?watch=this_week",
             "/actions?unit=1", "/actions?pic=1", "/actions/1", "/people/1", "/targets/1", "/search?q=pelanggaran",
             "/search?q=pelanggaran+ham", "/search?kind=proposal&q=ham&year=2020", "/search/suggestions?q=pela"],
    SECRETARIAT: ["/", "/meetings/1/minutes", "/proposals/unanswered"],
    PIC: ["/"],
    REVIEWER: ["/", WEEK, f"{WEEK}/items"],
}  # fmt: skip


@contextmanager
def heard(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []
    with app.app_context():
        engine = db.engine

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scanned_on_sqlite(connection: Connection, statement: str, parameters: Any) -> set[str]:
    """Large tables that are scanned in full, except by row counts, which are limited."""
    cursor = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    found, skipped = set(), set()
    for number, parent, _, detail in cursor.fetchall():
        if parent in skipped or detail.startswith("SCALAR SUBQUERY"):
            skipped.add(number)
        words = detail.split()
        if words[0] == "SCAN" and "USING" not in words and number not in skipped:
            found.add(re.sub(r"_\d+$", "", words[1]))  # an alias
    return found


def scanned_on_postgresql(connection: Connection, statement: str, parameters: Any) -> set[str]:
    """The same, with sequential scans so expensive that the planner uses them only if there is no index."""
    cursor = connection.connection.driver_connection.cursor()
    cursor.execute("SET enable_seqscan = off")
    cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    plan = cursor.fetchone()[0]
    found: set[str] = set()
    _walk((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], found)
    return found


def _walk(node: dict[str, Any], found: set[str]) -> None:
    if node.get("Parent Relationship") == "InitPlan":
        return
    if node["Node Type"] == "Seq Scan":
        found.add(node["Relation Name"])
    for below in node.get("Plans", []):
        _walk(below, found)


@pytest.mark.parametrize("username", PAGES)
def test_no_page_scans_a_large_table(app: Flask, visit: Visitor, kind: str, username: str) -> None:
    browser = visit.as_(username)
    scanned = {"sqlite": scanned_on_sqlite, "postgresql": scanned_on_postgresql}[kind]
    read: dict[str, set[str]] = {}

    for path in PAGES[username]:
        with heard(app) as said:
            assert browser.client.get(path).status_code == 200
        with app.app_context(), db.engine.connect() as connection:
            read[path] = set().union(*(scanned(connection, *one) for one in said)) & LARGE

    assert {path: tables for path, tables in read.items() if tables} == {}
