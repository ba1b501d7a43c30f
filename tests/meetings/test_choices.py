"""Lists to choose from end somewhere; what a form already holds is in them all the same."""

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.proposals.models import Proposal


def test_an_edit_keeps_the_meeting_that_three_hundred_newer_ones_have_pushed_off_the_list(
    visit: Visitor, session: Session
) -> None:
    origin = session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one()
    newer = {"date": date(2027, 1, 1), "status": MeetingStatus.SCHEDULED, "classification": Classification.ORDINARY}
    rows = [{**newer, "code": f"R-2027-{one}", "name_id": "Rapat", "recorded_at": clock.now(), "version": 1,
             "timezone": "Asia/Jakarta", "organiser_is_inferred": False} for one in range(300)]  # fmt: skip
    session.execute(insert(Meeting), rows)
    session.commit()
    browser = visit.as_(SECRETARIAT)

    page = browser.get("/proposals/1/edit")
    chosen = page.soup.select_one("[name=raised_in] option[selected]")
    assert chosen
    assert chosen["value"] == str(origin)
    assert "Rapat Pembahasan" in chosen.text

    assert browser.submit(page, "/proposals/1/edit", title_id="Forum").status == 303
    assert session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one() == origin
