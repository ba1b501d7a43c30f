"""Two processes decide the same thing, or close the same sitting, at the same moment: one does, the other is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.reviews.sitting import opened, this_week
from tests.visitor import REVIEWER, Visitor, filled
from tracker.core.settings import ROOT
from tracker.history.models import Event
from tracker.meetings.models import Attendance
from tracker.reviews.models import Review, ReviewItem

#: Stands ready, waits for a line, sends one form, prints the status.
SENDER = """
import json, sys
from pathlib import Path
from tests.databases import settings_for
from tests.visitor import Visitor
from tracker import create_app
url, folder, path, values = sys.argv[1], Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
browser = Visitor(create_app(settings_for(url, folder))).as_("penelaah")
values["csrf_token"] = [browser.token()]
print("ready", flush=True)
sys.stdin.readline()
print(browser.client.post(path, data=values).status_code, flush=True)
"""


def both(app: Flask, folder: Path, sent: list[tuple[str, str]]) -> list[str]:
    """What the two senders are answered."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    senders = [
        subprocess.Popen([sys.executable, "-c", SENDER, url, str(folder), path, values], cwd=ROOT, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for path, values in sent
    ]  # fmt: skip
    for sender in senders:
        assert sender.stdout.readline().strip() == "ready"
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    return sorted(sender.communicate(timeout=60)[0].strip() for sender in senders)


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
