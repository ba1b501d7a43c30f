"""Counts of actions. All of them count only what the viewer may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all

from tracker.actions import tallies
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.tallies import Tally
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
        "overdue": ActionItem.is_past_due(today),
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

    def __add__(self, other: "OnTime") -> "OnTime":
        return OnTime(self.met + other.met, self.due + other.due)

    @property
    def percent(self) -> int | None:
        """None if nothing is due. Rounded down, so that 100 means all of them."""
        return 100 * self.met // self.due if self.due else None


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    unit: OrgUnit | None = None
    unfinished: int = 0
    overdue: int = 0
    #: By their first promised due date.
    first: OnTime = OnTime(0, 0)
    #: By their current due date.
    last: OnTime = OnTime(0, 0)

    def __add__(self, other: "UnitFigures") -> "UnitFigures":
        return UnitFigures(
            unit=self.unit, unfinished=self.unfinished + other.unfinished, overdue=self.overdue + other.overdue,
            first=self.first + other.first, last=self.last + other.last,
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        return not self.unfinished and not self.last.due

    @property
    def met(self) -> int:
        """Completed by their last due date."""
        return self.last.met

    @property
    def late(self) -> int:
        """Completed after it."""
        return self.last.due - self.last.met - self.overdue


def by_unit(today: date) -> list[UnitFigures]:
    """Of each unit with actions alone."""
    return sorted(_figures(today, _units(), None).values(), key=_most_overdue)


@dataclass(frozen=True, kw_only=True)
class UnitNode:
    """A unit with what is its own, and the total with all units below it."""

    unit: OrgUnit
    level: int
    own: UnitFigures
    total: UnitFigures
    #: Whether a unit below it has actions.
    has_below: bool


@dataclass(frozen=True)
class UnitTree:
    """Units with actions, each above those below it; what no unit is responsible for; and the sum of all."""

    nodes: Sequence[UnitNode]
    without: UnitFigures
    total: UnitFigures


def unit_tree(today: date, top: OrgUnit | None = None) -> UnitTree:
    """All units, or the unit `top` with those below it."""
    units = _units()
    children: defaultdict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in units.values():
        children[unit.parent_id].append(unit)
    own = _figures(today, units, _with_those_below(top, children) if top else None)

    tops = [top] if top else children[None]
    trees = _sorted_nodes(tops, 0, children, own)
    without = UnitFigures() if top else own.get(None) or UnitFigures()
    total = sum((nodes[0].total for nodes in trees), without)
    return UnitTree([node for nodes in trees for node in nodes], without, total)


def _sorted_nodes(
    units: Iterable[OrgUnit], level: int, children: Mapping[int | None, Sequence[OrgUnit]],
    own: Mapping[int | None, UnitFigures],
) -> list[list[UnitNode]]:  # fmt: skip
    """For each unit with actions its node and those below it, the most overdue first."""
    trees = (_nodes_of(unit, level, children, own) for unit in units)
    return sorted((nodes for nodes in trees if nodes), key=lambda nodes: _most_overdue(nodes[0].total))


def _nodes_of(
    unit: OrgUnit, level: int, children: Mapping[int | None, Sequence[OrgUnit]],
    own: Mapping[int | None, UnitFigures],
) -> list[UnitNode]:  # fmt: skip
    below = _sorted_nodes(children.get(unit.id, ()), level + 1, children, own)
    figures = own.get(unit.id) or UnitFigures(unit=unit)
    total = sum((nodes[0].total for nodes in below), figures)
    if total.is_empty:
        return []
    node = UnitNode(unit=unit, level=level, own=figures, total=total, has_below=bool(below))
    return [node, *(node for nodes in below for node in nodes)]


def _most_overdue(row: UnitFigures) -> tuple[int, int, int]:
    return -row.overdue, -row.unfinished, row.unit.id if row.unit else 0


def _units() -> dict[int, OrgUnit]:
    return {unit.id: unit for unit in db.session.scalars(select(OrgUnit).order_by(OrgUnit.id))}


def _with_those_below(unit: OrgUnit, children: Mapping[int | None, Sequence[OrgUnit]]) -> list[int]:
    return [unit.id, *(number for below in children.get(unit.id, ()) for number in _with_those_below(below, children))]


def _figures(today: date, units: Mapping[int, OrgUnit], among: Sequence[int] | None) -> dict[int | None, UnitFigures]:
    """By unit with actions: of all units and of none, or of the units with these ids."""
    parts = union_all(_tallied(today, among), _due_this_month(today, among), _classified(today, among)).subquery()
    unit_id, *counts = parts.c
    sums = select(unit_id, *(func.sum(count) for count in counts)).group_by(unit_id)
    return {
        unit_id or None: UnitFigures(
            unit=units.get(unit_id),
            unfinished=int(unfinished),
            overdue=int(overdue),
            first=OnTime(int(first_met), int(first_done + first_overdue)),
            last=OnTime(int(last_met), int(last_done + overdue)),
        )
        for unit_id, unfinished, overdue, first_overdue, first_done, first_met, last_done, last_met
        in db.session.execute(sums)
    }  # fmt: skip


def _tallied(today: date, among: Sequence[int] | None) -> Select[Any]:
    """What ordinary actions count for by the end of last month."""
    until = _month_begun(today)
    earlier_years = and_(Tally.bucket != "", Tally.bucket < f"{until:%Y}")
    earlier_months = and_(Tally.bucket >= f"{until:%Y}01", Tally.bucket < f"{until:%Y%m}")

    def overdue(by_year: str, by_month: str) -> ColumnElement[bool]:
        return or_(and_(Tally.kind == by_year, earlier_years), Tally.kind == by_month)

    done = (tallies.UNIT_FIRST_DONE, tallies.UNIT_FIRST_MET, tallies.UNIT_DONE, tallies.UNIT_MET)
    in_month = (tallies.UNIT_DUE_IN_MONTH, tallies.UNIT_FIRST_DUE_IN_MONTH)
    criteria = (
        Tally.kind == tallies.UNIT_DUE, overdue(tallies.UNIT_DUE, tallies.UNIT_DUE_IN_MONTH),
        overdue(tallies.UNIT_FIRST_DUE, tallies.UNIT_FIRST_DUE_IN_MONTH), *(Tally.kind == kind for kind in done),
    )  # fmt: skip
    sums = _named_counts(func.sum(case((criterion, Tally.count), else_=0)) for criterion in criteria)
    whole = (*done, tallies.UNIT_DUE, tallies.UNIT_FIRST_DUE)
    read = or_(Tally.kind.in_(whole), and_(Tally.kind.in_(in_month), earlier_months))
    query = select(Tally.subject_id.label("unit_id"), *sums).where(read).group_by(Tally.subject_id)
    return query if among is None else query.where(Tally.subject_id.in_(among))


def _due_this_month(today: date, among: Sequence[int] | None) -> Select[Any]:
    """Ordinary actions that were due since; what month it is in a unit is not asked."""
    parts = [
        select(ActionItem.responsible_unit_id, literal(column == "overdue").label("is_last"))
        .where(ActionItem.is_unfinished(), promised >= _month_begun(today), ActionItem.is_past_due(today, promised))
        .where(ActionItem.classification == Classification.ORDINARY, *_of_units(among))
        for column, promised in (("overdue", ActionItem.due_on), ("first_overdue", ActionItem.original_due_on))
    ]
    since = union_all(*parts).subquery().c
    overdue, first_overdue = (func.sum(case((since.is_last == is_last, 1), else_=0)) for is_last in (True, False))
    nothing = literal(0)
    counts = _named_counts((nothing, overdue, first_overdue, nothing, nothing, nothing, nothing))
    unit_id = func.coalesce(since.responsible_unit_id, 0).label("unit_id")
    return select(unit_id, *counts).group_by(unit_id)


def _classified(today: date, among: Sequence[int] | None) -> Select[Any]:
    is_open, is_done = ActionItem.status.in_(OPEN), ActionItem.status == ActionStatus.COMPLETED
    first, last = ActionItem.original_due_on, ActionItem.due_on
    criteria = (
        is_open, and_(is_open, ActionItem.is_past_due(today)), and_(is_open, ActionItem.is_past_due(today, first)),
        and_(is_done, first.is_not(None)), and_(is_done, ActionItem.closed_on <= first),
        and_(is_done, last.is_not(None)), and_(is_done, ActionItem.closed_on <= last),
    )  # fmt: skip
    sums = _named_counts(func.sum(case((criterion, 1), else_=0)) for criterion in criteria)
    unit_id = func.coalesce(ActionItem.responsible_unit_id, 0).label("unit_id")
    return select(unit_id, *sums).where(ActionItem.is_classified(), *_of_units(among)).group_by(unit_id)


_COUNTS = ("unfinished", "overdue", "first_overdue", "first_done", "first_met", "last_done", "last_met")


def _named_counts(counts: Iterable[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [count.label(name) for name, count in zip(_COUNTS, counts, strict=True)]


def _month_begun(today: date) -> date:
    """The beginning of the month, wherever a unit is: there it may still be yesterday."""
    return (today - timedelta(days=1)).replace(day=1)


def _of_units(among: Sequence[int] | None) -> Sequence[ColumnElement[bool]]:
    return () if among is None else (ActionItem.responsible_unit_id.in_(among),)


@dataclass(frozen=True)
class ServingTarget:
    """Actions of the proposals that affect a target."""

    all: int = 0
    overdue: int = 0


def count_by_target(today: date) -> Mapping[int, ServingTarget]:
    """By the first version of the target, without rejected links."""
    lineage = func.coalesce(Target.origin_id, Target.id)
    late = case((and_(ActionItem.is_unfinished(), ActionItem.is_past_due(today)), ActionItem.id))
    query = (
        select(lineage, func.count(ActionItem.id.distinct()), func.count(late.distinct()))
        .join(TargetLink, TargetLink.proposal_id == ActionItem.proposal_id)
        .join(Target, Target.id == TargetLink.target_id)
        .where(TargetLink.state != LinkState.REJECTED)
        .group_by(lineage)
    )
    return {number: ServingTarget(count, overdue) for number, count, overdue in db.session.execute(query)}
