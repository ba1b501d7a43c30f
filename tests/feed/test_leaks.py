"""A calendar shows no more than the pages do, and what is hidden changes no byte of it."""

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.feed.calendars import address_of, fetched
from tests.security import confidential
from tests.visitor import PIC, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.places import nth
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus

#: Seeds, and changes with each; `make long` takes more.
FEW, CHANGES = 2, int(os.environ.get("CHANGES", "10"))
SEEDS = [*range(FEW), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(FEW, 40))]


@pytest.fixture
def rng(request: pytest.FixtureRequest, session: Session) -> Random:
    """Some meetings and actions become the PIC's or are recorded by the secretariat, some are classified."""
    rng = Random(request.param)
    secretariat = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    for model in (Meeting, ActionItem):
        for number in session.scalars(select(model.id)).all():
            level = rng.choice([*Classification, *[Classification.ORDINARY] * 6])
            session.execute(update(model).filter_by(id=number).values(classification=level))
            if rng.random() < 1 / 3:
                _give(session, model, number, person, rng)
            elif model is Meeting and rng.random() < 1 / 3:
                day = clock.today() + timedelta(days=rng.randrange(-50, 50))
                values = {"date": day, "end_on": None, "recorded_by_id": secretariat}
                session.execute(update(Meeting).filter_by(id=number).values(**values))
    for name in (PIC, READER, SECRETARIAT):
        clearance = rng.choice(list(Classification)[:3])
        session.execute(update(Account).filter_by(username=name).values(clearance=clearance))
    return rng


def _give(session: Session, model: type[Any], number: int, person: int | None, rng: Random) -> None:
    day = clock.today() + timedelta(days=rng.randrange(-50, 50))
    if model is ActionItem:
        session.execute(update(ActionItem).filter_by(id=number).values(pic_id=person))
        return
    session.execute(update(Meeting).filter_by(id=number).values(date=day, end_on=None))
    session.execute(insert(Attendance).values(meeting_id=number, place=nth(900), person_id=person, version=1))


@pytest.mark.one_database
@pytest.mark.parametrize("rng", SEEDS, indirect=True)
@pytest.mark.parametrize("name", [PIC, SECRETARIAT])
def test_all_that_a_calendar_shows_is_on_pages_that_open(visit: Visitor, rng: Random, name: str) -> None:
    browser = visit.as_(name)

    read = Calendar.from_ical(fetched(browser, address_of(browser, rng.choice(["tasks", "days"]))).data)

    shown = [*read.events, *read.todos]
    assert shown
    for part in rng.sample(shown, min(4, len(shown))):
        page = browser.get(str(part["url"]).removeprefix("http://127.0.0.1:5000"))
        code, *_ = str(part["description"]).split("\n")
        assert code in page.text
        if part.get("class") != "CONFIDENTIAL":
            title = str(part["summary"]).removeprefix("Tenggat: ").removesuffix("…")
            assert title in " ".join(page.text.split())


@pytest.mark.parametrize("rng", SEEDS, indirect=True)
def test_what_is_hidden_changes_no_byte(app: Flask, visit: Visitor, session: Session, rng: Random) -> None:
    browser = visit.as_(PIC)
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.ORDINARY))
    address = address_of(browser)
    before = fetched(browser, address)
    hidden = {
        model: session.scalars(select(model.id).where(model.classification != Classification.ORDINARY)).all()
        for model in (Meeting, ActionItem)
    }

    for _ in range(CHANGES):
        _change_something(session, hidden, rng)
    with app.app_context(), unrestricted(), acting(SYSTEM):
        confidential.insert(session)
        commit()
    after = fetched(browser, address)

    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]
    assert fetched(browser, address, **{"If-None-Match": before.headers["ETag"]}).status_code == 304


def _change_something(session: Session, hidden: dict[Any, Any], rng: Random) -> None:
    model = rng.choice([Meeting, ActionItem])
    number, day = rng.choice(hidden[model]), clock.today() + timedelta(days=rng.randrange(-40, 40))
    values: dict[str, Any] = {"version": model.version + 1}
    if model is Meeting:
        values |= {"date": day, "end_on": None, "name_id": f"Rapat {rng.random()}", "venue": "Tempat lain",
                   "status": rng.choice([MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])}  # fmt: skip
    else:
        values |= {"due_on": day, "original_due_on": day, "text_id": f"Tugas {rng.random()}", "percent": 50}
    session.execute(update(model).filter_by(id=number).values(**values))
    _tell(session, model.__tablename__, number, "edited")


def _tell(session: Session, subject: str, number: int, verb: str) -> None:
    at = clock.now() + timedelta(days=1)
    session.execute(insert(Event).values(subject=subject, subject_id=number, verb=verb, at=at, by_name="S", details={}))


@pytest.mark.one_database
@pytest.mark.parametrize("rng", [0], indirect=True)
def test_a_hidden_line_of_an_open_meeting_changes_no_byte(visit: Visitor, session: Session, rng: Random) -> None:
    browser, secretariat = visit.as_(PIC), visit.as_(SECRETARIAT)
    session.execute(update(Meeting).values(classification=Classification.ORDINARY, date=clock.today()))
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.SECRET))
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.ORDINARY))
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    session.execute(insert(Attendance).values(meeting_id=1, place=nth(901), person_id=person, version=1))
    address = address_of(browser)
    before = fetched(browser, address)

    form = secretariat.get("/meetings/1/statements/new")
    sent = secretariat.submit(
        form, "/meetings/1/statements/new", kind="directive", quote="Rahasia", classification=Classification.SECRET
    )
    _tell(session, "meeting", 1, "statement_moved")

    assert sent.status == 303
    assert fetched(browser, address).data == before.data
