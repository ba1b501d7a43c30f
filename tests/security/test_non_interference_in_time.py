"""What is classified after the work was done is hidden from those without access as if it had never existed."""

import difflib
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.apps import Apps
from tests.databases import Kind as Database
from tests.databases import close
from tests.security import looking
from tests.security.office_work import PARTICIPANT, PASSWORD, READER, SECRET, Office, classify, play
from tests.security.stage import Client
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal

#: Number of histories, and the seed of the first; `make non-interference` runs more.
HISTORIES, FIRST = int(os.environ.get("HISTORIES", "1")), int(os.environ.get("HISTORIES_FIRST", "0"))
QUESTIONS = [
    *(f"/search?q={words}" for words in (SECRET[:6], "usulan", "tugas", "kata", "berkas")),
    *(f"/search/suggestions?q={words}" for words in (SECRET[:4], "R-20", "U-20", "TL-20")),
    *(f"/choices/{kind}?q={SECRET[:4]}" for kind in ("people", "meetings", "lines", "proposals")),
    *(f"/{name}?view=all" for name in ("proposals", "actions", "meetings")),
    "/proposals/earlier?text=usulan+bagian",
]


@contextmanager
def closing(app: Flask) -> Iterator[None]:
    try:
        yield
    finally:
        close(app)


def codes_of(app: Flask, rows: dict[str, set[int]]) -> list[str]:
    with app.app_context(), acting(SYSTEM), unrestricted():
        return [code for table in (Meeting, Proposal, ActionItem) for code in db.session.scalars(
            select(table.code).where(table.id.in_(rows.get(table.__tablename__, ()))))]  # fmt: skip


def read(app: Flask, office: Office) -> dict[str, str]:
    """What accounts without clearance can read, by path. Fails on any word or code of a classified row."""
    codes, texts = codes_of(app, office.secret_rows), {}
    for name in (READER, PARTICIPANT) if looking.IN_FULL else (PARTICIPANT,):
        pages = looking.everything(app, Client(app, name, PASSWORD), QUESTIONS)
        texts |= {f"{name} {path}": text for path, text in pages.items()}
        texts[f"{name} mails"] = looking.mails_to(app, name)
    leaks = {}
    for path, text in texts.items():
        positions = [text.find(word) for word in (SECRET, *codes) if word in text]
        if positions:
            leaks[path] = text[max(0, positions[0] - 250) : positions[0] + 60]
    assert not leaks, "\n\n".join(f"{path}: {excerpt}" for path, excerpt in leaks.items())
    return texts


def hidden_rows(app: Flask, office: Office) -> dict[str, set[int]]:
    """Rows of the secret part, including the statements that reviews recorded about it."""
    with app.app_context(), acting(SYSTEM), unrestricted():
        lines = set(db.session.scalars(select(Statement.id).where(Statement.gist_id.contains(SECRET))))
    return office.secret_rows | {"statement": office.secret_rows.get("statement", set()) | lines}


def read_after_playing(app: Flask, seed: int, *, with_secret: bool) -> dict[str, str]:
    """What can be read after the secret part was classified, with codes and ids replaced by neutral names."""
    with closing(app):
        office = Office(app, seed, with_secret=with_secret)
        play(office)
        classify(office, list(Classification)[1 + seed % 3])
        texts, names = read(app, office), looking.Names(app, hidden_rows(app, office))
        return {" ".join(map(names.of_address, path.split(" "))): names.in_answer(text) for path, text in texts.items()}


@pytest.mark.timeout(7200)
@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("seed", range(FIRST, FIRST + HISTORIES))
def test_rows_classified_afterwards_leave_no_trace(apps: Apps, kind: Database, seed: int) -> None:
    with time_machine.travel(clock.now(), tick=False):
        with_secret_part, without = (
            read_after_playing(apps.fresh(kind, "empty"), seed, with_secret=with_secret)
            for with_secret in (True, False)
        )
    assert difference(without, with_secret_part) == {}


def difference(without: dict[str, str], with_secret_part: dict[str, str]) -> dict[str, str]:
    """Unified diff by path, where both differ."""
    return {
        path: "\n".join(difflib.unified_diff(
            without.get(path, "").split("\n"), with_secret_part.get(path, "").split("\n"), n=2, lineterm=""))[:900]
        for path in sorted(with_secret_part.keys() | without.keys())
        if with_secret_part.get(path) != without.get(path) and path.split()[1] not in looking.NOT_COMPARED
    }  # fmt: skip
