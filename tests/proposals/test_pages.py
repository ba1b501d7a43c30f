"""Pages of proposals for those who may not record them, and of their steps."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, SECRETARIAT, Visitor
from tracker.core import clock
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database


def test_who_may_not_add_a_proposal_is_shown_the_check_for_earlier_ones(visit: Visitor) -> None:
    page = visit.as_(ADVISER).get("/proposals/new", 404)

    assert "/proposals/proposed-before" in page.links


def test_a_step_of_long_ago_asks_for_its_day(visit: Visitor, session: Session) -> None:
    number = session.scalar(
        select(Proposal.id).where(Proposal.status == "submitted", Proposal.classification == "ordinary").limit(1)
    )
    place = f"/proposals/{number}/move/under_discussion"
    usual = visit.as_(SECRETARIAT).get(place).soup.select_one("[name=on]").get("value")
    today = clock.today()
    session.execute(update(Proposal).filter_by(id=number).values(history_until=today - timedelta(days=5)))
    session.commit()

    assert usual == today.isoformat()
    assert not visit.as_(SECRETARIAT).get(place).soup.select_one("[name=on]").get("value")
