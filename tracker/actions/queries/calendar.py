"""Queries for the calendar of due dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select

from tracker.actions.models import ActionItem
from tracker.actions.queries.matrix import ActionFilter, filtered
from tracker.core.db import db

#: The calendar lists at most this many actions per day, and links to the rest.
SHOWN_A_DAY = 4


@dataclass(frozen=True)
class DueDay:
    count: int
    first: Sequence[ActionItem]


def due_by_day(filters: ActionFilter, first: date, last: date, today: date) -> dict[date, DueDay]:
    """Actions that match the filter by due date, from `first` to `last` inclusive."""
    day = ActionItem.due_on
    rank = func.row_number().over(partition_by=day, order_by=ActionItem.id).label("rank")
    count = func.count().over(partition_by=day).label("count")
    query = filtered(filters, today).where(day.between(first, last)).order_by(None)
    ranked = query.with_only_columns(ActionItem.id, rank, count).subquery()
    shown = select(ActionItem, ranked.c.count).join(ranked, ranked.c.id == ActionItem.id)
    rows = db.session.execute(shown.where(ranked.c.rank <= SHOWN_A_DAY).order_by(day, ActionItem.id)).all()
    by_day = {due_on: list(group) for due_on, group in groupby(rows, key=lambda row: row[0].due_on)}
    return {due_on: DueDay(group[0][1], [row[0] for row in group]) for due_on, group in by_day.items()}
