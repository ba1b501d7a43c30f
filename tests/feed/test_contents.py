"""What a calendar holds: for whom, in which words, and what becomes of an entry."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from ical.calendar_stream import IcsCalendarStream
from icalendar import Event, Todo
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.feed.calendars import SITE, address_of, calendar, fetched
from tests.visitor import DECISION_MAKER, PIC, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import AuditEntry
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.places import nth
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings import commands as meetings
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.queries import meeting as meeting_with_id
from tracker.meetings.rules import AttendanceStatus, MeetingStatus
from tracker.people.models import PositionHolding

pytestmark = pytest.mark.one_database

DAY = clock.today() + dt.timedelta(days=9)


@pytest.fixture
def own(session: Session) -> int:
    """Only this meeting and this action are those of the PIC."""
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    other = session.scalar(select(Account.person_id).filter_by(username=DECISION_MAKER))
    session.execute(update(Attendance).filter_by(person_id=person).values(person_id=other))
    session.execute(update(Attendance).where(Attendance.person_id.is_(None)).values(person_id=other))
    is_of_unit = ActionItem.pic_id.is_(None) | (ActionItem.pic_id == person)
    session.execute(update(ActionItem).where(is_of_unit).values(pic_id=other))
    session.execute(
        update(ActionItem).filter_by(id=2).values(
            pic_id=person, status=ActionStatus.IN_PROGRESS, due_on=DAY, original_due_on=DAY, percent=40,
            text_id="Menyiapkan bahan", text_en="Prepare the papers", verified_at=None, closed_on=None,
        )
    )  # fmt: skip
    session.execute(
        update(Meeting).filter_by(id=1).values(
            date=DAY, status=MeetingStatus.SCHEDULED, name_id="Rapat anggaran", name_en="Meeting on the budget",
            start_time=dt.time(9), end_time=dt.time(11), timezone="Asia/Makassar", venue="Aula", venue_detail=None,
            city="Palu", called_time=None, end_on=None,
        )
    )  # fmt: skip
    listed(session, 1, person_id=person)
    session.add(Invitation(meeting_id=1, person_id=person, token_hash="x", state=InvitationState.SENT, sequence=1,
                           invited_at=clock.now(), content_hash="x", invited_for=DAY))  # fmt: skip
    session.flush()
    return int(person or 0)


def listed(session: Session, meeting_id: int, **who: object) -> None:
    session.add(Attendance(meeting_id=meeting_id, place=nth(900), status=AttendanceStatus.EXPECTED, version=1, **who))
    session.flush()


@pytest.fixture
def address(visit: Visitor, own: int) -> str:
    return address_of(visit.as_(PIC))


def parts(visit: Visitor, address: str) -> Iterator[Event | Todo]:
    read = calendar(visit, address)
    return iter([*read.events, *read.todos])


def test_it_holds_my_meetings_and_the_actions_in_my_charge(visit: Visitor, address: str) -> None:
    [event, todo] = parts(visit, address)

    assert str(event["summary"]) == "Rapat anggaran"
    assert event.start == dt.datetime.combine(DAY, dt.time(9), ZoneInfo("Asia/Makassar"))
    assert (str(event["location"]), str(event["status"]), str(event["url"])) == (
        "Aula, Palu", "CONFIRMED", f"{SITE}/meetings/1"
    )  # fmt: skip
    assert (str(todo["summary"]), todo["due"].dt, str(todo["status"]), int(todo["percent-complete"])) == (
        "Menyiapkan bahan", DAY, "IN-PROCESS", 40
    )  # fmt: skip
    assert [str(part["uid"]) for part in (event, todo)] == ["meeting-1@127.0.0.1", "action-2@127.0.0.1"]


def test_a_second_reader_reads_the_same(visit: Visitor, address: str) -> None:
    read = IcsCalendarStream.calendar_from_ics(fetched(visit, address).text)

    [event], [todo] = read.events, read.todos
    assert (event.summary, event.dtstart) == (
        "Rapat anggaran", dt.datetime.combine(DAY, dt.time(9), ZoneInfo("Asia/Makassar"))
    )  # fmt: skip
    assert (todo.summary, todo.due) == ("Menyiapkan bahan", DAY)


def test_programs_without_tasks_get_due_dates_as_days(visit: Visitor, own: int) -> None:
    [_, day] = calendar(visit, address_of(visit.as_(PIC), "days")).events

    assert (str(day["summary"]), day.start, str(day["transp"])) == ("Tenggat: Menyiapkan bahan", DAY, "TRANSPARENT")
    assert day["dtstart"].params["VALUE"] == "DATE"


def test_it_speaks_the_language_of_the_account(visit: Visitor, session: Session, address: str) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(language="en"))

    [event, todo] = parts(visit, address)

    assert (str(event["summary"]), str(todo["summary"])) == ("Meeting on the budget", "Prepare the papers")
    assert "In progress" in str(todo["description"])


def test_a_cancelled_meeting_and_action_stay_for_a_while(
    visit: Visitor, app: Flask, session: Session, address: str
) -> None:
    before = [int(part["sequence"]) for part in parts(visit, address)]
    with app.app_context(), unrestricted(), acting(SYSTEM):
        meetings.move_meeting(meeting_with_id(1), MeetingStatus.CANCELLED, reason="Sakit", by=SYSTEM, at=clock.now())
        commit()
    session.execute(update(ActionItem).filter_by(id=2).values(status=ActionStatus.CANCELLED, closed_on=clock.today()))

    [event, todo] = parts(visit, address)

    assert [str(part["status"]) for part in (event, todo)] == ["CANCELLED", "CANCELLED"]
    assert int(event["sequence"]) > before[0]
    assert event["last-modified"].dt > todo["last-modified"].dt
    session.execute(update(Meeting).filter_by(id=1).values(date=clock.today() - dt.timedelta(days=61)))
    session.execute(update(ActionItem).filter_by(id=2).values(closed_on=clock.today() - dt.timedelta(days=61)))
    assert list(parts(visit, address)) == []


def test_a_finished_action_says_when_and_by_whom_nothing(visit: Visitor, session: Session, address: str) -> None:
    at = clock.now().replace(microsecond=0)
    session.execute(
        update(ActionItem).filter_by(id=2).values(
            status=ActionStatus.COMPLETED, verified_at=at, closed_on=clock.today(), percent=None
        )
    )  # fmt: skip

    [_, todo] = parts(visit, address)

    assert (str(todo["status"]), todo["completed"].dt, int(todo["percent-complete"])) == ("COMPLETED", at, 100)


def test_a_post_is_invited_with_whoever_holds_it_that_day(visit: Visitor, session: Session, address: str) -> None:
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    holding = session.scalars(select(PositionHolding).filter_by(person_id=person)).first()
    session.execute(update(Meeting).filter_by(id=2).values(date=DAY))
    listed(session, 2, position_id=holding.position_id)

    shown = [str(part["uid"]) for part in parts(visit, address)]
    session.execute(update(PositionHolding).filter_by(id=holding.id).values(end_on=DAY - dt.timedelta(days=1)))

    assert "meeting-2@127.0.0.1" in shown
    assert "meeting-2@127.0.0.1" not in [str(part["uid"]) for part in parts(visit, address)]


def test_of_what_is_classified_it_says_only_when(visit: Visitor, session: Session, address: str) -> None:
    for model in (Meeting, ActionItem):
        session.execute(update(model).values(classification=Classification.SECRET))
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.SECRET))
    readings = select(func.count()).select_from(AuditEntry).filter_by(change="read")
    before = session.scalar(readings)

    answer = fetched(visit, address)

    assert [str(part["summary"]) for part in parts(visit, address)] == [
        "Rapat berklasifikasi", "Tindak lanjut berklasifikasi"
    ]  # fmt: skip
    for word in ("anggaran", "bahan", "Aula", "Palu"):
        assert word not in answer.text
    assert session.scalar(readings) == before + 4  # both rows, fetched twice
    fetched(visit, address, **{"If-None-Match": answer.headers["ETag"]})
    assert session.scalar(readings) == before + 4
    entry = session.scalars(select(AuditEntry).filter_by(change="read").order_by(AuditEntry.id.desc())).first()
    assert (entry.by_name, entry.page) == ("Ratna Dewanti", "feed.show")


def test_a_name_taken_over_from_a_classified_meeting_is_not_told(
    visit: Visitor, session: Session, address: str
) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.SECRET))
    session.execute(update(Meeting).filter_by(id=2).values(classification=Classification.SECRET))
    session.execute(update(Meeting).filter_by(id=1).values(named_after_id=2))

    [event, _] = parts(visit, address)

    assert (str(event["summary"]), str(event["class"])) == ("Rapat berklasifikasi", "CONFIDENTIAL")


def test_what_one_may_no_longer_see_is_gone_at_the_next_fetch(visit: Visitor, session: Session, address: str) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.RESTRICTED))
    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.RESTRICTED))
    assert len(list(parts(visit, address))) == 2

    session.execute(update(Account).filter_by(username=PIC).values(clearance=Classification.ORDINARY))

    assert [str(part["uid"]) for part in parts(visit, address)] == ["action-2@127.0.0.1"]


def test_without_a_person_it_holds_what_the_account_recorded(visit: Visitor, session: Session) -> None:
    address = address_of(visit.as_(SECRETARIAT))
    number = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    session.execute(update(Meeting).values(recorded_by_id=None))
    session.execute(update(Meeting).filter_by(id=1).values(recorded_by_id=number, date=DAY))

    assert [str(part["uid"]) for part in parts(visit, address)] == ["meeting-1@127.0.0.1"]
