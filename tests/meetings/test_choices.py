"""What is selected stays, however many newer rows there are, and every row can be found."""

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, offered
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.proposals.models import Proposal


def test_an_edit_keeps_a_meeting_with_hundreds_of_newer_ones(visit: Visitor, session: Session) -> None:
    origin = session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one()
    common = {"date": date(2027, 1, 1), "status": MeetingStatus.SCHEDULED, "classification": Classification.ORDINARY}
    rows = [{**common, "code": f"R-2027-{number}", "name_id": "Rapat", "recorded_at": clock.now(), "version": 1,
             "timezone": "Asia/Jakarta", "organiser_is_inferred": False} for number in range(300)]  # fmt: skip
    session.execute(insert(Meeting), rows)
    session.commit()
    browser = visit.as_(SECRETARIAT)

    page = browser.get("/proposals/1/edit")
    assert page.soup.select_one("[name=raised_in]")["value"] == str(origin)
    assert "Rapat Pembahasan" in page.soup.select_one("[name=raised_in-typed]")["value"]
    assert offered(browser, page, "raised_in", "Pembahasan 2020-10-21") == [str(origin)]

    assert browser.submit(page, "/proposals/1/edit", title_id="Forum").status == 303
    assert session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one() == origin
