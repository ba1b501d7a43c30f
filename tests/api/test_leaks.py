"""Programs see no more than the pages show, and what is hidden changes no byte of what they get.

`tests/security/test_known_leaks.py` has the leaks that are known by name.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.api.programs import Program, program
from tests.elements import parsed
from tests.security import confidential
from tests.visitor import PASSWORDS, PIC, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.proposals.models import Proponent, Proposal

MODELS = {"meetings": Meeting, "proposals": Proposal, "actions": ActionItem}
WORD = confidential.WORD
LISTS = (
    "/meetings", f"/meetings?q={WORD}", "/meetings?order=name", "/proposals", "/proposals?stage=open&order=status",
    f"/proposals?q={WORD}", "/actions", f"/actions?q={WORD}", "/actions?watch=overdue", "/targets", "/people",
    f"/people?q={WORD[:6]}", "/units", "/posts", "/reviews", f"/search?q={WORD}", "/search?q=rapat", "/people/1",
    "/search?q=R-2026-990", "/units/1", "/posts/1", "/meetings/1/lines",
)  # fmt: skip
#: (seed, changes): 10,000 changes in `make long`.
DEEP = [pytest.param(seed, 400, marks=pytest.mark.long) for seed in range(1, 26)]


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    with time_machine.travel(clock.now(), tick=False):
        yield


def classify_some(session: Session, rng: Random, *, to: list[Classification]) -> dict[Any, list[int]]:
    """Classify a third of the rows; their ids."""
    hidden: dict[Any, list[int]] = {}
    for model in MODELS.values():
        ids = session.scalars(select(model.id).order_by(model.id)).all()
        hidden[model] = rng.sample(ids, max(2, len(ids) // 3))
        for number in hidden[model]:
            session.execute(update(model).filter_by(id=number).values(classification=rng.choice(to)))
    return hidden


def everything(asks: Program, ids: dict[str, list[int]]) -> dict[str, tuple[int, str, str | None, str | None]]:
    """Status, content, ETag and Link by path."""
    paths = [*LISTS, *(f"/{kind}/{number}" for kind, numbers in ids.items() for number in numbers)]
    answers = {path: asks.get(path) for path in paths}
    return {
        path: (answer.status_code, answer.text, answer.headers.get("ETag"), answer.headers.get("Link"))
        for path, answer in answers.items()
    }


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
@pytest.mark.parametrize(("seed", "changes"), [(0, 20), *DEEP])
def test_what_is_hidden_changes_no_byte(app: Flask, session: Session, seed: int, changes: int) -> None:
    """Neither for a reader, nor for a token of somebody who may see it but did not say so."""
    rng = Random(seed)
    hidden = classify_some(session, rng, to=[Classification.SECRET, Classification.TOP_SECRET])
    cleared = {"clearance": Classification.TOP_SECRET, "person_id": 1}
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(**cleared))
    ids = {kind: rng.sample(session.scalars(select(model.id).order_by(model.id)).all(), 6)
           for kind, model in MODELS.items()}  # fmt: skip
    asking = {name: program(app, name) for name in (READER, SECRETARIAT)}
    before = {name: everything(asks, ids) for name, asks in asking.items()}

    for _ in range(changes):
        _change_something(session, hidden, rng)
    with app.app_context(), unrestricted(), acting(SYSTEM):
        confidential.insert(session)
        commit()
    after = {name: everything(asks, ids) for name, asks in asking.items()}

    changed = [(name, path) for name, answers in before.items() for path in answers
               if answers[path] != after[name][path]]  # fmt: skip
    assert changed == []
    assert not [path for answers in after.values() for path, told in answers.items() if WORD in told[1]]


def _change_something(session: Session, hidden: dict[Any, list[int]], rng: Random) -> None:
    model = rng.choice([*hidden])
    number, words = rng.choice(hidden[model]), f"Rahasia {rng.random()}"
    values: dict[str, Any] = {"version": model.version + 1}
    if model is Meeting:
        values |= {"name_id": words, "venue": words, "closing": words}
        session.execute(update(Statement).where(Statement.meeting_id == number).values(gist_en=words))
        session.execute(update(Attendance).where(Attendance.meeting_id == number).values(note=words))
    elif model is Proposal:
        values |= {"title_id": words, "gist_id": words, "outcome_note": words}
        session.execute(update(Proponent).where(Proponent.proposal_id == number).values(post_as_written=words))
    else:
        values |= {"text_id": words, "percent": rng.randrange(100)}
        session.execute(update(ActionUpdate).where(ActionUpdate.action_id == number).values(obstacle=words))
    session.execute(update(model).filter_by(id=number).values(**values))
    told = {"subject": model.__tablename__, "subject_id": number, "verb": "edited", "at": clock.now(), "by_name": "S"}
    session.execute(insert(Event).values(**told, details={}))


@pytest.mark.one_database
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("kinds", "share"), [(2, 60), pytest.param(len(MODELS), 4, marks=pytest.mark.long)])
def test_a_program_gets_what_the_page_of_its_account_shows(
    app: Flask, visit: Visitor, session: Session, kinds: int, share: int
) -> None:
    """For every role: the same rows of so many kinds, and of their texts none that the pages do not have."""
    rng = Random(share)
    classify_some(session, rng, to=list(Classification))
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.SECRET))
    for name in PASSWORDS:
        asks, browsers = program(app, name, reads_secret=True), _in_both_languages(visit, name)
        for kind, model in rng.sample([*MODELS.items()], kinds):
            every = session.scalars(select(model.id).order_by(model.id)).all()
            for number in rng.sample(every, max(1, len(every) // share)):
                answer, pages = asks.get(f"/{kind}/{number}"), [
                    browser.client.get(path) for browser in browsers for path in _pages(kind, number)]  # fmt: skip
                assert (answer.status_code, name, kind, number) == (pages[0].status_code, name, kind, number)
                if answer.status_code == 200:
                    shown = "".join(_even(_shown(page.get_data(as_text=True))) for page in pages)
                    missing = [text for text in _texts(answer.json) if _even(text) not in shown]
                    assert (missing, name, kind, number) == ([], name, kind, number)
                    closed = [path for path in _related(answer.json) if browsers[0].client.get(path).status_code >= 400]
                    assert (closed, name, kind, number) == ([], name, kind, number)


def _in_both_languages(visit: Visitor, name: str) -> list[Visitor]:
    browsers = []
    for language in ("id", "en"):
        browser = visit.sign_in(name)
        browser.client.post("/language", data={"language": language, "next": "/", "csrf_token": browser.token()})
        browsers.append(browser)
    return browsers


def _pages(kind: str, number: int) -> list[str]:
    """The pages of the row, and the open registers, which have the names of units and posts in full."""
    more = {"meetings": ["/people", "/outcomes", "/history", "/room"]}.get(kind, [])
    return [*(f"/{kind}/{number}{part}" for part in ("", *more)), "/units", "/posts"]


def _shown(page: str) -> str:
    """Its text, and where its links lead."""
    soup = parsed(page)
    return " ".join([soup.text, *(link["href"] for link in soup.select("a[href]"))])


def _even(text: str) -> str:
    return "".join(text.split()).casefold()


#: Members that are no text that somebody typed: codes, days, and what pages show in words of their own.
_IN_OTHER_WORDS = {
    "on", "status", "classification", "meeting_type", "mode", "source_type", "role", "attribution", "effect", "state",
    "instruction_type", "kind", "not_actionable_reason", "set_aside", "timezone", "realised_period",
}  # fmt: skip


_OF_TIME = ("_on", "_time", "at", "date", "since")
#: Members that show another row, whose page has its names.
_RELATED = {"raised_in": "meetings", "meeting": "meetings", "proposal": "proposals", "survivor": "proposals",
            "target": "targets"}  # fmt: skip


def _related(value: Any) -> Iterator[str]:
    """The pages of the rows that this one is related to."""
    for inner in value if isinstance(value, list) else []:
        yield from _related(inner)
    for member, inner in value.items() if isinstance(value, dict) else []:
        if member in _RELATED and inner:
            yield f"/{_RELATED[member]}/{inner['id']}"
        else:
            yield from _related(inner)


def _texts(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for member, inner in value.items():
            if member not in _RELATED:
                yield from _texts(inner, member)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif (
        isinstance(value, str)
        and name not in _IN_OTHER_WORDS
        and not name.endswith(("_on", "_time", "_at", "at", "date", "since"))
    ):
        yield value


@pytest.mark.one_database
def test_what_is_secret_needs_a_token_that_says_so(app: Flask, session: Session) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))
    granted = {"clearance": Classification.SECRET, "person_id": session.scalar(
        select(Attendance.person_id).filter_by(meeting_id=1).where(Attendance.person_id.is_not(None)))}  # fmt: skip
    session.execute(update(Account).filter_by(username=READER).values(**granted))

    assert program(app, READER).get("/meetings/1").status_code == 404
    assert program(app, READER, reads_secret=True).get("/meetings/1").status_code == 200
    session.execute(update(Account).filter_by(username=READER).values(clearance=Classification.ORDINARY))
    assert program(app, READER, reads_secret=True).get("/meetings/1").status_code == 404
