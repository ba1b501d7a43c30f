"""Counts of actions. All of them count only what the viewer may see."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.db import db
from tracker.people.models import OrgUnit
from tracker.proposals.models import TargetLink
from tracker.proposals.rules import LinkState
from tracker.targets.models import Target


@dataclass(frozen=True, kw_only=True)
class Gaps:
    no_pic: int
    no_due_date: int
    awaiting_verification: int
    overdue: int


def gaps(today: date) -> Gaps:
    criteria = {
        "no_pic": ActionItem.pic_id.is_(None),
        "no_due_date": ActionItem.due_on.is_(None),
        "awaiting_verification": ActionItem.status == ActionStatus.AWAITING_VERIFICATION,
        "overdue": ActionItem.due_on < today,
    }
    counts = [
        func.coalesce(func.sum(case((criterion, 1), else_=0)), 0).label(name) for name, criterion in criteria.items()
    ]
    row = db.session.execute(select(*counts).where(ActionItem.is_unfinished())).one()
    return Gaps(**{name: int(count) for name, count in row._mapping.items()})


@dataclass(frozen=True)
class OnTime:
    """Of the actions that were completed or are open past their due date, how many were completed in time."""

    met: int
    due: int

    @property
    def percent(self) -> int | None:
        """None if nothing is due. Rounded down, so that 100 means all of them."""
        return 100 * self.met // self.due if self.due else None


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    unit: OrgUnit | None
    unfinished: int
    overdue: int
    #: By their first promised due date.
    first: OnTime
    #: By their current due date.
    last: OnTime

    @property
    def met(self) -> int:
        """Completed by their last due date."""
        return self.last.met

    @property
    def late(self) -> int:
        """Completed after it."""
        return self.last.due - self.last.met - self.overdue


def by_unit(today: date) -> list[UnitFigures]:
    is_open, is_done = ActionItem.status.in_(OPEN), ActionItem.status == ActionStatus.COMPLETED
    criteria = [is_open, and_(is_open, ActionItem.due_on < today)]
    for promised in (ActionItem.original_due_on, ActionItem.due_on):
        is_due = or_(and_(is_done, promised.is_not(None)), and_(is_open, promised < today))
        criteria += [and_(is_done, ActionItem.closed_on <= promised), is_due]
    sums = [func.sum(case((criterion, 1), else_=0)) for criterion in criteria]
    query = select(ActionItem.responsible_unit_id, *sums).group_by(ActionItem.responsible_unit_id)
    units = {unit.id: unit for unit in db.session.scalars(select(OrgUnit).order_by(OrgUnit.id))}
    rows = [
        UnitFigures(
            unit=units.get(unit_id or 0),
            unfinished=unfinished,
            overdue=overdue,
            first=OnTime(first_met, first_due),
            last=OnTime(last_met, last_due),
        )
        for unit_id, unfinished, overdue, first_met, first_due, last_met, last_due in db.session.execute(query)
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.unfinished, row.unit.id if row.unit else 0))


@dataclass(frozen=True)
class Workload:
    unfinished: int = 0
    overdue: int = 0

    def __add__(self, other: "Workload") -> "Workload":
        return Workload(self.unfinished + other.unfinished, self.overdue + other.overdue)


@dataclass(frozen=True)
class ServingTarget:
    """Actions of the proposals that affect a target."""

    all: int = 0
    overdue: int = 0


def count_by_target(today: date) -> Mapping[int, ServingTarget]:
    """By the first version of the target, without rejected links."""
    lineage = func.coalesce(Target.origin_id, Target.id)
    late = case((and_(ActionItem.is_unfinished(), ActionItem.due_on < today), ActionItem.id))
    query = (
        select(lineage, func.count(ActionItem.id.distinct()), func.count(late.distinct()))
        .join(TargetLink, TargetLink.proposal_id == ActionItem.proposal_id)
        .join(Target, Target.id == TargetLink.target_id)
        .where(TargetLink.state != LinkState.REJECTED)
        .group_by(lineage)
    )
    return {number: ServingTarget(count, overdue) for number, count, overdue in db.session.execute(query)}


@dataclass(frozen=True)
class Workloads:
    """Workloads by unit id: of the unit alone, and including all units below it."""

    own: Mapping[int, Workload]
    with_below: Mapping[int, Workload]


def workloads(today: date) -> Workloads:
    counts = func.count(), func.sum(case((ActionItem.due_on < today, 1), else_=0))
    query = select(ActionItem.responsible_unit_id, *counts).where(
        ActionItem.is_unfinished(), ActionItem.responsible_unit_id.is_not(None)
    )
    rows = db.session.execute(query.group_by(ActionItem.responsible_unit_id))
    own = defaultdict(Workload, {unit_id: Workload(open_, overdue) for unit_id, open_, overdue in rows})
    parents: dict[int, int | None] = dict(iter(db.session.execute(select(OrgUnit.id, OrgUnit.parent_id))))
    with_below: defaultdict[int, Workload] = defaultdict(Workload)
    for unit_id, workload in own.items():
        ancestor: int | None = unit_id
        while ancestor is not None:
            with_below[ancestor] += workload
            ancestor = parents.get(ancestor)
    return Workloads(own, with_below)
