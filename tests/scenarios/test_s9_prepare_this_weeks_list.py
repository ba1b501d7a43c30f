"""S9: the queue of a week whose usual day is a day off: its order, and counts that equal its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reviews.steps import delete_reviews
from tests.visitor import REVIEWER, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.models import ReviewItem

WEDNESDAY = 2
HELD = date(2020, 11, 2)
WEEK = "/reviews/2020-W44"
ORDER = ["overdue", "overdue", "due_before_next", "unassigned", "unassigned", "stale", "awaiting_verification",
         "back_from_deferral"]  # fmt: skip


@pytest.fixture(autouse=True)
def wednesday(app: Flask, session: Session) -> Iterator[None]:
    delete_reviews(session)
    app.extensions["settings"] = replace(app.extensions["settings"], review_weekday=WEDNESDAY)
    with time_machine.travel(datetime(2020, 10, 28, 8, tzinfo=Zone.WIB.info), tick=False):
        yield


@pytest.fixture
def codes(app: Flask) -> list[str]:
    """Codes of one or two items for each group in the order of the queue, stored in reverse order."""
    soon, later = date(2020, 11, 3), date(2020, 12, 1)
    columns_by_code = [
        ("A-2020-901", {"due_on": date(2020, 10, 1)}), ("A-2020-902", {"due_on": date(2020, 10, 20)}),
        ("A-2020-903", {"due_on": soon}),
        ("A-2020-904", {"due_on": later, "pic_id": None, "assigned_on": date(2020, 10, 21)}),
        ("A-2020-905", {"due_on": None}), ("A-2020-906", {"due_on": later, "assigned_on": date(2020, 10, 5)}),
        ("A-2020-907", {"due_on": later, "status": ActionStatus.AWAITING_VERIFICATION}),
    ]  # fmt: skip
    with app.app_context(), unrestricted():
        for code, columns in reversed(columns_by_code):
            day = columns.pop("assigned_on", HELD - timedelta(days=10))
            values = {
                "proposal_id": 1,
                "pic_id": 1,
                "original_due_on": columns["due_on"],
                "assigned_on": day,
                "status_since": day,
            } | columns
            db.session.add(ActionItem(code=code, text_id="Tugas", **values))
        since = date(2020, 10, 22)
        deferred = {
            "status": ProposalStatus.DEFERRED,
            "status_since": since,
            "raised_on": since,
            "raised_in_id": 1,
            "revisit_on": soon,
        }
        db.session.add(Proposal(code="U-2020-901", title_id="Tunda", gist_id="Tunda", **deferred))
        db.session.commit()
    return [code for code, _ in columns_by_code] + ["U-2020-901"]


def test_if_the_usual_day_is_a_day_off_the_working_days_around_it_are_offered(visit: Visitor) -> None:
    page = visit.as_(REVIEWER).get(f"{WEEK}/open")

    assert [option["value"] for option in page.soup.select("[name=held_on]")] == [
        "2020-10-28",
        "2020-10-27",
        "2020-10-26",
    ]
    assert all(f"{day} 2020" in page.text_of(".note") for day in ("27 Oktober", "2 November"))
    with time_machine.travel(datetime(2020, 11, 2, 8, tzinfo=Zone.WIB.info), tick=False):
        later = visit.as_(REVIEWER).get(f"{WEEK}/open")
        assert later.soup.select_one("[name=held_on][checked]")["value"] == HELD.isoformat()
    assert all(f"{day} Oktober 2020" in page.text_of(".note") for day in (28, 29, 30))
    assert "31 Oktober" not in page.text_of(".note")


def test_the_queue_is_sorted_and_its_counts_equal_its_rows(visit: Visitor, session: Session, codes: list[str]) -> None:
    with time_machine.travel(datetime(2020, 11, 2, 8, tzinfo=Zone.WIB.info), tick=False):
        browser = visit.as_(REVIEWER)
        page = browser.get(f"{WEEK}/open")
        page = browser.follow(browser.submit(page, f"{WEEK}/open", held_on=HELD.isoformat()))
        check_order_and_counts(browser, page, session, codes)


def check_order_and_counts(browser: Visitor, page: Page, session: Session, codes: list[str]) -> None:

    queue = session.scalars(select(ReviewItem).where(ReviewItem.position.is_not(None)).order_by(ReviewItem.position))
    items = [(row.queue_group, session.get(ActionItem, row.action_id) if row.action_id else session.get(
        Proposal, row.proposal_id)) for row in queue.all()]  # fmt: skip
    waiting = [subject.code for group, subject in items if group == "only_submitted"]
    assert [group for group, _ in items] == ORDER + ["only_submitted"] * len(waiting)
    assert [subject.code for _, subject in items[: len(codes)]] == codes
    assert waiting == [f"U-2020-00{number}" for number in range(1, 6)]

    rows = page.soup.select("#queue tbody tr")
    assert rows[-1].get_text(" ", strip=True).startswith("Masih diajukan, belum ada tindak lanjut")
    for row in rows:
        listed = browser.get(row.select_one("a")["href"])
        assert len(listed.soup.select("tbody tr")) == int(row.select_one(".num").text.split()[0])
    assert sum(int(row.select_one(".num").text.split()[0]) for row in rows) == len(items)
