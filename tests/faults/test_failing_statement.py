"""If any SQL statement of a request fails, nothing is stored, and the next attempt works."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.faults.deeds import DEEDS
from tests.visitor import Visitor
from tracker.core.db import db

#: In the suite every fifth statement, under `make faults` each.
STEP = 1 if "FAULT_RUNS" in os.environ else 5
#: Kept apart from what is done: whoever asks is seen to have been there.
SEEN_ONLY = frozenset({"sign_in"})
pytestmark = pytest.mark.long


class Failure(OperationalError):
    """As if the disk or the connection failed."""


@contextmanager
def failing(app: Flask, at: int | None) -> Iterator[list[str]]:
    """Let the n-th statement fail. Yields the list of statements."""
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)
        if len(said) == at:
            raise Failure(statement, None, Exception("made to fail"))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def stored(session: Session) -> dict[str, list[str]]:
    """All rows, except those that only record sign-ins."""
    tables = MetaData()
    tables.reflect(session.connection())
    return {
        name: sorted(map(str, session.execute(select(table)).all()))
        for name, table in tables.tables.items()
        if name not in SEEN_ONLY and not name.startswith("search_stems")
    }


@pytest.mark.parametrize("deed", DEEDS)
def test_all_or_nothing(visit: Visitor, app: Flask, session: Session, deed: str, tell: Callable[..., None]) -> None:
    done = DEEDS[deed]
    browser = visit.as_(done.username)
    form = browser.get(done.page)
    before, tried, halves = stored(session), 0, 0
    at = 1
    while True:
        with failing(app, at):
            try:
                answer = browser.submit(form, done.action, **done.changes())
            except OperationalError:
                answer = None
        if answer is not None and answer.status == 303:
            break
        tried += 1
        halves += stored(session) != before
        at += STEP

    tell(runs=tried + 1, struck=tried, losses=halves)
    assert tried > 2
    assert halves == 0
    assert stored(session) != before
