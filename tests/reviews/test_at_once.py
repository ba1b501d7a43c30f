"""Two processes decide the same thing, or close the same sitting, at the same moment: one does, the other is told."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.processes import both
from tests.reviews.sitting import opened, this_week
from tests.visitor import REVIEWER, Visitor, filled
from tracker.audit.models import Event
from tracker.meetings.models import Attendance
from tracker.reviews.models import Review, ReviewItem


@pytest.mark.parametrize("deed", ["decide", "close"])
def test_one_of_two_at_once_is_stored_and_the_other_told(
    visit: Visitor, session: Session, app: Flask, tmp_path: Path, deed: str
) -> None:
    browser = visit.as_(REVIEWER)
    page = opened(browser)
    if deed == "decide":
        page = browser.get(f"{this_week()}/queue")
        form = next(one for one in page.soup.select("main form[method=post]") if one["action"].endswith("/goes_on"))
    else:
        form = page.form(f"{this_week()}/close")
    values = filled(form) | {"once": [""]}

    answers = both(app, tmp_path, [(str(form["action"]), json.dumps(values))] * 2)

    assert answers == ["303", "409"]
    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    told = select(func.count()).select_from(Event).filter_by(subject="review", subject_id=review.id)
    assert session.scalar(told.filter_by(verb="decided" if deed == "decide" else "closed")) == 1
    if deed == "decide":
        assert session.scalar(select(func.count()).select_from(ReviewItem).filter_by(review_id=review.id, turn=1)) == 1
    else:
        there = select(func.count()).select_from(Attendance).filter_by(meeting_id=review.meeting_id)
        assert session.scalar(there) == 1
