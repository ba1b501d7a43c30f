"""Figures over all actions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select

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


@dataclass(frozen=True)
class OnTime:
    """How many of the promises that are due were met: completed in time, of those completed or open past their date."""

    met: int
    due: int

    @property
    def percent(self) -> int | None:
        """None where nothing is due; rounded down, so that 100 means every one."""
        return 100 * self.met // self.due if self.due else None


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """How a unit keeps its promises, by the first date of each action and by the last."""

    unit: OrgUnit | None
    unfinished: int
    overdue: int
    first: OnTime
    last: OnTime


def by_unit(today: date) -> list[UnitFigures]:
    """Open, overdue and on time for each responsible unit, of what the viewer may see."""
    is_open, is_done = ActionItem.status.in_(OPEN), ActionItem.status == ActionStatus.COMPLETED
    counted = [is_open, and_(is_open, ActionItem.due_on < today)]
    for promised in (ActionItem.original_due_on, ActionItem.due_on):
        is_due = or_(and_(is_done, promised.is_not(None)), and_(is_open, promised < today))
        counted += [and_(is_done, ActionItem.closed_on <= promised), is_due]
    sums = [func.sum(case((one, 1), else_=0)) for one in counted]
    question = select(ActionItem.responsible_unit_id, *sums).group_by(ActionItem.responsible_unit_id)
    units = {unit.id: unit for unit in db.session.scalars(select(OrgUnit).order_by(OrgUnit.id))}
    found = [
        UnitFigures(unit=units.get(unit_id or 0), unfinished=a, overdue=b, first=OnTime(c, d), last=OnTime(e, f))
        for unit_id, a, b, c, d, e, f in db.session.execute(question)
    ]
    return sorted(found, key=lambda row: (-row.overdue, -row.unfinished, row.unit.id if row.unit else 0))


@dataclass(frozen=True)
class Charge:
    """How many open actions there are, and how many of them are overdue."""

    unfinished: int = 0
    overdue: int = 0

    def __add__(self, other: "Charge") -> "Charge":
        return Charge(self.unfinished + other.unfinished, self.overdue + other.overdue)


@dataclass(frozen=True)
class Charges:
    """What units answer for, by the id of each: of its own, and with all the units below it."""

    own: Mapping[int, Charge]
    with_below: Mapping[int, Charge]


def charges(today: date) -> Charges:
    """The open actions of each unit, of what the viewer may see."""
    counts = func.count(), func.sum(case((ActionItem.due_on < today, 1), else_=0))
    question = select(ActionItem.responsible_unit_id, *counts).where(
        ActionItem.is_unfinished(), ActionItem.responsible_unit_id.is_not(None)
    )
    found = db.session.execute(question.group_by(ActionItem.responsible_unit_id))
    own = defaultdict(Charge, {unit_id: Charge(open_, overdue) for unit_id, open_, overdue in found})
    parents: dict[int, int | None] = dict(iter(db.session.execute(select(OrgUnit.id, OrgUnit.parent_id))))
    whole: defaultdict[int, Charge] = defaultdict(Charge)
    for unit_id, charge in own.items():
        above: int | None = unit_id
        while above is not None:
            whole[above] += charge
            above = parents.get(above)
    return Charges(own, whole)
