"""Rules of targets: kinds, states, periods, and achievement. Pure. Source: domain.md 3.1 to 3.4."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Generic, TypeVar


class TargetKind(StrEnum):
    """What a target is: the document, an objective in its cascade, or an indicator that measures one."""

    DOCUMENT = "document"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"


class DocumentKind(StrEnum):
    """The kinds of target document."""

    STRATEGIC_PLAN = "strategic_plan"
    PERFORMANCE_TARGET = "performance_target"
    PERFORMANCE_AGREEMENT = "performance_agreement"


class ObjectiveLevel(StrEnum):
    """Where an objective stands in the cascade; a target area is named but not yet placed in it."""

    STRATEGIC = "strategic_objective"
    PROGRAMME = "programme_objective"
    ACTIVITY = "activity_objective"
    TARGET_AREA = "target_area"


class TargetState(StrEnum):
    """States of documents (draft … superseded), objectives (draft, in force, retired) and indicators."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ENACTED = "enacted"
    SUPERSEDED = "superseded"
    IN_FORCE = "in_force"
    CANDIDATE = "candidate"
    ACTIVE = "active"
    RETIRED = "retired"


STATES = {
    TargetKind.DOCUMENT: (TargetState.DRAFT, TargetState.PROPOSED, TargetState.ENACTED, TargetState.SUPERSEDED),
    TargetKind.OBJECTIVE: (TargetState.DRAFT, TargetState.IN_FORCE, TargetState.RETIRED),
    TargetKind.INDICATOR: (TargetState.CANDIDATE, TargetState.DRAFT, TargetState.ACTIVE, TargetState.RETIRED),
}

#: From each state, the states that may follow, by kind.
NEXT: dict[TargetKind, dict[TargetState, frozenset[TargetState]]] = {
    TargetKind.DOCUMENT: {
        TargetState.DRAFT: frozenset({TargetState.PROPOSED}),
        TargetState.PROPOSED: frozenset({TargetState.DRAFT, TargetState.ENACTED}),
        TargetState.ENACTED: frozenset({TargetState.SUPERSEDED}),
        TargetState.SUPERSEDED: frozenset(),
    },
    TargetKind.OBJECTIVE: {
        TargetState.DRAFT: frozenset({TargetState.IN_FORCE, TargetState.RETIRED}),
        TargetState.IN_FORCE: frozenset({TargetState.RETIRED}),
        TargetState.RETIRED: frozenset({TargetState.DRAFT}),
    },
    TargetKind.INDICATOR: {
        TargetState.CANDIDATE: frozenset({TargetState.DRAFT, TargetState.RETIRED}),
        TargetState.DRAFT: frozenset({TargetState.ACTIVE, TargetState.CANDIDATE, TargetState.RETIRED}),
        TargetState.ACTIVE: frozenset({TargetState.RETIRED}),
        TargetState.RETIRED: frozenset({TargetState.DRAFT}),
    },
}


class Polarity(StrEnum):
    """Which way is better."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    RANGE = "range"
    STABILISE = "stabilise"


class Lacking(StrEnum):
    """What an indicator still lacks before it can be measured."""

    UNIT = "unit"
    FORMULA = "formula"
    VALUE = "value"


class Change(StrEnum):
    """What happened to a part of a document from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


def can_move(kind: TargetKind, before: TargetState, after: TargetState) -> bool:
    """Whether a target of this kind may go from one state to the other."""
    return after in NEXT[kind][before]


def achievement(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Decimal | None:
    """Achievement (capaian) in percent, two decimals, halves up; None where it is undefined, which is never 0 or 100.

    maximise: actual / target × 100. minimise: (2 − actual / target) × 100 (PermenPANRB, kondisi khusus).
    range target…upper: 100 inside, else measured against the bound that was missed; stabilise: a range of one value.
    Over-achievement and negative results are shown as they are. A missing value, a missing polarity, or a target that
    is not above 0, where a ratio says nothing, gives None.
    """
    if actual is None or target is None or polarity is None:
        return None
    if polarity in {Polarity.RANGE, Polarity.STABILISE}:
        is_exact = polarity is Polarity.STABILISE or upper is None
        return _in_range(actual, target, target if is_exact else upper or target)
    return _against(actual, target, is_less_better=polarity is Polarity.MINIMISE)


def _in_range(actual: Decimal, lower: Decimal, upper: Decimal) -> Decimal | None:
    if lower <= actual <= upper:
        return Decimal("100.00")
    is_above = actual > upper
    return _against(actual, upper if is_above else lower, is_less_better=is_above)


def _against(actual: Decimal, target: Decimal, *, is_less_better: bool) -> Decimal | None:
    if target <= 0:
        return None
    # Fractions, because Decimal rounds to 28 digits on the way, and refuses to round what has more.
    ratio = Fraction(actual) / Fraction(target)
    hundredths = floor((2 - ratio if is_less_better else ratio) * 10_000 + Fraction(1, 2))
    return Decimal(f"{hundredths}e-2")


def gap(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Decimal | None:
    """How far the actual value is from its target, in the unit of the indicator: 0 once reached, None while unknown."""
    if actual is None or target is None or polarity is None:
        return None
    short, over = target - actual, actual - target
    if polarity is Polarity.RANGE and upper is not None:
        over = actual - upper
    missed = {
        Polarity.MAXIMISE: (short,),
        Polarity.MINIMISE: (over,),
        Polarity.RANGE: (short, over),
        Polarity.STABILISE: (short, over),
    }[polarity]
    return max(Decimal(0), *missed)


def average(achievements: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of what is known, two decimals; the unknown is left out, and of nothing known there is no mean."""
    known = [Fraction(percent) for percent in achievements if percent is not None]
    return Decimal(f"{floor(sum(known) / len(known) * 100 + Fraction(1, 2))}e-2") if known else None


def lacking(unit_of_measure: str | None, formula: str | None, *, has_value: bool) -> list[Lacking]:
    """What keeps an indicator from being measured: its unit, its formula, or any target value."""
    wanted = ((unit_of_measure, Lacking.UNIT), (formula, Lacking.FORMULA), (has_value, Lacking.VALUE))
    return [what for is_there, what in wanted if not is_there]


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Difference(Generic[K, V]):
    """One thing that two versions do not say alike."""

    key: K
    change: Change
    before: V | None
    after: V | None


def differences(before: Mapping[K, V], after: Mapping[K, V]) -> Sequence[Difference[K, V]]:
    """What changed from one version to the next, in the order of the older, then what is new."""
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        if key not in after:
            found.append(Difference(key, Change.REMOVED, one, None))
        elif key not in before:
            found.append(Difference(key, Change.ADDED, None, other))
        elif one != other:
            found.append(Difference(key, Change.CHANGED, one, other))
    return found
