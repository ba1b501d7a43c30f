"""Figures over all actions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.db import db
from tracker.people.models import OrgUnit


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """How many actions nobody is in charge of, have no date, and wait for verification."""

    no_pic: int
    no_due_date: int
    awaiting_verification: int


def gaps() -> Gaps:
    """The counts of what a reviewer looks after, of what the viewer may see."""
    wanted = {
        "no_pic": ActionItem.pic_id.is_(None),
        "no_due_date": ActionItem.due_on.is_(None),
        "awaiting_verification": ActionItem.status == ActionStatus.AWAITING_VERIFICATION,
    }
    counts = [func.coalesce(func.sum(case((one, 1), else_=0)), 0).label(name) for name, one in wanted.items()]
    found = db.session.execute(select(*counts).where(ActionItem.is_unfinished())).one()
    return Gaps(**{name: int(count) for name, count in found._mapping.items()})


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """How a unit keeps its promises; a rate is None where nothing completed had a due date."""

    unit: OrgUnit | None
    unfinished: int
    overdue: int
    #: Completed actions that had a due date, and those of them in time for the first and for the last promise.
    completed: int
    in_time_first: int
    in_time_last: int

    def rate(self, in_time: int) -> int | None:
        """Percent of the completed ones; never 0 for want of any."""
        return round(100 * in_time / self.completed) if self.completed else None


def by_unit(today: date) -> list[UnitFigures]:
    """Open, overdue and on time for each responsible unit, of what the viewer may see."""
    is_open, has_date = ActionItem.status.in_(OPEN), ActionItem.due_on.is_not(None)
    is_done = and_(ActionItem.status == ActionStatus.COMPLETED, has_date)
    counted = (
        is_open,
        and_(is_open, ActionItem.due_on < today),
        is_done,
        and_(is_done, ActionItem.closed_on <= ActionItem.original_due_on),
        and_(is_done, ActionItem.closed_on <= ActionItem.due_on),
    )
    sums = [func.sum(case((one, 1), else_=0)) for one in counted]
    question = select(ActionItem.responsible_unit_id, *sums).group_by(ActionItem.responsible_unit_id)
    units = {unit.id: unit for unit in db.session.scalars(select(OrgUnit).order_by(OrgUnit.id))}
    found = [
        UnitFigures(unit=units.get(unit_id or 0), unfinished=a, overdue=b, completed=c, in_time_first=d, in_time_last=e)
        for unit_id, a, b, c, d, e in db.session.execute(question)
    ]
    return sorted(found, key=lambda row: (-row.overdue, -row.unfinished, row.unit.id if row.unit else 0))
