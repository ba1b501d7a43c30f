"""Choices for forms, and periods in use."""

from sqlalchemy import func, select

from tracker.calendar.periods.models import Period
from tracker.core.choices import Choices
from tracker.core.db import db
from tracker.core.wording import either, gettext, in_words
from tracker.targets.models import IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import TargetState


def target_choices(*held: int) -> Choices:
    """(id, name) of targets that are not superseded, plus those in `held`.

    If a superseded target was chosen on a page loaded earlier, its version in force is taken.
    """
    lineage = func.coalesce(Target.origin_id, Target.id).label("lineage")
    columns = (Target.id, Target.name_id, Target.name_en, Target.superseded_edition, lineage)
    rows = db.session.execute(select(*columns).order_by(Target.id)).all()
    over = {row.id for row in rows if row.superseded_edition is not None and row.id not in held}
    # Of the versions that are not superseded, the first is in force; a later one is its draft.
    current: dict[int, int] = {}
    for row in rows:
        if row.superseded_edition is None:
            current.setdefault(row.lineage, row.id)
    return Choices(
        [(row.id, name_with_edition(either(row.name_id, row.name_en), row.superseded_edition)) for row in rows
         if row.id not in over],
        formerly={row.id: current[row.lineage] for row in rows if row.id in over and row.lineage in current},
    )  # fmt: skip


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
