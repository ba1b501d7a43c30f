"""Questions about targets."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import selectin_polymorphic, selectinload

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.wording import in_words
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import TargetKind

_ALL_KINDS = selectin_polymorphic(Target, [TargetDocument, Objective, Indicator])


def target(target_id: int, *, to_change: bool = False) -> Target:
    """One target of any kind, with what its page shows."""
    loaded = (
        _ALL_KINDS,
        selectinload(Target.owner_unit),
        selectinload(Objective.document),
        selectinload(Objective.parent),
        selectinload(Indicator.document),
        selectinload(Indicator.objective),
        selectinload(Indicator.values),
        selectinload(TargetDocument.supersedes),
    )
    question = select(Target).filter_by(id=target_id).options(*loaded)
    found = db.session.scalar(question.with_for_update(of=Target) if to_change else question)
    if found is None:
        raise NotFound
    return found


def value(value_id: int, *, to_change: bool = False) -> IndicatorValue:
    """The values of one indicator in one period."""
    question = select(IndicatorValue).filter_by(id=value_id)
    found = db.session.scalar(question.with_for_update(of=IndicatorValue) if to_change else question)
    if found is None:
        raise NotFound
    return found


def everything() -> Sequence[Target]:
    """All targets of all kinds, for the cascade."""
    return db.session.scalars(
        select(Target).options(_ALL_KINDS, selectinload(Target.owner_unit)).order_by(Target.id)
    ).all()


def several(target_ids: Sequence[int]) -> Sequence[Target]:
    """These targets."""
    return db.session.scalars(select(Target).where(Target.id.in_(target_ids))).all() if target_ids else []


def target_choices() -> list[tuple[int, str]]:
    """(number, name) of every target."""
    return [(known.id, in_words(known, "name")) for known in db.session.scalars(select(Target).order_by(Target.id))]


def document_choices() -> list[tuple[int, str]]:
    """(number, name) of every target document."""
    found = db.session.scalars(select(TargetDocument).order_by(TargetDocument.year_from.desc(), TargetDocument.id))
    return [(known.id, in_words(known, "name")) for known in found]


def objective_choices(except_id: int | None = None) -> list[tuple[int, str]]:
    """(number, name) of every objective."""
    found = db.session.scalars(select(Objective).order_by(Objective.id))
    return [(known.id, in_words(known, "name")) for known in found if known.id != except_id]


def document_of(target: Target) -> TargetDocument | None:
    """The document a target belongs to."""
    if target.kind is TargetKind.DOCUMENT:
        return cast(TargetDocument, target)
    return cast(Objective | Indicator, target).document
