"""Two databases that differ by one confidential meeting give the same responses to those without access to it."""

import difflib
import io
import zipfile
from collections.abc import Iterator
from typing import get_args

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.databases import Kind
from tests.security import confidential, stage
from tests.security.expectations import PUBLIC
from tests.security.stage import Client
from tests.security.test_matrix import cases
from tests.visitor import PASSWORDS, READER, SECRETARIAT
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.lists.columns import LISTS

#: What fields search.
KINDS = ("people", "posts", "units", "meetings", "lines", "proposals", "targets")
WORD, PREFIX = confidential.WORD, confidential.WORD[:6]
QUESTIONS = [
    "/meetings?year=2026", "/meetings?view=all", f"/meetings?q={WORD}", f"/proposals?q={WORD}", f"/actions?q={WORD}",
    "/proposals?view=all", "/actions?view=all", "/actions?status=overdue", f"/search?q={WORD}", "/search?q=rapat",
    f"/search?q={PREFIX}", f"/search/suggestions?q={PREFIX}", f"/search/suggestions?q=Rapat+{PREFIX}",
    "/search/suggestions?q=R-2026-9", "/search?q=R-2026-990",
    *(f"/choices/{kind}?q={typed}" for kind in KINDS for typed in ("", PREFIX, "2026", "R-2026-9", "U-2026-9")),
    *(f"/choices/later-meetings?than={number}" for number in range(1, 40)),
    f"/proposals/earlier?text={WORD}", "/targets/1",
    "/people/1", "/units/1", "/posts/1", "/proposals/1", "/proposals/2", "/proposals/3", "/meetings/1", "/actions/1",
    "/meetings/1/outcomes", "/meetings/1/people", "/meetings/1/files", "/meetings/1/history",
    "/proposals/unanswered", "/actions/units", "/actions/matrix", "/meetings/R-2026-990", "/proposals/U-2026-990",
    "/actions/TL-2026-990", "/meetings/series/1", "/meetings/1/minutes.docx", "/healthz", "/readyz",
    *(f"/{name}.csv" for name in LISTS),  # the other formats tell the same rows, and the hour they were made
]  # fmt: skip


def bodies(client: Client, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        answer = client.get(path)
        yield path, f"{answer.status_code}\n{_readable(answer)}"


def _readable(answer: TestResponse) -> str:
    """The text of a page, or the parts of a document without the time at which it was made."""
    if not answer.data.startswith(b"PK"):
        return stage.plain(answer)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        parts = [name for name in sorted(packed.namelist()) if "docProps" not in name]
        return "\n".join(f"{name}\n{packed.read(name)!r}" for name in parts)


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    """Freeze the time, which some responses contain."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.mark.parametrize(
    ("kind", "step"), [("postgresql", 3), *(pytest.param(kind, 1, marks=pytest.mark.long) for kind in get_args(Kind))]
)
def test_a_confidential_meeting_leaves_no_trace(app: Flask, session: Session, step: int) -> None:
    stage.build(app, session)
    cleared = update(Account).filter_by(username=SECRETARIAT)
    session.execute(cleared.values(clearance=Classification.TOP_SECRET, person_id=9002))
    own = {"accounts.show", "access.second_step", "lists.pdf", "lists.progress", *PUBLIC}
    told = [one.path for one in cases(app, session) if one.method == "GET" and one.endpoint not in own]
    paths = [*dict.fromkeys([*(path for path in told[::step] if not path.endswith(".pdf")), *QUESTIONS[::step]])]
    clients = {name: Client(app, name, PASSWORDS[name]) for name in (READER, SECRETARIAT)}

    asked = {READER: paths, SECRETARIAT: QUESTIONS[::step]}
    before = {name: dict(bodies(client, asked[name])) for name, client in clients.items()}
    with app.app_context(), unrestricted(), acting(SYSTEM):
        confidential.insert(session)
        commit()
    after = {name: dict(bodies(client, asked[name])) for name, client in clients.items()}

    leaks = {
        f"{name} {path}": "\n".join([*difflib.unified_diff(body.split("\n"), after[name][path].split("\n"), n=0)])[:400]
        for name, found in before.items()
        for path, body in found.items()
        if body != after[name][path]
    }
    assert leaks == {}
