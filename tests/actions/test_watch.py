"""SQL and Python call the same actions overdue and due soon, on any day, at any time of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, Visitor
from tracker.actions import queries
from tracker.actions.models import ActionItem
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import OPEN
from tracker.core import clock
from tracker.core.db import db
from tracker.core.visibility import unrestricted

#: The day before three days off in a row and the first of them, before Eid, an ordinary day, the end of a year.
DAYS = [date(2020, 10, 27), date(2020, 10, 28), date(2026, 3, 18), date(2026, 7, 1), date(2026, 12, 31)]


@pytest.mark.parametrize("today", DAYS)
def test_the_list_and_the_row_agree(app: Flask, today: date) -> None:
    with app.test_request_context(), unrestricted():
        for number, action in enumerate(db.session.scalars(select(ActionItem).order_by(ActionItem.id))):
            action.original_due_on = action.due_on = today + timedelta(days=number % 31 - 12)
        db.session.flush()
        until = queries.soon_until(today)
        every = db.session.scalars(select(ActionItem)).all()

        expected = {
            "overdue": {action.id for action in every if action.is_overdue(today)},
            "due_soon": {action.id for action in every if action.is_due_soon(today, until)},
        }
        for watch, numbers in expected.items():
            found = {action.id for action in db.session.scalars(queries.asked(ActionFilter(watch=watch), today))}
            assert found == numbers != set(), watch


def test_it_is_late_at_midnight_in_jakarta_and_not_a_second_before(visit: Visitor, session: Session) -> None:
    today = clock.today()
    action = session.scalars(select(ActionItem).where(
        ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary").limit(1)).one()  # fmt: skip
    action.due_on = action.original_due_on = today
    session.commit()
    path = f"/actions/{action.id}"
    midnight = datetime(today.year, today.month, today.day, 17, tzinfo=UTC)

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        before = visit.as_(READER).get(path).text_of(".page-meta")
    with time_machine.travel(midnight, tick=False):
        after = visit.as_(READER).get(path).text_of(".page-meta")

    assert ("terlambat" in before, "terlambat" in after) == (False, True)
