"""Targets of all kinds."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectin_polymorphic, selectinload

from tracker.core.wording import in_words
from tracker.core.wording import lazy as _l
from tracker.exchange.formats import Value
from tracker.exchange.lists.description import Beside, Column, Listing
from tracker.targets import queries
from tracker.targets.models import Indicator, Objective, Target, TargetDocument


def _document(target: Target, _: Beside) -> Value:
    document = queries.document_of(target)
    return in_words(document, "name") if document else None


TARGETS = Listing(
    name="targets",
    title=_l("Targets"),
    question=lambda _: (
        select(Target)
        .options(
            selectin_polymorphic(Target, [TargetDocument, Objective, Indicator]),
            joinedload(Target.owner_unit),
            selectinload(Objective.document),
            selectinload(Indicator.document),
        )
        .order_by(Target.id)
    ),
    columns=(
        Column(_l("Code"), lambda target, _: target.code, 14),
        Column(_l("Target"), lambda target, _: in_words(target, "name"), 70),
        Column(_l("Kind"), lambda target, _: target.kind, 22),
        Column(_l("Document"), _document, 50),
        Column(_l("Unit"), lambda target, _: target.owner_unit and in_words(target.owner_unit, "name"), 40),
        Column(_l("State"), lambda target, _: target.state, 16),
    ),
)
