"""Compare two versions of a document."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.core.wording import gettext, in_words, label, number
from tracker.targets.models import Indicator, IndicatorValue, Target, TargetDocument
from tracker.targets.queries.detail import parts_of

_NUMBERS = ("target_value", "target_upper")
#: Attributes compared between two versions of a target.
_COMPARED = ("code", "name_id", "name_en", "state", "note_id", "note_en", "level", "unit_of_measure", "polarity",
         "baseline", "formula", "data_source", "is_key", "is_cumulative", "document_number",
         "operational_definition")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What a version of a document says about a target, or about a target in a period."""

    facts: tuple[tuple[str, str], ...]
    target: Target = field(compare=False)
    value: IndicatorValue | None = field(compare=False, default=None)

    def otherwise(self, other: "Saying") -> list[tuple[str, str, str]]:
        """(fact, value here, value there) for each fact that differs."""
        other_facts = dict(other.facts)
        return [(name, text, other_facts[name]) for name, text in self.facts if other_facts[name] != text]


def sayings(document: TargetDocument) -> dict[tuple[int, int, int], Saying]:
    """All facts of a version: by lineage, and for values also by year and period."""
    facts = {(document.lineage, 0, 0): Saying(target=document, facts=_facts(document))}
    for part in parts_of(document.id):
        facts[part.lineage, 0, 0] = Saying(target=part, facts=_facts(part))
        for value in part.by_period if isinstance(part, Indicator) else ():
            numbers = tuple((name, _plainly(getattr(value, name))) for name in _NUMBERS)
            facts[part.lineage, value.year, value.period_id] = Saying(target=part, value=value, facts=numbers)
    return facts


def _facts(target: Target) -> tuple[tuple[str, str], ...]:
    facts = tuple((name, _plainly(getattr(target, name))) for name in _COMPARED if hasattr(target, name))
    return (*facts, ("owner_unit", in_words(target.owner_unit, "name") if target.owner_unit else ""))


def _plainly(value: object) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return number(value) if isinstance(value, Decimal) else str(value or "")
