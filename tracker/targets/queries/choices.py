"""Choices for forms, and periods in use."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from tracker.calendar.periods.models import Period
from tracker.core.choices import Choice, Source
from tracker.core.db import db
from tracker.core.wording import either, gettext, in_words
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import TargetState

_OBJECTIVES, _INDICATORS = Objective.__table__, Indicator.__table__
#: The document of a target, as a target itself.
_DOCUMENT = aliased(Target)


def _targets() -> Select[Any]:
    """Those that are not superseded."""
    return select(Target.id).where(Target.superseded_edition.is_(None))


def _described(ids: Collection[int]) -> Sequence[Choice]:
    return [choice for choice, edition in _with_edition(ids) if edition is None]


def _described_in_any_edition(ids: Collection[int]) -> Sequence[Choice]:
    return [choice for choice, _ in _with_edition(ids)]


def _with_edition(ids: Collection[int]) -> Iterator[tuple[Choice, int | None]]:
    """Each target with the document it belongs to; and its edition where that is superseded."""
    columns = (Target.id, Target.name_id, Target.name_en, Target.code, Target.superseded_edition)
    query = (
        select(*columns, _DOCUMENT.name_id.label("document_id"), _DOCUMENT.name_en.label("document_en"))
        .outerjoin(_OBJECTIVES, _OBJECTIVES.c.id == Target.id)
        .outerjoin(_INDICATORS, _INDICATORS.c.id == Target.id)
        .outerjoin(_DOCUMENT, _DOCUMENT.id == func.coalesce(_OBJECTIVES.c.document_id, _INDICATORS.c.document_id))
        .where(Target.id.in_(ids))
    )
    for row in db.session.execute(query):
        name = name_with_edition(either(row.name_id, row.name_en), row.superseded_edition)
        document = either(row.document_id, row.document_en) if row.document_id else ""
        also = tuple(filter(None, (row.name_id, row.name_en, row.code)))
        yield Choice(row.id, name, document, also), row.superseded_edition


def _in_force(ids: Collection[int]) -> Mapping[int, int]:
    """By the id of a superseded target, its version in force: the first that is not superseded, not its draft."""
    lineage = func.coalesce(Target.origin_id, Target.id)
    query = select(lineage, func.min(Target.id)).where(Target.superseded_edition.is_(None)).group_by(lineage)
    lineages = {row.id: row[1] for row in db.session.execute(select(Target.id, lineage).where(Target.id.in_(ids)))}
    in_force = {row[0]: row[1] for row in db.session.execute(query.where(lineage.in_(lineages.values())))}
    return {number: in_force[first] for number, first in lineages.items() if first in in_force}


TARGETS = Source(
    "targets",
    _targets,
    Target.id,
    (Target.id,),
    (Target.name_id, Target.name_en, Target.code),
    _described,
    _in_force,
)
#: For fields that keep a target of a superseded edition as it was chosen.
TARGETS_OF_ANY_EDITION = replace(TARGETS, describe=_described_in_any_edition, successors=lambda _: {})
SOURCES = (TARGETS,)


def name_with_edition(name: str, superseded_edition: int | None) -> str:
    if superseded_edition is None:
        return name
    return gettext("%(name)s (edition %(number)s, superseded)", name=name, number=superseded_edition)


def document_choices() -> list[tuple[int, str]]:
    """(id, name) of documents that are drafts."""
    drafts = select(TargetDocument).where(TargetDocument.state == TargetState.DRAFT)
    documents = db.session.scalars(drafts.order_by(TargetDocument.year_from.desc(), TargetDocument.id))
    return [(document.id, in_words(document, "name")) for document in documents]


def every_document_choice() -> list[tuple[int, str]]:
    documents = db.session.scalars(select(TargetDocument).order_by(TargetDocument.year_from.desc(), TargetDocument.id))
    return [
        (document.id, name_with_edition(in_words(document, "name"), document.superseded_edition))
        for document in documents
    ]


def objective_choices(except_id: int | None = None) -> list[tuple[int, str]]:
    objectives = db.session.scalars(select(Objective).order_by(Objective.id))
    return [(objective.id, in_words(objective, "name")) for objective in objectives if objective.id != except_id]


def periods_in_use(scheme_id: int) -> frozenset[int]:
    query = select(IndicatorValue.period_id).join(Period).where(Period.scheme_id == scheme_id)
    return frozenset(db.session.scalars(query.distinct()))
