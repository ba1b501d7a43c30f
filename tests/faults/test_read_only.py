"""The database is read-only: stored rows are shown, changes are refused, and work goes on once it is writable."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.databases import Kind, close
from tests.faults.deeds import MINUTES
from tests.visitor import SECRETARIAT, Visitor, key_of
from tracker.accounts.models import SignIn
from tracker.accounts.signin import TOUCH_EVERY
from tracker.core import clock
from tracker.core.db import db

RUNS = int(os.environ.get("FAULT_RUNS", "3"))
pytestmark = pytest.mark.long


@contextmanager
def read_only_file(app: Flask, file: Path) -> Iterator[None]:
    """As after a restore by another user: SQLite opens a file it may not write for reading. (Root may write all.)"""

    def for_reading(_: Any, __: Any, ___: Any, given: dict[str, Any]) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=given["check_same_thread"])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "do_connect", for_reading)
    try:
        yield
    finally:
        event.remove(engine, "do_connect", for_reading)


@contextmanager
def read_only_server(session: Session) -> Iterator[None]:
    """As a managed PostgreSQL does when its disk is nearly full."""
    name = session.scalar(text("SELECT current_database()"))
    session.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    try:
        yield
    finally:
        session.execute(text("SET default_transaction_read_only = off"))
        session.execute(text(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'))


def test_read_only_database(
    visit: Visitor, app: Flask, session: Session, kind: Kind, tell: Callable[..., None]
) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)
    before = session.scalar(text("SELECT count(*) FROM audit_entry"))
    file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    refused = 0
    session.execute(update(SignIn).values(last_seen_at=clock.now() - 2 * TOUCH_EVERY))  # a page would note the visit
    close(app)  # who has the file open already may go on writing
    with read_only_file(app, file) if kind == "sqlite" else read_only_server(session):
        for number in range(RUNS):
            try:
                browser.submit(
                    page, f"{MINUTES}/lines", line=f"baris {number} tertolak", once=key_of(f"tolak-{number}")
                )
            except DBAPIError:
                refused += 1
        shown = browser.client.get("/proposals").status_code
        close(app)
    after = session.scalar(text("SELECT count(*) FROM audit_entry"))
    again = browser.submit(page, f"{MINUTES}/lines", line="baris setelah boleh", once=key_of("boleh"))

    tell(runs=RUNS, struck=refused, losses=int(after != before))
    assert (refused, shown) == (RUNS, 200)
    assert after == before
    assert again.status == 303
