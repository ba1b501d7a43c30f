"""What forms offer, and which periods are taken."""

from sqlalchemy import select

from tracker.core.db import db
from tracker.core.wording import either, in_words
from tracker.periods.models import Period
from tracker.targets.models import IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import TargetState


def target_choices() -> list[tuple[int, str]]:
    """(number, name) of every target."""
    found = db.session.execute(select(Target.id, Target.name_id, Target.name_en).order_by(Target.id))
    return [(number, either(indonesian, english)) for number, indonesian, english in found]


def document_choices() -> list[tuple[int, str]]:
    """(number, name) of every target document that is still a draft."""
    drafts = select(TargetDocument).where(TargetDocument.state == TargetState.DRAFT)
    found = db.session.scalars(drafts.order_by(TargetDocument.year_from.desc(), TargetDocument.id))
    return [(known.id, in_words(known, "name")) for known in found]


def objective_choices(except_id: int | None = None) -> list[tuple[int, str]]:
    """(number, name) of every objective."""
    found = db.session.scalars(select(Objective).order_by(Objective.id))
    return [(known.id, in_words(known, "name")) for known in found if known.id != except_id]


def periods_in_use(scheme_id: int) -> frozenset[int]:
    """The periods of this scheme under which values are recorded."""
    question = select(IndicatorValue.period_id).join(Period).where(Period.scheme_id == scheme_id)
    return frozenset(db.session.scalars(question.distinct()))
