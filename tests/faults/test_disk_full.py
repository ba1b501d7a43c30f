"""The disk is full: acknowledged changes are stored, others are refused, and with space again work goes on."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, key_of

MINUTES = "/meetings/1/minutes"
pytestmark = pytest.mark.long


@contextmanager
def no_room(beyond: int) -> Iterator[None]:
    """Limit the size of files of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("kind", ["sqlite"])  # PostgreSQL writes in processes of its own
def test_a_full_disk_loses_nothing_that_was_acknowledged(
    visit: Visitor, app: Flask, session: Session, tell: Callable[..., None]
) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)
    log = Path(f"{app.config['SQLALCHEMY_DATABASE_URI'].removeprefix('sqlite:///')}-wal")
    kept, refused = [], 0
    with no_room(log.stat().st_size + 200_000):
        for number in range(60):
            line = f"baris {number} sebelum penuh"
            try:
                answer = browser.submit(page, f"{MINUTES}/lines", line=line, once=key_of(f"penuh-{number}"))
            except DBAPIError:
                refused += 1
                continue
            kept += [line] if answer.status == 303 else []
    after = browser.submit(page, f"{MINUTES}/lines", line="baris setelah lega", once=key_of("lega"))

    found = set(session.scalars(text("SELECT gist_id FROM statement WHERE meeting_id = 1")))
    lost = [line for line in kept if line not in found]
    tell(runs=60, struck=refused, losses=len(lost))
    assert refused > 0
    assert lost == []
    assert len([line for line in found if line and "sebelum penuh" in line]) == len(kept)
    assert after.status == 303
    assert session.scalar(text("PRAGMA integrity_check")) == "ok"
