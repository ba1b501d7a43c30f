import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.core.actor import Classification
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database

FIRST = "/meetings/1"


def plan_next(browser: Visitor) -> Page:
    browser.follow(browser.submit(browser.get(f"{FIRST}/series/new"), f"{FIRST}/series/new", rhythm="weekly"))
    return browser.follow(browser.submit(browser.get(f"{FIRST}/next"), f"{FIRST}/next"))


def newest(session: Session) -> Meeting:
    return session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()


def test_the_next_meeting_begins_with_the_approval_of_the_last_minutes(visit: Visitor, session: Session) -> None:
    page = plan_next(visit.as_(SECRETARIAT))

    first, second = session.get(Meeting, 1), newest(session)
    place = session.get(SeriesMeeting, second.id)
    assert (second.date.isoformat(), second.venue, place.previous_id) == ("2020-10-28", first.venue, 1)
    assert "Pengesahan notula" in page.text_of("#agenda .agenda-item:first-child")
    assert first.name_id in page.text_of("#agenda .agenda-item:first-child")


def test_meetings_of_a_series_link_to_each_other(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = plan_next(browser)

    assert FIRST in [link["href"] for link in page.soup.select("#series a")]
    assert f"/meetings/{newest(session).id}" in [link["href"] for link in browser.get(FIRST).soup.select("#series a")]


def test_attendees_of_the_last_meeting_are_expected_not_present(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    plan_next(browser)
    second = newest(session)
    rows = session.scalars(select(Attendance).filter_by(meeting_id=second.id).order_by(Attendance.place)).all()
    assert [row.status for row in rows] == ["expected"] * 9

    minutes = f"/meetings/{second.id}/minutes"
    browser.follow(browser.submit(browser.get(minutes), f"{minutes}/roll-call", attendee="Lingga"))
    browser.follow(browser.submit(browser.get(minutes), f"/meetings/minutes/roll-call/{rows[0].id}/present"))

    session.expire_all()
    rows = session.scalars(select(Attendance).filter_by(meeting_id=second.id).order_by(Attendance.place)).all()
    assert [row.status for row in rows] == ["present", "expected", "present"] + ["expected"] * 6


def test_time_venue_and_chair_are_copied_and_can_be_changed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    first = session.get(Meeting, 1)
    first.start_time, first.end_time = dt.time(9), dt.time(11, 30)
    session.commit()
    browser.follow(browser.submit(browser.get(f"{FIRST}/series/new"), f"{FIRST}/series/new", rhythm="weekly"))

    page = browser.get(f"{FIRST}/next")
    refused = browser.submit(page, f"{FIRST}/next", start_time="13:00", end_time="12:00", venue="Ruang lain")
    assert (refused.status, len(refused.problems)) == (422, 1)
    assert refused.soup.select_one("#venue")["value"] == "Ruang lain"
    browser.follow(browser.submit(page, f"{FIRST}/next"))
    unchanged = newest(session)
    rows = session.scalars(select(Attendance).filter_by(meeting_id=1).order_by(Attendance.place)).all()
    browser.follow(browser.submit(page, f"{FIRST}/next", date="2020-11-04", start_time="13:00", end_time="",
                                  venue="Ruang lain", chair=rows[2].id))  # fmt: skip

    changed = newest(session)
    assert (unchanged.start_time, unchanged.end_time, unchanged.venue) == (dt.time(9), dt.time(11, 30), first.venue)
    assert (changed.start_time, changed.end_time, changed.venue) == (dt.time(13), None, "Ruang lain")
    query = select(Attendance.person_id).filter_by(role="chair").order_by(Attendance.meeting_id)
    chairs = [session.scalar(query.filter_by(meeting_id=meeting.id)) for meeting in (unchanged, changed)]
    assert chairs == [rows[0].person_id, rows[2].person_id]


def test_a_line_about_an_open_item_is_linked_to_it(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    plan_next(browser)
    minutes = f"/meetings/{newest(session).id}/minutes"
    raised = session.scalars(select(Proposal).filter_by(raised_in_id=1).order_by(Proposal.id)).all()

    page = browser.get(minutes)
    assert [code for code in page.all_of("#open-items .code") if code.startswith("U-")] == [row.code for row in raised]
    page = browser.get(f"{minutes}?about={raised[0].id}")
    browser.submit(page, f"{minutes}/lines", line="masih dikaji biro hukum")

    statement = session.scalars(select(Statement).order_by(Statement.id.desc())).first()
    link = session.scalar(select(StatementProposal).filter_by(statement_id=statement.id))
    assert (link.proposal_id, link.bearing) == (raised[0].id, "discusses")


def test_a_closed_proposal_is_not_among_the_open_items(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    plan_next(browser)
    first = session.scalars(select(Proposal).filter_by(raised_in_id=1).order_by(Proposal.id)).first()
    first.status = "withdrawn"
    session.commit()

    assert first.code not in browser.get(f"/meetings/{newest(session).id}/minutes").text_of("#open-items")


def test_a_series_of_hidden_meetings_is_not_found(visit: Visitor, session: Session) -> None:
    plan_next(visit.as_(SECRETARIAT))
    series_id = session.get(SeriesMeeting, 1).series_id
    reader = visit.as_(READER)
    assert reader.get(f"/meetings/series/{series_id}").all_of("tbody .code") != []
    for number in (1, newest(session).id):
        session.get(Meeting, number).classification = Classification.SECRET
    session.commit()

    reader.get(f"/meetings/series/{series_id}", status=404)


def test_the_next_meeting_must_be_later(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    plan_next(browser)
    page = browser.submit(browser.get(f"{FIRST}/next"), f"{FIRST}/next", date="2020-10-21")

    assert page.status == 422


def test_a_series_is_renamed_and_a_meeting_can_begin_only_one(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    form = browser.get(f"{FIRST}/series/new")
    plan_next(browser)
    assert browser.submit(form, f"{FIRST}/series/new").status in {303, 409}
    edit = f"/meetings/series/{session.get(SeriesMeeting, 1).series_id}/edit"

    page = browser.follow(browser.submit(browser.get(edit), edit, name_id="Rapat mingguan"))

    assert page.heading == "Rapat mingguan"


def test_joining_and_leaving_relink_the_neighbours(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    plan_next(browser)
    second, series_id = newest(session).id, session.get(SeriesMeeting, 1).series_id
    between = session.scalars(select(Meeting).where(Meeting.id.not_in([1, second]))).first()
    between.date = session.get(Meeting, 1).date + dt.timedelta(days=2)
    session.commit()
    path = f"/meetings/{between.id}/series"

    assert browser.submit(browser.get(f"{path}/join"), f"{path}/join").status == 422
    page = browser.follow(browser.submit(browser.get(f"{path}/join"), f"{path}/join", series=str(series_id)))
    session.expire_all()
    assert session.get(SeriesMeeting, between.id).previous_id == 1
    assert session.get(SeriesMeeting, second).previous_id == between.id

    browser.follow(browser.submit(page, f"{path}/leave"))
    session.expire_all()
    assert session.get(SeriesMeeting, between.id) is None
    assert session.get(SeriesMeeting, second).previous_id == 1
    assert "Dikeluarkan dari rangkaian" in browser.get(f"/meetings/{between.id}/history").text_of("#history")


def test_a_series_is_deleted_with_its_last_meeting(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.follow(browser.submit(browser.get(f"{FIRST}/series/new"), f"{FIRST}/series/new"))
    series_id = session.get(SeriesMeeting, 1).series_id

    browser.follow(browser.submit(browser.get(FIRST), f"{FIRST}/series/leave"))

    session.expire_all()
    assert session.get(MeetingSeries, series_id) is None


def test_readers_cannot_add_meetings_to_series(visit: Visitor) -> None:
    visit.as_(READER).get(f"{FIRST}/series/join", status=404)
