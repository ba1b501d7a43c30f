"""What one version of a document says, to be laid beside another."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.core.wording import in_words, label, number, say
from tracker.targets.models import Indicator, IndicatorValue, Target, TargetDocument
from tracker.targets.queries.one import parts_of

_NUMBERS = ("target_value", "target_upper")
#: What two versions of a target are compared by.
_TOLD = ("code", "name_id", "name_en", "state", "note_id", "note_en", "level", "unit_of_measure", "polarity",
         "baseline", "formula", "data_source", "is_key", "is_cumulative", "document_number",
         "operational_definition")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What one version of a document says of one thing: a target, or a target in one period."""

    facts: tuple[tuple[str, str], ...]
    target: Target = field(compare=False)
    value: IndicatorValue | None = field(compare=False, default=None)

    def otherwise(self, other: "Saying") -> list[tuple[str, str, str]]:
        """(fact, here, there) for each fact that the two tell differently."""
        theirs = dict(other.facts)
        return [(name, text, theirs[name]) for name, text in self.facts if theirs[name] != text]


def sayings(document: TargetDocument) -> dict[tuple[int, int, int], Saying]:
    """All that a version of a document says: by lineage, and for values by year and period."""
    found = {(document.lineage, 0, 0): Saying(target=document, facts=_facts(document))}
    for part in parts_of(document.id):
        found[part.lineage, 0, 0] = Saying(target=part, facts=_facts(part))
        for value in part.by_period if isinstance(part, Indicator) else ():
            numbers = tuple((name, _plainly(getattr(value, name))) for name in _NUMBERS)
            found[part.lineage, value.year, value.period_id] = Saying(target=part, value=value, facts=numbers)
    return found


def _facts(one: Target) -> tuple[tuple[str, str], ...]:
    told = tuple((name, _plainly(getattr(one, name))) for name in _TOLD if hasattr(one, name))
    return (*told, ("owner_unit", in_words(one.owner_unit, "name") if one.owner_unit else ""))


def _plainly(value: object) -> str:
    """A value as the two versions lay it side by side; what is not set is empty."""
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    return number(value) if isinstance(value, Decimal) else str(value or "")
