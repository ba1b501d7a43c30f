"""S9: the list of a week whose habitual day is a day off, in its fixed order, with counts that are its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reviews.sitting import forget_sittings
from tests.visitor import REVIEWER, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.clock import JAKARTA
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
    forget_sittings(session)
    app.extensions["settings"] = replace(app.extensions["settings"], review_weekday=WEDNESDAY)
    with time_machine.travel(datetime(2020, 10, 28, 8, tzinfo=JAKARTA), tick=False):
        yield


@pytest.fixture
def things(app: Flask) -> list[str]:
    """One thing or two for each group, in the order in which the list has them, put in from the last to the first."""
    soon, later = date(2020, 11, 3), date(2020, 12, 1)
    wanted = [
        ("A-2020-901", {"due_on": date(2020, 10, 1)}), ("A-2020-902", {"due_on": date(2020, 10, 20)}),
        ("A-2020-903", {"due_on": soon}),
        ("A-2020-904", {"due_on": later, "pic_id": None, "assigned_on": date(2020, 10, 21)}),
        ("A-2020-905", {"due_on": None}), ("A-2020-906", {"due_on": later, "assigned_on": date(2020, 10, 5)}),
        ("A-2020-907", {"due_on": later, "status": ActionStatus.AWAITING_VERIFICATION}),
    ]  # fmt: skip
    with app.app_context(), unrestricted():
        for code, given in reversed(wanted):
            day = given.pop("assigned_on", HELD - timedelta(days=10))
            known = {
                "proposal_id": 1,
                "pic_id": 1,
                "original_due_on": given["due_on"],
                "assigned_on": day,
                "status_since": day,
            } | given
            db.session.add(ActionItem(code=code, text_id="Tugas", **known))
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
    return [code for code, _ in wanted] + ["U-2020-901"]


def test_a_habitual_day_off_is_named_and_the_working_days_around_it_are_offered(visit: Visitor) -> None:
    page = visit.as_(REVIEWER).get(f"{WEEK}/open")

    assert [one["value"] for one in page.soup.select("[name=held_on]")] == ["2020-10-28", "2020-10-27", "2020-10-26"]
    assert all(f"{day} 2020" in page.text_of(".note") for day in ("27 Oktober", "2 November"))
    with time_machine.travel(datetime(2020, 11, 2, 8, tzinfo=JAKARTA), tick=False):
        later = visit.as_(REVIEWER).get(f"{WEEK}/open")
        assert later.soup.select_one("[name=held_on][checked]")["value"] == HELD.isoformat()
    assert all(f"{day} Oktober 2020" in page.text_of(".note") for day in (28, 29, 30))
    assert "31 Oktober" not in page.text_of(".note")


def test_the_list_has_its_order_and_its_counts_are_its_rows(
    visit: Visitor, session: Session, things: list[str]
) -> None:
    with time_machine.travel(datetime(2020, 11, 2, 8, tzinfo=JAKARTA), tick=False):
        browser = visit.as_(REVIEWER)
        page = browser.get(f"{WEEK}/open")
        page = browser.follow(browser.submit(page, f"{WEEK}/open", held_on=HELD.isoformat()))
        the_order_and_counts_hold(browser, page, session, things)


def the_order_and_counts_hold(browser: Visitor, page: Page, session: Session, things: list[str]) -> None:

    queue = session.scalars(select(ReviewItem).where(ReviewItem.position.is_not(None)).order_by(ReviewItem.position))
    found = [(row.queue_group, session.get(ActionItem, row.action_id) if row.action_id else session.get(
        Proposal, row.proposal_id)) for row in queue.all()]  # fmt: skip
    waiting = [thing.code for group, thing in found if group == "only_submitted"]
    assert [group for group, _ in found] == ORDER + ["only_submitted"] * len(waiting)
    assert [thing.code for _, thing in found[: len(things)]] == things
    assert waiting == [f"U-2020-00{number}" for number in range(1, 6)]

    rows = page.soup.select("#queue tbody tr")
    assert rows[-1].get_text(" ", strip=True).startswith("Masih diajukan, belum ada tindak lanjut")
    for row in rows:
        listed = browser.get(row.select_one("a")["href"])
        assert len(listed.soup.select("tbody tr")) == int(row.select_one(".number").get_text())
    assert sum(int(row.select_one(".number").get_text()) for row in rows) == len(found)
