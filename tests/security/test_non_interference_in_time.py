"""What is classified after the work was done is told nowhere to whoever has no right to it, as if it had never been."""

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
from tests.security.office_work import PARTICIPANT, PASSWORD, READER, SECRET, Office
from tests.security.stage import Client
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal

#: How many histories; `make non-interference` asks for more.
HISTORIES, FIRST = int(os.environ.get("HISTORIES", "1")), int(os.environ.get("HISTORIES_FIRST", "0"))
QUESTIONS = [
    *(f"/search?q={words}" for words in (SECRET[:6], "usulan", "tugas", "kata", "berkas")),
    *(f"/search/suggestions?q={words}" for words in (SECRET[:4], "R-20", "U-20", "TL-20")),
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
    """What somebody reads who is not cleared, by address; nowhere a word or code of what was classified."""
    codes, found = codes_of(app, office.secret_rows), {}
    for name in (READER, PARTICIPANT) if looking.IN_FULL else (PARTICIPANT,):
        told = looking.everything(app, Client(app, name, PASSWORD), QUESTIONS)
        found |= {f"{name} {path}": text for path, text in told.items()}
        found[f"{name} mails"] = looking.mails_to(app, name)
    told = {}
    for path, text in found.items():
        at = [text.find(word) for word in (SECRET, *codes) if word in text]
        if at:
            told[path] = text[max(0, at[0] - 250) : at[0] + 60]
    assert not told, "\n\n".join(f"{where}: {words}" for where, words in told.items())
    return found


def hidden_rows(app: Flask, office: Office) -> dict[str, set[int]]:
    """The rows of the secret part, with the lines that sittings wrote of it."""
    with app.app_context(), acting(SYSTEM), unrestricted():
        lines = set(db.session.scalars(select(Statement.id).where(Statement.gist_id.contains(SECRET))))
    return office.secret_rows | {"statement": office.secret_rows.get("statement", set()) | lines}


def played(app: Flask, seed: int, *, with_secret: bool) -> dict[str, str]:
    """What is read of a history whose secret part was classified at its end, by names that say nothing of that part."""
    with closing(app):
        office = Office(app, seed, with_secret=with_secret)
        office.play()
        office.classify(list(Classification)[1 + seed % 3])
        found, names = read(app, office), looking.Names(app, hidden_rows(app, office))
        return {" ".join(map(names.of_address, path.split(" "))): names.in_answer(text) for path, text in found.items()}


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
@pytest.mark.parametrize("seed", range(FIRST, FIRST + HISTORIES))
def test_what_is_classified_afterwards_is_as_if_it_had_never_been(apps: Apps, kind: Database, seed: int) -> None:
    with time_machine.travel(clock.now(), tick=False):
        with_it, without = (
            played(apps.fresh(kind, "empty"), seed, with_secret=with_secret) for with_secret in (True, False)
        )
    assert difference(without, with_it) == {}


def difference(without: dict[str, str], with_it: dict[str, str]) -> dict[str, str]:
    """Where the two are read differently, and how."""
    return {
        path: "\n".join(difflib.unified_diff(
            without.get(path, "").split("\n"), with_it.get(path, "").split("\n"), n=2, lineterm=""))[:900]
        for path in sorted(with_it.keys() | without.keys())
        if with_it.get(path) != without.get(path) and path.split()[1] not in looking.NOT_COMPARED
    }  # fmt: skip
