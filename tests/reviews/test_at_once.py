"""Two processes decide the same item, or close the same review, at the same moment: one succeeds."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.processes import both
from tests.reviews.steps import open_review_of_week, this_week
from tests.visitor import REVIEWER, Visitor, filled
from tracker.audit.models import Event
from tracker.meetings.models import Attendance
from tracker.reviews.models import Review, ReviewItem

pytestmark = pytest.mark.on_both


@pytest.mark.parametrize("command", ["decide", "close"])
def test_one_of_two_simultaneous_requests_succeeds_and_the_other_gets_409(
    visit: Visitor, session: Session, app: Flask, tmp_path: Path, command: str
) -> None:
    browser = visit.as_(REVIEWER)
    page = open_review_of_week(browser)
    if command == "decide":
        page = browser.get(f"{this_week()}/queue")
        form = next(row for row in page.soup.select("main form[method=post]") if row["action"].endswith("/goes_on"))
    else:
        form = page.form(f"{this_week()}/close")
    values = filled(form) | {"once": [""]}

    answers = both(app, tmp_path, [(str(form["action"]), values)] * 2)

    assert answers == ["303", "409"]
    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    events = select(func.count()).select_from(Event).filter_by(subject="review", subject_id=review.id)
    assert session.scalar(events.filter_by(verb="decided" if command == "decide" else "closed")) == 1
    if command == "decide":
        assert session.scalar(select(func.count()).select_from(ReviewItem).filter_by(review_id=review.id, turn=1)) == 1
    else:
        attendance = select(func.count()).select_from(Attendance).filter_by(meeting_id=review.meeting_id)
        assert session.scalar(attendance) == 1
