"""The files of the invented office come in one after the other, and the registers say what they said."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.apps import new_app
from tests.databases import Databases, close, settings_for
from tests.imports.office import FILES, REFERENCE, File
from tests.visitor import Visitor, filled
from tracker.accounts.commands import AccountDraft, hasher, open_account
from tracker.actions.models import ActionItem
from tracker.calendar.periods.models import Period
from tracker.core import clock
from tracker.core.actor import SYSTEM, Role
from tracker.core.settings import current_settings
from tracker.core.transactions import commit
from tracker.meetings.models import Attendance, Meeting
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.proposals.models import Proposal
from tracker.targets.models import Indicator, IndicatorValue

PASSWORD = "empat kata acak yang panjang"
#: What happened in a year that is over, with the days of then.
OF_THEN = {"meetings", "attendance", "proposals", "actions"}
#: Accounts are asked a password of the administrator first.
KINDS = tuple(kind for kind in REFERENCE if kind != "accounts")


@pytest.fixture
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A new installation with an administrator who also keeps the minutes."""
    with databases.copy("sqlite", "empty") as url:
        app = new_app(settings_for(url, tmp_path_factory.mktemp("office")))
        with app.app_context():
            roles = frozenset({Role.ADMIN, Role.SECRETARIAT})
            draft = AccountDraft(username="admin", display_name="Admin", roles=roles)
            open_account(draft, PASSWORD, using=hasher(current_settings()), by=SYSTEM, at=clock.now())
            commit()
        yield app
        close(app)


def bring(admin: Visitor, file: File) -> None:
    page = admin.get(f"/imports/new?kind={file.kind}")
    fields = {**filled(page.form("/imports/new")), "file": (io.BytesIO(file.content), file.name)}
    if file.kind in OF_THEN:
        fields["is_history"] = "y"
    page = admin.follow(admin.post("/imports/new", fields))
    assert page.soup.select("form[action$=store]"), (file.kind, page.text_of(".import-problems"))
    admin.follow(admin.submit(page, f"{page.path}/store"))


def rows(session: Session, query: Any) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in session.execute(query)}


@pytest.mark.long
def test_the_registers_say_what_the_files_said(office: Flask) -> None:
    admin = Visitor(office)
    admin.submit(admin.get("/sign-in"), "/sign-in", username="admin", password=PASSWORD)
    for file in FILES:
        if file.kind in KINDS:
            bring(admin, file)

    engine = create_engine(office.config["SQLALCHEMY_DATABASE_URI"])
    with Session(engine) as session:
        parents = {unit.id: unit.name_id for unit in session.scalars(select(OrgUnit))}
        units = {
            (unit.name_id, unit.short, parents.get(unit.parent_id or 0), unit.echelon)
            for unit in session.scalars(select(OrgUnit))
        }
        posts = {(post.title_id, parents.get(post.unit_id or 0)) for post in session.scalars(select(Position))}
        persons = rows(session, select(Person.name, Person.nip))
        columns = (Person.name, Position.title_id, PositionHolding.start_on, PositionHolding.kind)
        held = (
            select(*columns)
            .join(PositionHolding, PositionHolding.person_id == Person.id)
            .join(Position, Position.id == PositionHolding.position_id)
        )
        holdings = {(*row[:3], str(row[3])) for row in session.execute(held)}
        meetings = rows(session, select(Meeting.name_id, Meeting.date, Meeting.start_time, Meeting.end_time))
        attendees = session.scalar(select(func.count(Attendance.id)))
        value = (Indicator.code, Period.code, IndicatorValue.target_value, IndicatorValue.actual_value)
        measured = rows(session, select(*value).select_from(IndicatorValue).join(Indicator).join(Period))
        proposals = rows(session, select(Proposal.title_id, Proposal.status, Proposal.raised_on))
        done = (ActionItem.text_id, ActionItem.status, ActionItem.assigned_on, ActionItem.due_on, ActionItem.closed_on)
        actions = rows(session, select(*done))

    engine.dispose()

    assert units == {(unit["name"], unit["short"], unit["parent"], unit["echelon"]) for unit in REFERENCE["units"]}
    assert posts == {(post["title"], post["unit"]) for post in REFERENCE["posts"]}
    assert persons == {(person["name"], person["nip"]) for person in REFERENCE["persons"]}
    assert holdings == {
        (each["person"], each["post"], each["from"], each["capacity"]) for each in REFERENCE["holdings"]
    }
    assert meetings == {(each["name"], each["date"], each["begins"], each["ends"]) for each in REFERENCE["meetings"]}
    assert attendees == len(REFERENCE["attendance"])
    assert measured == {
        (each["indicator"], each["period"], each["target"], each["actual"]) for each in REFERENCE["values"]
    }
    assert proposals == {(each["text"], each["status"], each["meeting"]) for each in REFERENCE["proposals"]}
    assert actions == {
        (each["text"], each["status"], each["meeting"], each["due"], each["closed"]) for each in REFERENCE["actions"]
    }
