"""Achievement, progress and figures of several indicators. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from tracker.targets.rules.kinds import Polarity


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
