"""The week of meetings: every day with what is held, and what clashes."""

import datetime as dt

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, Visitor
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceStatus, MeetingStatus
from tracker.people.models import Person

pytestmark = pytest.mark.one_database

MONDAY = dt.date(2027, 3, 1)
ADDRESS = "/meetings/weeks/2027-W09"


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """Two meetings in one room at the same time, with one person on both lists."""
    held = {
        "date": MONDAY,
        "end_on": None,
        "start_time": dt.time(9),
        "end_time": dt.time(11),
        "called_time": None,
        "venue": "Aula",
        "venue_detail": "lantai 7",
        "city": "Jakarta",
        "status": MeetingStatus.SCHEDULED,
    }
    session.execute(update(Meeting).where(Meeting.id.in_([1, 2])).values(**held))
    person = session.scalars(select(Person.id).filter_by(made_in_meeting_id=None)).first()
    for number in (1, 2):
        session.execute(
            insert(Attendance).values(
                meeting_id=number, place=nth(900), person_id=person, status=AttendanceStatus.EXPECTED, version=1
            )
        )
    codes = dict(session.execute(select(Meeting.id, Meeting.code).where(Meeting.id.in_([1, 2]))).all())
    return codes[1], codes[2]


def of_day(visit: Visitor, day: dt.date) -> str:
    return visit.as_(READER).get(ADDRESS).text_of(f"[data-day='{day}']")


def test_a_week_shows_its_days_and_the_weeks_around(visit: Visitor, two: tuple[str, str]) -> None:
    page = visit.as_(READER).get(ADDRESS)

    assert {"/meetings/weeks/2027-W08", "/meetings/weeks/2027-W10"} <= set(page.links)
    assert [day["data-day"] for day in page.soup.select("[data-day]")] == [
        str(MONDAY + dt.timedelta(days=number)) for number in range(5)
    ]
    assert "09.00–11.00 WIB" in of_day(visit, MONDAY)
    assert "Tidak ada rapat" in of_day(visit, MONDAY + dt.timedelta(days=1))


def test_a_meeting_of_several_days_is_in_each_week_until_it_ends(visit: Visitor, session: Session) -> None:
    days = {"date": MONDAY - dt.timedelta(days=4), "end_on": MONDAY, "start_time": None, "end_time": None}
    session.execute(update(Meeting).filter_by(id=1).values(**days))
    code = session.scalars(select(Meeting.code).filter_by(id=1)).one()

    assert code in of_day(visit, MONDAY)
    assert code not in of_day(visit, MONDAY + dt.timedelta(days=1))
    assert code in visit.as_(READER).get("/meetings/weeks/2027-W08").text


def test_one_room_and_one_person_cannot_be_in_two_meetings(
    visit: Visitor, session: Session, two: tuple[str, str]
) -> None:
    name = session.scalars(select(Person.full_name).join(Attendance).filter_by(meeting_id=2, place=nth(900))).one()
    shown = of_day(visit, MONDAY)

    for code in two:
        assert f"tempat dan waktu sama dengan {code}" in shown
        assert f"pada waktu sama di {code}: " in shown
    assert name in shown


def test_a_clash_with_a_hidden_meeting_is_not_told(visit: Visitor, session: Session, two: tuple[str, str]) -> None:
    session.execute(update(Meeting).filter_by(id=2).values(classification=Classification.SECRET))

    shown = of_day(visit, MONDAY)

    assert two[0] in shown
    assert two[1] not in shown
    assert "waktu sama" not in shown


def test_a_meeting_on_a_day_off_is_marked(visit: Visitor, session: Session, two: tuple[str, str]) -> None:
    session.add(Holiday(date=MONDAY, kind=HolidayKind.NATIONAL, name_id="Hari Uji", name_en="Test Day", version=1))
    session.flush()

    shown = of_day(visit, MONDAY)

    assert "Hari Uji" in shown
    assert "Rapat pada hari libur" in shown


@pytest.mark.parametrize("week", ["2027-W54", "1900-W01", "x"])
def test_there_is_no_such_week(visit: Visitor, week: str) -> None:
    visit.as_(READER).get(f"/meetings/weeks/{week}", 404)
