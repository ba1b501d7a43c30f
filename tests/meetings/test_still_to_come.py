"""Future, postponed and cancelled meetings can be prepared but take no minutes; only possible steps are offered."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.visitor import SECRETARIAT, Page, Visitor, filled
from tracker.core import clock
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import MeetingStatus, is_upcoming, manual_steps, takes_minutes

M = MeetingStatus
TODAY = dt.date(2026, 11, 28)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "day", "has_minutes", "upcoming", "steps"),
    [
        (M.SCHEDULED, TOMORROW, False, True, [M.POSTPONED, M.CANCELLED]),
        (M.SCHEDULED, TODAY, True, False, [M.HELD, M.POSTPONED, M.CANCELLED]),
        (M.SCHEDULED, YESTERDAY, True, False, [M.HELD, M.POSTPONED, M.CANCELLED]),
        (M.POSTPONED, TOMORROW, False, False, [M.SCHEDULED]),
        (M.POSTPONED, YESTERDAY, False, False, [M.SCHEDULED]),
        (M.CANCELLED, YESTERDAY, False, False, []),
        (M.HELD, YESTERDAY, True, False, []),
        (M.CLOSED, YESTERDAY, True, False, []),
    ],
)
def test_status_and_date_determine_minutes_and_steps(
    status: MeetingStatus, day: dt.date, has_minutes: bool, upcoming: bool, steps: list[MeetingStatus]
) -> None:
    possible = takes_minutes(status, day, TODAY), is_upcoming(status, day, TODAY), manual_steps(status, day, TODAY)

    assert possible == (has_minutes, upcoming, steps)


def plan_meeting(browser: Visitor, **fields: object) -> Page:
    """Plan a meeting three days ahead, or on the next working day after that, with two attendees: its page."""
    day = clock.today() + dt.timedelta(days=3)
    day += dt.timedelta(days={6: 1, 5: 2}.get(day.weekday(), 0))
    rows: dict[str, object] = {"people": ["1"], "names": "Kabag PPL"}
    values = {"name_id": "Rapat nanti", "date": day, "noticed": f"off-{day}"} | rows | fields
    prepared = browser.follow(browser.submit(browser.get("/meetings/new/upcoming"), "/meetings/new", **values))
    assert "Rapat dijadwalkan. Siapkan acara dan peserta." in prepared.text_of(".flashes")
    return browser.get(prepared.path.removesuffix("/minutes"))


def steps_offered(page: Page) -> list[str]:
    return [href.rsplit("/", 1)[1] for href in page.links if "/move/" in href]


def test_a_planned_meeting_is_offered_for_preparation(visit: Visitor, session: Session) -> None:
    page = plan_meeting(visit.as_(SECRETARIAT))

    assert page.text_of(".subhead .btn-primary") == "Siapkan rapat"
    assert steps_offered(page) == ["postponed", "cancelled"]
    assert not page.soup.select("#next-statement")
    assert not [href for href in page.links if href.endswith(("minutes/submit", "minutes.pdf"))]
    query = select(Attendance.status).join(Meeting).where(Meeting.name_id == "Rapat nanti").order_by(Attendance.place)
    assert session.scalars(query).all() == ["expected", "expected"]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_nobody_can_be_marked_present_before_the_day(visit: Visitor, session: Session, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)
    path = plan_meeting(browser).path
    new = browser.get(f"{path}/attendance/new")
    offered = [option["value"] for option in new.soup.select("[name=status] option")]
    assert (offered, filled(new.form(f"{path}/attendance/new"))["status"]) == (
        ["", "expected", "represented", "excused"], ["expected"])  # fmt: skip
    row = session.scalar(select(Attendance.id).order_by(Attendance.id.desc()))
    answer = browser.post(f"/meetings/minutes/roll-call/{row}/present", {"csrf_token": [browser.token()]})
    assert (answer.status, "Sampai saat itu acara dan pesertanya dapat disiapkan." in answer.text) == (409, True)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_statement_before_the_day_is_refused_without_losing_its_text(
    visit: Visitor, session: Session, kind: Kind
) -> None:
    browser = visit.as_(SECRETARIAT)
    path = f"{plan_meeting(browser).path}/statements/new"

    page = browser.submit(browser.get(path), path, kind="remark", gist_id="Terlalu dini")

    assert page.status == 409
    assert "Sampai saat itu acara dan pesertanya dapat disiapkan." in page.problems[0]
    assert page.form(path).select_one("[name=gist_id]").get_text().strip() == "Terlalu dini"
    assert session.scalar(select(Statement.id).filter_by(gist_id="Terlalu dini")) is None


def test_a_rescheduled_meeting_keeps_its_length(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    path = plan_meeting(browser, ends_next_day="y").path
    postpone, reschedule = f"{path}/move/postponed", f"{path}/move/scheduled"
    assert browser.submit(browser.get(postpone), postpone, reason="Dirjen berhalangan").status == 303
    page = browser.get(path)
    assert steps_offered(page) == ["scheduled"]
    assert page.text_of(".subhead .btn-primary") == "Jadwalkan kembali"

    refused = browser.submit(browser.get(reschedule), reschedule)
    assert (refused.status, refused.problems) == (422, ["Isi tanggal yang baru."])
    day = clock.today() + dt.timedelta(days=30)
    assert browser.submit(refused, reschedule, date=day).status == 303

    meeting = session.scalars(select(Meeting).filter_by(name_id="Rapat nanti")).one()
    assert (meeting.status, meeting.date, meeting.end_on) == ("scheduled", day, day + dt.timedelta(days=1))
    assert steps_offered(browser.get(path)) == ["postponed", "cancelled"]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_cancelled_meeting_offers_no_step_and_takes_no_minutes(visit: Visitor, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)
    path = plan_meeting(browser).path
    cancel, line = f"{path}/move/cancelled", f"{path}/statements/new"
    assert browser.submit(browser.get(cancel), cancel, reason="Tidak jadi").status == 303

    assert steps_offered(browser.get(path)) == []
    browser.get(f"{path}/move/held", status=404)
    page = browser.submit(browser.get(line), line, kind="remark", gist_id="Kata")
    assert (page.status, page.problems) == (409, ["Rapat ini dibatalkan."])


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_held_meeting_cannot_get_a_future_date(visit: Visitor, kind: Kind) -> None:
    browser, day = visit.as_(SECRETARIAT), clock.today() + dt.timedelta(days=9)

    page = browser.submit(
        browser.get("/meetings/1/edit"), "/meetings/1/edit", date=day, noticed=f"weekend-{day} off-{day}"
    )

    assert page.status == 422
    assert page.text_of("[id='date-error']").endswith(
        "Rapat yang telah terlaksana tidak mungkin pada hari yang belum tiba."
    )
