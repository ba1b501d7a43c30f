"""Rules of targets: kinds, states, periods, and achievement. Pure. Source: domain.md 3.1 to 3.4."""

from decimal import Decimal
from enum import StrEnum


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


#: Period codes in the order of the year: cumulative months, then quarters, half-years and the year.
PERIODS = ("B03", "B04", "B06", "B08", "B09", "B12", "TW1", "TW2", "TW3", "TW4", "S1", "S2", "Y")


def can_move(kind: TargetKind, before: TargetState, after: TargetState) -> bool:
    """Whether a target of this kind may go from one state to the other."""
    return after in NEXT[kind][before]


def achievement(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Decimal | None:
    """Achievement (capaian) in percent, two decimals; None where it is undefined, which is never 0 or 100.

    maximise: actual / target × 100. minimise: (2 − actual / target) × 100 (PermenPANRB, kondisi khusus).
    range target…upper: 100 inside, else measured against the bound that was missed. Over-achievement and
    negative results are shown as they are. A missing value, a missing polarity or a target of 0 gives None.
    """
    if actual is None or target is None or polarity is None:
        return None
    if polarity is Polarity.RANGE:
        return _in_range(actual, target, target if upper is None else upper)
    if target == 0:
        return None
    ratio = actual / target
    return _percent(2 - ratio if polarity is Polarity.MINIMISE else ratio)


def _in_range(actual: Decimal, lower: Decimal, upper: Decimal) -> Decimal | None:
    if lower <= actual <= upper:
        return _percent(Decimal(1))
    bound = upper if actual > upper else lower
    if bound == 0:
        return None
    return _percent(2 - actual / bound if actual > upper else actual / bound)


def _percent(ratio: Decimal) -> Decimal:
    return (ratio * 100).quantize(Decimal("0.01"))


def is_measurable(unit_of_measure: str | None, formula: str | None, *, has_value: bool) -> bool:
    """Whether an indicator can be measured at all: it has a unit, a formula and at least one target value."""
    return bool(unit_of_measure and formula and has_value)
