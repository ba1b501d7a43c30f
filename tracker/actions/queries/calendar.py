"""Questions of the calendar of due dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select

from tracker.actions.models import ActionItem
from tracker.actions.queries.matrix import ActionFilter, asked
from tracker.core.db import db

#: More than this are not listed in the square of one day; their number is, and leads to all of them.
SHOWN_A_DAY = 4


@dataclass(frozen=True)
class DueDay:
    """How many actions are due on a day, and the first of them."""

    count: int
    first: Sequence[ActionItem]


def due_by_day(wanted: ActionFilter, first: date, last: date, today: date) -> dict[date, DueDay]:
    """What is due on each day from the one to the other, of what the filter lets through; one statement."""
    day, wanted_days = ActionItem.due_on, ActionItem.due_on.between(first, last)
    place = func.row_number().over(partition_by=day, order_by=ActionItem.id).label("place")
    count = func.count().over(partition_by=day).label("count")
    question = asked(wanted, today).where(wanted_days).order_by(None)
    ranked = question.with_only_columns(ActionItem.id, place, count).subquery()
    shown = select(ActionItem, ranked.c.count).join(ranked, ranked.c.id == ActionItem.id)
    rows = db.session.execute(shown.where(ranked.c.place <= SHOWN_A_DAY).order_by(day, ActionItem.id)).all()
    of_days = {due_on: list(some) for due_on, some in groupby(rows, key=lambda row: row[0].due_on)}
    return {due_on: DueDay(some[0][1], [row[0] for row in some]) for due_on, some in of_days.items()}
