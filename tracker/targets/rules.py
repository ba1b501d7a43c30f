"""Rules of targets: kinds, states, periods and achievement. Pure."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Generic, TypeVar


class TargetKind(StrEnum):
    DOCUMENT = "document"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"


class DocumentKind(StrEnum):
    STRATEGIC_PLAN = "strategic_plan"
    PERFORMANCE_TARGET = "performance_target"
    PERFORMANCE_AGREEMENT = "performance_agreement"


class ObjectiveLevel(StrEnum):
    """Level of an objective in the cascade; a target area is named but not yet placed in it."""

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

#: Allowed next states by kind and state.
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


class Editions(StrEnum):
    """Documents enacted or proposed, with what is in no document; drafts; or earlier editions."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    SUPERSEDED = "superseded"

    @classmethod
    def of(cls, document: TargetState) -> "Editions":
        return {TargetState.DRAFT: cls.DRAFT, TargetState.SUPERSEDED: cls.SUPERSEDED}.get(document, cls.IN_FORCE)


class Polarity(StrEnum):
    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    RANGE = "range"
    STABILISE = "stabilise"


class Lacking(StrEnum):
    UNIT = "unit"
    FORMULA = "formula"
    VALUE = "value"


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


def can_move(kind: TargetKind, before: TargetState, after: TargetState) -> bool:
    return after in NEXT[kind][before]


def limits(
    target: Decimal | None, upper: Decimal | None, polarity: Polarity | None
) -> tuple[Decimal | None, Decimal | None]:
    """What a value should be at least and at most. Without a polarity the target is an exact value."""
    match polarity:
        case Polarity.MAXIMISE:
            return target, None
        case Polarity.MINIMISE:
            return None, target
        case Polarity.RANGE:
            return target, target if upper is None else upper
        case _:
            return target, target


def achievement(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Decimal | None:
    """Achievement (capaian) in percent with two decimals, rounded half up; None if undefined, never 0 or 100.

    maximise: actual / target × 100. minimise: (2 − actual / target) × 100 (PermenPANRB, kondisi khusus). range
    target…upper: 100 inside, otherwise measured against the missed bound; stabilise: a range of one value.
    Over-achievement and negative results are not capped. A missing value, a missing polarity, or a target that is not
    above 0, where a ratio is meaningless, gives None.
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
    # Fractions, because Decimal rounds intermediate results to 28 digits, and quantize fails beyond that.
    ratio = Fraction(actual) / Fraction(target)
    hundredths = floor((2 - ratio if is_less_better else ratio) * 10_000 + Fraction(1, 2))
    return Decimal(f"{hundredths}e-2")


def deviation(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Decimal | None:
    """Difference from the target in the unit of the indicator: positive above, negative below.

    For a range, measured from the missed bound and 0 inside. None if unknown.
    """
    if actual is None or target is None or polarity is None:
        return None
    if polarity is Polarity.RANGE and upper is not None and target <= actual <= upper:
        return Decimal(0)
    return actual - (upper if polarity is Polarity.RANGE and upper is not None and actual > upper else target)


def is_reached(deviation: Decimal | None, polarity: Polarity | None) -> bool:
    if deviation is None or polarity is None:
        return False
    return {Polarity.MAXIMISE: deviation >= 0, Polarity.MINIMISE: deviation <= 0}.get(polarity, deviation == 0)


class Progress(StrEnum):
    """How an indicator stands against its target, or why that cannot be said."""

    REACHED = "reached"
    NEAR = "near"
    MISSED = "missed"
    UNMEASURED = "unmeasured"
    NO_TARGET = "no_target"
    NO_DIRECTION = "no_direction"

    @property
    def is_compared(self) -> bool:
        return self in {Progress.REACHED, Progress.NEAR, Progress.MISSED}


#: Achievement in percent from which a target that is not reached counts as nearly reached.
NEAR = 90


def progress(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None = None
) -> Progress:
    if actual is None:
        return Progress.UNMEASURED
    if target is None:
        return Progress.NO_TARGET
    far = deviation(actual, target, polarity, upper)
    if far is None:
        return Progress.NO_DIRECTION
    if is_reached(far, polarity):
        return Progress.REACHED
    percent = achievement(actual, target, polarity, upper)
    return Progress.NEAR if percent is not None and percent >= NEAR else Progress.MISSED


def average(achievements: Iterable[Decimal | None]) -> Decimal | None:
    """Mean of the known values with two decimals; None if none is known."""
    known_percents = [Fraction(percent) for percent in achievements if percent is not None]
    return (
        Decimal(f"{floor(sum(known_percents) / len(known_percents) * 100 + Fraction(1, 2))}e-2")
        if known_percents
        else None
    )


#: Sort key of a value: year, last month of the period, id of the period.
Moment = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Result:
    """Result of an indicator in the last period with a measurement; `moment` is None without any."""

    is_in_force: bool
    moment: Moment | None = None
    achievement: Decimal | None = None
    is_reached: bool = False


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Results of indicators in the latest period in which any was measured; counts only those in force."""

    #: Year and last month of the period; None if nothing is measured.
    period: tuple[int, int] | None
    average: Decimal | None
    number: Mapping["Outcome", int]

    @property
    def compared(self) -> int:
        return self.number[Outcome.REACHED] + self.number[Outcome.MISSED]


class Outcome(StrEnum):
    REACHED = "reached"
    MISSED = "missed"
    #: Measured, but not in the period of the summary.
    EARLIER = "earlier"
    #: Has no value that can be compared with a target.
    UNMEASURED = "unmeasured"
    #: A candidate, a draft, or no longer in use.
    NOT_IN_FORCE = "not_in_force"


def outcomes(results: Sequence[Result]) -> list[Outcome]:
    period = _period(results)
    return [_outcome(result, period) for result in results]


def _outcome(result: Result, period: tuple[int, int] | None) -> Outcome:
    if not result.is_in_force:
        return Outcome.NOT_IN_FORCE
    if result.moment is None or result.achievement is None:
        return Outcome.UNMEASURED
    if result.moment[:2] != period:
        return Outcome.EARLIER
    return Outcome.REACHED if result.is_reached else Outcome.MISSED


def _period(results: Iterable[Result]) -> tuple[int, int] | None:
    """The latest period in which an indicator in force was measured against a target."""
    moments = (
        result.moment for result in results if result.is_in_force and result.moment and result.achievement is not None
    )
    return max((moment[:2] for moment in moments), default=None)


def summary(results: Sequence[Result]) -> Summary:
    """Count results without mixing periods: an average covers a single period."""
    counted = outcomes(results)
    number = {outcome: counted.count(outcome) for outcome in Outcome}
    compared = (result.achievement for result, outcome in zip(results, counted, strict=True)
                if outcome in {Outcome.REACHED, Outcome.MISSED})  # fmt: skip
    return Summary(period=_period(results), average=average(compared), number=number)


_PERCENT = frozenset({"%", "persen", "percent", "per cent", "persentase", "percentage"})
#: A value this many times the previous one, or a percentage this many points from it, must be confirmed.
JUMP, JUMP_OF_PERCENT = 10, 50


def is_percentage(unit_of_measure: str | None) -> bool:
    """Whether values are percentages: between 0 and 100, compared in percentage points, never added up."""
    words = (unit_of_measure or "").casefold().replace("(", " ").replace(")", " ").split()
    return bool(words) and (words[0] in _PERCENT or " ".join(words[:2]) in _PERCENT)


class Doubt(StrEnum):
    NO_PERCENTAGE = "no_percentage"
    NEGATIVE = "negative"
    JUMP = "jump"
    NOT_ENDED = "not_ended"


_AMOUNT = re.compile(r"\s*([+\-−–]?)\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+)|\.(\d{1,2}))?(?![\d.,]*\d)")


def stated_amount(text: str | None) -> Decimal | None:
    """The number with which a sentence begins: «+2 poin persen per triwulan», «−1.500,5 rupiah»."""
    match = _AMOUNT.match(text or "")
    if match is None:
        return None
    sign, whole, decimals, others = match.groups()
    amount = Decimal(f"{whole.replace('.', '')}.{decimals or others or 0}")
    return -amount if sign in "-−–" and sign else amount


def stated_change(effect: str | None, before: str | None, after: str | None) -> Decimal | None:
    """By how much a value is to change: as a sentence states it, or from one value to another."""
    stated, old, new = map(stated_amount, (effect, before, after))
    return stated if stated is not None or old is None or new is None else new - old


def period_end(year: int, last_month: int) -> date:
    return date(year + last_month // 12, last_month % 12 + 1, 1) - timedelta(days=1)


def doubts(
    values: Mapping[str, Decimal | None],
    *,
    unit_of_measure: str | None,
    former: Iterable[Decimal],
    ends_on: date,
    today: date,
) -> list[tuple[str, Doubt]]:
    """(field, doubt) for the values of a period; `former` are earlier actual values, newest last.

    Percentages are between 0 and 100. Other values may be negative only if an earlier one was.
    """
    former_values, is_percent = list(former), is_percentage(unit_of_measure)
    doubtful = []
    for name, value in values.items():
        if value is None:
            continue
        if is_percent and not 0 <= value <= 100:
            doubtful.append((name, Doubt.NO_PERCENTAGE))
        elif value < 0 and not any(earlier < 0 for earlier in former_values):
            doubtful.append((name, Doubt.NEGATIVE))
    actual, compared = values.get("actual_value"), former_values[-1] if former_values else values.get("target_value")
    if actual is not None:
        if compared is not None and _is_jump(actual, compared, is_percent=is_percent):
            doubtful.append(("actual_value", Doubt.JUMP))
        if ends_on >= today:
            doubtful.append(("actual_value", Doubt.NOT_ENDED))
    return doubtful


def _is_jump(value: Decimal, before: Decimal, *, is_percent: bool) -> bool:
    if is_percent:
        return abs(value - before) > JUMP_OF_PERCENT
    low, high = sorted((abs(value), abs(before)))
    return bool(low) and high >= low * JUMP


def lacking(unit_of_measure: str | None, formula: str | None, *, has_value: bool) -> list[Lacking]:
    required = ((unit_of_measure, Lacking.UNIT), (formula, Lacking.FORMULA), (has_value, Lacking.VALUE))
    return [lack for is_there, lack in required if not is_there]


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Difference(Generic[K, V]):
    key: K
    change: Change
    before: V | None
    after: V | None


def differences(before: Mapping[K, V], after: Mapping[K, V]) -> Sequence[Difference[K, V]]:
    """Differences between versions, in the order of the older one, then additions."""
    changes = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if key not in after:
            changes.append(Difference(key, Change.REMOVED, old, None))
        elif key not in before:
            changes.append(Difference(key, Change.ADDED, None, new))
        elif old != new:
            changes.append(Difference(key, Change.CHANGED, old, new))
    return changes
