"""The file for a calendar says what is known of a meeting, and nothing else; read back by the same library."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus

pytestmark = pytest.mark.one_database

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = dt.date(2026, 12, 31)
UNKNOWN: dict[str, Any] = dict.fromkeys(
    ["start_time", "end_time", "end_on", "called_time", "venue", "venue_detail", "city"]
)


@pytest.fixture
def meeting(session: Session) -> Meeting:
    """Meeting 1, of which nothing is known but name and day."""
    session.execute(update(Meeting).filter_by(id=1).values(date=DAY, status=MeetingStatus.SCHEDULED, **UNKNOWN))
    return session.get_one(Meeting, 1)


def read(browser: Visitor) -> Event:
    answer = browser.get("/meetings/1.ics").response
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/calendar", "no-store")
    assert answer.headers["Content-Disposition"] == "attachment; filename=R-2020-001.ics"
    [event] = Calendar.from_ical(answer.data).events
    assert not event.errors
    return event


def test_a_meeting_reads_back_with_its_hours_place_and_address(
    visit: Visitor, session: Session, meeting: Meeting
) -> None:
    meeting.start_time, meeting.end_time = dt.time(9, 30), dt.time(12)
    meeting.name_id, meeting.venue, meeting.city = "Rapat; koordinasi, \\ “HAM”", "Ruang Rapat, lantai 7", "Jakarta"
    session.flush()

    event = read(visit.as_(READER))

    assert (event.start, event.end) == (
        dt.datetime.combine(DAY, dt.time(9, 30), JAKARTA),
        dt.datetime.combine(DAY, dt.time(12), JAKARTA),
    )
    assert event["dtstart"].params["TZID"] == "Asia/Jakarta"
    assert event.summary == "Rapat; koordinasi, \\ “HAM”"
    assert event.location == "Ruang Rapat, lantai 7, Jakarta"
    assert event.description == "R-2020-001\nhttp://127.0.0.1:5000/meetings/1"
    assert (event.uid, event.status, event.classification) == ("meeting-1@127.0.0.1", "CONFIRMED", "PUBLIC")


def test_its_time_zone_is_described(visit: Visitor, session: Session, meeting: Meeting) -> None:
    meeting.start_time, meeting.timezone = dt.time(9), "Asia/Jayapura"
    session.flush()

    [zone] = Calendar.from_ical(visit.as_(READER).get("/meetings/1.ics").response.data).timezones

    assert zone.tz_name == "Asia/Jayapura"
    assert dt.datetime(2026, 12, 31, tzinfo=zone.to_tz()).utcoffset() == dt.timedelta(hours=9)


@pytest.mark.parametrize(
    ("known", "last_day"),
    [
        ({}, DAY),
        ({"end_on": DAY + dt.timedelta(days=2)}, DAY + dt.timedelta(days=2)),
        ({"end_time": dt.time(12)}, DAY),
        ({"start_time": dt.time(9), "end_on": DAY + dt.timedelta(days=1)}, DAY + dt.timedelta(days=1)),
    ],
    ids=["neither", "days", "only its end", "no end on another day"],
)
def test_without_hours_it_takes_whole_days(
    visit: Visitor, session: Session, meeting: Meeting, known: dict[str, Any], last_day: dt.date
) -> None:
    for name, value in known.items():
        setattr(meeting, name, value)
    session.flush()

    event = read(visit.as_(READER))

    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event.start, event.end) == (DAY, last_day + dt.timedelta(days=1))
    assert "location" not in event


def test_an_unknown_end_is_left_out(visit: Visitor, session: Session, meeting: Meeting) -> None:
    meeting.start_time = dt.time(9)
    session.flush()

    event = read(visit.as_(READER))

    assert event.start == dt.datetime.combine(DAY, dt.time(9), JAKARTA)
    assert "dtend" not in event
    assert "Mulai pukul 09.00" in event.description


def test_a_change_keeps_the_uid_and_raises_the_sequence(visit: Visitor, session: Session, meeting: Meeting) -> None:
    before = read(visit.as_(READER))
    meeting.status = MeetingStatus.POSTPONED
    session.flush()
    postponed = read(visit.as_(READER))
    meeting.status = MeetingStatus.CANCELLED
    session.flush()
    cancelled = read(visit.as_(READER))

    assert before.uid == postponed.uid == cancelled.uid
    assert before.sequence < postponed.sequence < cancelled.sequence
    assert [event.status for event in (before, postponed, cancelled)] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert "Dibatalkan" in cancelled.description
    assert before.stamp <= cancelled.stamp <= clock.now()


def test_what_is_classified_is_confidential_and_hidden_from_others(
    visit: Visitor, session: Session, meeting: Meeting
) -> None:
    reader = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    reader.clearance = meeting.classification = Classification.RESTRICTED
    meeting.recorded_by_id = reader.id
    session.flush()

    event = read(visit.as_(SECRETARIAT))

    assert event.classification == "CONFIDENTIAL"
    assert "Terbatas" in event.description
    visit.as_(READER).get("/meetings/1.ics", 404)


def test_the_page_offers_it_until_the_meeting_is_over(visit: Visitor, session: Session, meeting: Meeting) -> None:
    reader = visit.as_(READER)
    meeting.date = clock.today()
    session.flush()
    assert "/meetings/1.ics" in reader.get("/meetings/1").links

    meeting.date = clock.today() - dt.timedelta(days=1)
    session.flush()
    assert "/meetings/1.ics" not in reader.get("/meetings/1").links
