"""Queries for the calendar of meetings and due dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.actions.queries.matrix import ActionFilter, filtered
from tracker.calendar.holidays.rules import IsoWeek, week_of
from tracker.core.db import db

#: The month lists at most this many actions per day, the weeks at most so many, and link to the rest.
SHOWN_A_DAY, SHOWN_A_DAY_IN_WEEKS = 4, 12
#: At most this many overdue actions are listed.
SHOWN_LATE = 5


@dataclass(frozen=True)
class DueDay:
    count: int
    first: Sequence[ActionItem]


def due_by_day(
    filters: ActionFilter, first: date, last: date, today: date, shown_a_day: int = SHOWN_A_DAY
) -> dict[date, DueDay]:
    """Actions that match the filter by due date, from `first` to `last` inclusive."""
    day = ActionItem.due_on
    rank = func.row_number().over(partition_by=day, order_by=ActionItem.id).label("rank")
    count = func.count().over(partition_by=day).label("count")
    query = filtered(filters, today).where(day.between(first, last)).order_by(None)
    ranked = query.with_only_columns(ActionItem.id, rank, count).subquery()
    shown = select(ActionItem, ranked.c.count).join(ranked, ranked.c.id == ActionItem.id)
    shown = shown.options(joinedload(ActionItem.pic))
    rows = db.session.execute(shown.where(ranked.c.rank <= shown_a_day).order_by(day, ActionItem.id)).all()
    by_day = {due_on: list(group) for due_on, group in groupby(rows, key=lambda row: row[0].due_on)}
    return {due_on: DueDay(group[0][1], [row[0] for row in group]) for due_on, group in by_day.items()}


def overdue(filters: ActionFilter, today: date) -> DueDay:
    """Open actions that match the filter and are past their due date, the longest first."""
    query = _open(filters, today).where(ActionItem.is_past_due(today))
    of_all = query.with_only_columns(ActionItem.id, func.count().over().label("count")).subquery()
    shown = select(ActionItem, of_all.c.count).join(of_all, of_all.c.id == ActionItem.id)
    shown = shown.options(joinedload(ActionItem.pic)).order_by(ActionItem.due_on, ActionItem.id).limit(SHOWN_LATE)
    rows = db.session.execute(shown).all()
    return DueDay(rows[0][1] if rows else 0, [row[0] for row in rows])


def open_by_week(filters: ActionFilter, weeks: Sequence[IsoWeek], today: date) -> dict[IsoWeek, int]:
    """How many open actions that match the filter are due in each of these weeks, which follow one another."""
    query = _open(filters, today).where(ActionItem.due_on.between(weeks[0].monday, weeks[-1].sunday))
    counted = db.session.execute(query.with_only_columns(ActionItem.due_on, func.count()).group_by(ActionItem.due_on))
    counts = dict.fromkeys(weeks, 0)
    for due_on, count in counted:
        if due_on:
            counts[week_of(due_on)] += count
    return counts


def _open(filters: ActionFilter, today: date) -> Select[ActionItem]:
    return filtered(filters, today).where(ActionItem.is_unfinished()).order_by(None)
