"""One target with what its page shows, and related targets."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.calendar.periods.models import Period
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.targets import rules
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.queries.every_kind import ANY, VALUES
from tracker.targets.rules import Doubt, TargetKind, TargetState


def target(target_id: int, *, to_change: bool = False) -> Target:
    if to_change:  # separate statement: rows of an outer join that may be null cannot be locked
        db.session.execute(select(Target.id).filter_by(id=target_id).with_for_update())
    loaded = (
        joinedload(ANY.owner_unit),
        joinedload(ANY.Objective.document),
        joinedload(ANY.Objective.parent),
        joinedload(ANY.Indicator.document),
        joinedload(ANY.Indicator.objective),
        joinedload(ANY.Indicator.scheme),
        joinedload(ANY.TargetDocument.supersedes),
        joinedload(ANY.Indicator.values).joinedload(IndicatorValue.period),
    )
    query = select(ANY).where(ANY.id == target_id).options(*loaded)
    row = db.session.scalars(query).unique().one_or_none()
    if row is None:
        raise NotFound
    return row


def indicator(target_id: int, *, to_change: bool = False) -> Indicator:
    row = target(target_id, to_change=to_change)
    if not isinstance(row, Indicator):
        raise NotFound
    return row


def measured(target_ids: Collection[int]) -> Mapping[int, Indicator]:
    """The indicators among these targets with their values, by id."""
    if not target_ids:
        return {}
    values = joinedload(Indicator.values).joinedload(IndicatorValue.period)
    query = select(Indicator).where(Indicator.id.in_(target_ids)).options(values)
    return {row.id: row for row in db.session.scalars(query).unique()}


def document(target_id: int, *, to_change: bool = False) -> TargetDocument:
    row = target(target_id, to_change=to_change)
    if not isinstance(row, TargetDocument):
        raise NotFound
    return row


def value(value_id: int, *, to_change: bool = False) -> IndicatorValue:
    query = select(IndicatorValue).filter_by(id=value_id).options(selectinload(IndicatorValue.period))
    row = db.session.scalar(query.with_for_update(of=IndicatorValue) if to_change else query)
    if row is None:
        raise NotFound
    return row


def doubts(
    indicator: Indicator, values: Mapping[str, Decimal | None], year: int, period_id: int, today: date
) -> list[tuple[str, Doubt]]:
    """(field, doubt) for the new values of a period. Expects the other values to be loaded."""
    query = select(Period.id, Period.last_month).where(Period.scheme_id == indicator.scheme_id)
    ends = {row.id: row.last_month for row in db.session.execute(query)}
    moment = (year, ends[period_id], period_id)
    measured = sorted(
        ((other.year, ends[other.period_id], other.period_id), other.actual_value)
        for other in indicator.values if other.actual_value is not None
    )  # fmt: skip
    earlier = [actual for when, actual in measured if when < moment]
    return rules.doubts(
        values, unit_of_measure=indicator.unit_of_measure, former=earlier,
        ends_on=rules.period_end(year, ends[period_id]), today=today,
    )  # fmt: skip


def several(target_ids: Sequence[int]) -> Sequence[Target]:
    return db.session.scalars(select(Target).where(Target.id.in_(target_ids))).all() if target_ids else []


def document_of(target: Target) -> TargetDocument | None:
    if target.kind is TargetKind.DOCUMENT:
        return cast(TargetDocument, target)
    return cast(Objective | Indicator, target).document


def relatives(of: Target) -> Sequence[Target]:
    """Its versions (including itself) and its direct children."""
    kin = or_(
        ANY.id == of.lineage,
        ANY.origin_id == of.lineage,
        ANY.Objective.document_id == of.id,
        ANY.Objective.parent_id == of.id,
        ANY.Indicator.document_id == of.id,
        ANY.Indicator.objective_id == of.id,
    )
    loaded = (joinedload(ANY.Objective.document), joinedload(ANY.Indicator.document))
    return db.session.scalars(select(ANY).where(kin).options(*loaded).order_by(ANY.id)).all()


def below(of: Target) -> Sequence[Target]:
    """All descendants of a document or objective within its document."""
    if of.kind is TargetKind.INDICATOR:
        return []
    if of.kind is TargetKind.DOCUMENT:
        return parts_of(of.id)
    document = document_of(of)
    descendants: dict[int, Target] = {}
    parts = parts_of(document.id) if document else _without_document()
    for part in parts:  # objectives come before their children
        above = part.parent_id if isinstance(part, Objective) else part.objective_id
        if above == of.id or above in descendants:
            descendants[part.id] = part
    return list(descendants.values())


def in_force_instead_of(target: Target, versions: Iterable[Target]) -> Target | None:
    """The version in force if the document is superseded; otherwise, or if none is in force, None."""
    if not is_superseded(target):
        return None
    enacted = (version for version in versions if (home := document_of(version)) and home.state is TargetState.ENACTED)
    return next(enacted, None)


def is_superseded(target: Target) -> bool:
    document = document_of(target)
    return document is not None and document.state is TargetState.SUPERSEDED


def successor_of(document_id: int) -> TargetDocument | None:
    """The next edition of a document, draft or not."""
    return db.session.scalar(select(TargetDocument).filter_by(supersedes_id=document_id))


def successors(old: TargetDocument, new: TargetDocument) -> dict[int, Target]:
    """Targets of the new edition by the id of their version in the old one."""
    after = {part.lineage: part for part in parts_of(new.id)}
    successor_by_id: dict[int, Target] = {
        part.id: after[part.lineage] for part in parts_of(old.id) if part.lineage in after
    }
    return {old.id: new, **successor_by_id}


def versions_in_force(target_ids: Collection[int]) -> dict[int, Target]:
    """Versions in force by the id of the superseded target."""
    if not target_ids:
        return {}
    return {row[0]: row[1] for row in db.session.execute(_in_force(), {"superseded": list(target_ids)})}


@cache
def _in_force() -> Select[int, Target]:
    old, new = aliased(Target, name="superseded"), ANY
    kin = func.coalesce(old.origin_id, old.id)
    home = aliased(TargetDocument, name="home", flat=True)
    homes = select(home.id).where(home.state == TargetState.ENACTED)
    is_enacted = or_(new.id.in_(homes), new.Objective.document_id.in_(homes), new.Indicator.document_id.in_(homes))
    return (
        select(old.id, new)
        .join(new, func.coalesce(new.origin_id, new.id) == kin)
        .where(old.id.in_(bindparam("superseded", expanding=True)), old.superseded_edition.is_not(None), is_enacted)
    )


def _without_document() -> Sequence[Objective | Indicator]:
    return _parts(
        or_(
            and_(ANY.kind == TargetKind.OBJECTIVE, ANY.Objective.document_id.is_(None)),
            and_(ANY.kind == TargetKind.INDICATOR, ANY.Indicator.document_id.is_(None)),
        )
    )


def parts_of(document_id: int) -> Sequence[Objective | Indicator]:
    """Parts of a document, objectives before their children."""
    return _parts(or_(ANY.Objective.document_id == document_id, ANY.Indicator.document_id == document_id))


def _parts(criterion: ColumnElement[bool]) -> Sequence[Objective | Indicator]:
    loaded = (VALUES, joinedload(ANY.owner_unit))
    parts = db.session.scalars(select(ANY).where(criterion).options(*loaded).order_by(ANY.id)).all()
    return cast(Sequence[Objective | Indicator], parts)
