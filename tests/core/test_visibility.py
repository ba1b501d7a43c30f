"""Classified rows are absent for users who may not see them: in pages, lists, counts and choices."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.meetings.models import Attendance, Meeting
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.on_both


@pytest.mark.parametrize("level", ["restricted", "secret", "top_secret"])
def test_a_classified_meeting_is_absent_to_a_reader(visit: Visitor, session: Session, level: str) -> None:
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification=level))
    reader = visit.as_(READER)

    absent, forbidden = reader.get("/meetings/999999", status=404), reader.get("/meetings/1", status=404)

    plain = [str(page.soup.select_one("main")).replace(page.text_of("footer"), "") for page in (absent, forbidden)]
    assert [page.heading for page in (absent, forbidden)] == ["Tidak ditemukan"] * 2
    assert len(plain[0]) == len(plain[1])
    assert reader.get("/meetings/R-2020-001", status=404).heading == "Tidak ditemukan"
    assert "R-2020-001" not in reader.get("/meetings?year=2020").text


def test_an_attendee_with_clearance_sees_the_meeting(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="restricted"))

    assert visit.as_(ADVISER).get("/meetings/1").heading.startswith("Rapat Pembahasan")
    visit.as_(REVIEWER).get("/meetings/1", status=404)


def test_attending_is_not_enough_without_clearance(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="secret"))

    visit.as_(ADVISER).get("/meetings/1", status=404)


def test_a_classified_proposal_leaves_no_trace_on_related_pages(visit: Visitor, session: Session) -> None:
    title = session.get(Proposal, 1).title_id
    session.execute(update(Proposal).where(Proposal.id == 1).values(classification="secret"))
    reader = visit.as_(READER)

    reader.get("/proposals/1", status=404)
    for path in ("/meetings/1", "/proposals?year=2020", "/targets/1", "/targets/2", "/people/1", "/"):
        assert title not in reader.get(path).text, path


def test_a_hidden_row_cannot_be_changed(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).where(Meeting.id == 2).values(classification="top_secret", recorded_by_id=None))
    browser = visit.as_(SECRETARIAT)
    token = browser.token()

    answers = [
        browser.client.post(path, data={"csrf_token": token, "name_id": "x"}).status_code
        for path in ("/meetings/2/edit", "/meetings/2/statements/new", "/meetings/2/attendance/new")
    ]

    assert answers == [404, 404, 404]


def test_parts_of_a_hidden_meeting_are_hidden(visit: Visitor, session: Session) -> None:
    row = session.scalars(select(Attendance).filter_by(meeting_id=1)).first()
    browser, path = visit.as_(SECRETARIAT), f"/meetings/attendance/{row.id}/edit"
    browser.get(path)

    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="secret"))

    browser.get(path, 404)
