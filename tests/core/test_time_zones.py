"""The office, its units and its meetings keep their hours in WIB, WITA or WIT."""

import io
import itertools
from datetime import datetime, time, timedelta

import pytest
import time_machine
from docx import Document
from flask import Flask
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests import pinned
from tests.test_statement_counts import cost_of
from tests.visitor import ADMIN, PIC, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions import queries
from tracker.actions.models import ActionItem
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core import clock, tallies
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.core.wording import moment, speaking
from tracker.meetings.models import Meeting
from tracker.people.models import OrgUnit

TODAY = clock.today()


def late_in_the_evening() -> time_machine.travel:
    """23.30 in Jakarta, when it is the next day in Makassar and Jayapura."""
    return time_machine.travel(datetime.combine(TODAY, time(23, 30), Zone.WIB.info), tick=False)


@pytest.fixture
def owed(session: Session) -> ActionItem:
    """An open action of a unit, due today."""
    query = select(ActionItem).where(
        ActionItem.status.in_(OPEN),
        ActionItem.classification == "ordinary",
        ActionItem.responsible_unit_id.is_not(None),
    )
    action = session.scalars(query.order_by(ActionItem.id)).first()
    action.due_on = action.original_due_on = TODAY
    session.commit()
    return action


def seen_as_late(app: Flask, action_id: int) -> set[str]:
    """By what it counts as late: the row, the list, the figures of the units."""
    with app.app_context(), unrestricted():
        tallies.rebuild()  # the rows are changed below without the app's session
        today = clock.today()
        listed = db.session.scalars(queries.filtered(ActionFilter(watch="overdue"), today))
        action = db.session.get_one(ActionItem, action_id)
        counted = {
            "row": action.is_overdue(today),
            "list": action_id in {row.id for row in listed},
            "units": any(
                row.overdue for row in queries.by_unit(today) if row.unit and row.unit.id == action.responsible_unit_id
            ),
        }
    return {name for name, is_late in counted.items() if is_late}


def test_a_due_day_ends_at_midnight_in_the_unit_that_owes_it(app: Flask, session: Session, owed: ActionItem) -> None:
    unit = session.get_one(OrgUnit, owed.responsible_unit_id)
    others = select(ActionItem.id).where(ActionItem.responsible_unit_id == unit.id, ActionItem.id != owed.id)
    session.execute(update(ActionItem).where(ActionItem.id.in_(others)).values(due_on=None, original_due_on=None))
    everything = {"row", "list", "units"}
    found = {}
    for zone in (None, *Zone):
        unit.timezone = zone
        session.commit()
        with late_in_the_evening():
            found[zone] = seen_as_late(app, owed.id)
    assert found == {None: set(), Zone.WIB: set(), Zone.WITA: everything, Zone.WIT: everything}

    unit.timezone = None
    above = session.get(OrgUnit, unit.parent_id or 0)
    assert above
    above.timezone = Zone.WIT  # inherited
    session.commit()
    with late_in_the_evening():
        assert seen_as_late(app, owed.id) == everything
    with time_machine.travel(datetime.combine(TODAY, time(21, 30), Zone.WIB.info), tick=False):
        assert seen_as_late(app, owed.id) == set()


@pytest.mark.one_database
def test_units_are_looked_up_only_while_it_is_another_day_in_one_of_them(
    app: Flask, visit: Visitor, session: Session
) -> None:
    unit, costs = session.get_one(OrgUnit, 1), {}
    for zone in (None, Zone.WIT):
        unit.timezone = zone
        session.commit()
        for begins, hour in {"noon": time(12), "evening": time(23, 30)}.items():
            with time_machine.travel(datetime.combine(TODAY, hour, Zone.WIB.info), tick=False):
                costs[zone, begins] = cost_of(app, visit.as_(READER), "/actions?stage=open")

    usual = costs[None, "noon"]
    assert costs == {
        (None, "noon"): usual, (None, "evening"): usual, (Zone.WIT, "noon"): usual, (Zone.WIT, "evening"): usual + 1,
    }  # fmt: skip


@pytest.mark.one_database
def test_the_page_of_an_action_of_jayapura_says_one_day_late(
    visit: Visitor, session: Session, owed: ActionItem
) -> None:
    session.execute(update(OrgUnit).filter_by(id=owed.responsible_unit_id).values(timezone=Zone.WIT))

    with late_in_the_evening():
        page = visit.as_(READER).get(f"/actions/{owed.id}")

    assert "terlambat 1 hari" in page.text_of(".record-line")
    assert "terlambat 1 hari" in page.text_of(".chain-sentence, .status-sentence, .record-head")


@pytest.mark.one_database
def test_what_waits_is_due_by_the_day_of_the_unit_that_owes_it(visit: Visitor, session: Session) -> None:
    person = select(Account.person_id).where(Account.username == PIC).scalar_subquery()
    action = session.scalars(
        select(ActionItem).where(
            ActionItem.pic_id == person, ActionItem.status == ActionStatus.IN_PROGRESS,
            ActionItem.classification == "ordinary", ActionItem.responsible_unit_id.is_not(None),
        ).order_by(ActionItem.id)
    ).first()  # fmt: skip
    session.execute(update(ActionItem).where(ActionItem.pic_id == person).values(due_on=None, original_due_on=None))
    found = {}
    for zone, due_on in itertools.product((None, Zone.WITA), (TODAY, TODAY + timedelta(days=1))):
        session.get_one(OrgUnit, action.responsible_unit_id).timezone = zone
        action.due_on = action.original_due_on = due_on
        session.commit()
        with late_in_the_evening():
            text = visit.sign_in(PIC).get("/waiting").text_of("#waits-overdue")
        found[zone, due_on] = (action.code in text, "1 hari terlambat" in text or "terlambat 1 hari" in text)

    tomorrow = TODAY + timedelta(days=1)
    assert found == {
        (None, TODAY): (True, False), (None, tomorrow): (False, False),
        (Zone.WITA, TODAY): (True, True), (Zone.WITA, tomorrow): (True, False),
    }  # fmt: skip


def test_a_meeting_in_makassar_says_so_on_its_page_in_documents_and_in_the_calendar(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    form = browser.get("/meetings/1/edit")
    assert (
        browser.submit(form, "/meetings/1/edit", start_time="09:00", end_time="11:30", timezone=Zone.WITA).status == 303
    )

    assert session.get_one(Meeting, 1).timezone == "Asia/Makassar"
    assert "09.00–11.30 WITA" in browser.get("/meetings/1").text_of(".rail")
    pdf = PdfReader(io.BytesIO(browser.client.get("/meetings/1/minutes.pdf").data))
    assert "09.00–11.30 WITA" in " ".join(page.extract_text() for page in pdf.pages)
    word = Document(io.BytesIO(browser.client.get("/meetings/1/minutes.docx").data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("09.00–11.30 WITA" in cell for cell in cells)
    [event] = Calendar.from_ical(browser.get("/meetings/1.ics").response.data).events
    assert event.start.utcoffset() == timedelta(hours=8)
    assert event["dtstart"].params["TZID"] == "Asia/Makassar"
    assert browser.get("/meetings/1/edit").soup.select_one("#timezone option[selected]")["value"] == "Asia/Makassar"


@pytest.mark.one_database
def test_a_meeting_has_the_zone_of_its_organiser_or_of_the_office(visit: Visitor, session: Session) -> None:
    unit = session.scalars(select(OrgUnit).where(OrgUnit.parent_id.is_not(None)).order_by(OrgUnit.id)).first()
    session.execute(update(OrgUnit).filter_by(id=unit.id).values(timezone=Zone.WIT))
    browser, day = visit.as_(SECRETARIAT), TODAY - timedelta(days=1)  # of past days nobody is told that they were off

    zones = []
    for name, organiser in (("Rapat pusat", ""), ("Rapat daerah", unit.id)):
        form = browser.get("/meetings/new")
        browser.follow(browser.submit(form, "/meetings/new", name_id=name, date=day, organiser_unit=organiser))
        zones.append(session.scalars(select(Meeting.timezone).order_by(Meeting.id.desc())).first())

    assert zones == ["Asia/Jakarta", "Asia/Jayapura"]


@pytest.mark.one_database
def test_its_day_begins_there(visit: Visitor, session: Session) -> None:
    """A meeting of tomorrow in Jayapura takes minutes while it is still today in the office."""
    tomorrow = {"date": TODAY + timedelta(days=1), "status": "scheduled"}
    phases = {}
    for zone in (Zone.WIT, Zone.WIB):
        session.execute(update(Meeting).filter_by(id=1).values(**tomorrow, timezone=zone.value))
        with late_in_the_evening():
            page = visit.as_(SECRETARIAT).get("/meetings/1/minutes")
        phases[zone] = page.soup.select_one("[data-phase]")["data-phase"]

    assert phases == {Zone.WIT: "open", Zone.WIB: "preparing"}


@pytest.mark.one_database
def test_moments_are_those_of_the_office(visit: Visitor) -> None:
    """The demo was made, and everybody signed in, when the tests began."""
    browser, begun = visit.as_(ADMIN), {}
    for zone in (Zone.WIB, Zone.WITA):
        with speaking("id"), clock.in_zone(zone):
            begun[zone] = moment(pinned.NOW)
    form = browser.get("/settings")
    assert begun[Zone.WIB] in browser.get("/audit").text_of("main")

    assert browser.submit(form, "/settings", timezone=Zone.WITA).status == 303

    assert begun[Zone.WITA] in browser.get("/audit").text_of("main")
    assert browser.get("/").soup.select_one("html")["data-zone"] == "Asia/Makassar"
    assert clock.office_zone() is Zone.WIB  # outside requests
