"""Small pictures for a row of a list. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tracker.core.pictures.scales import Number, Scale, Stroke, evenly, scale_of, stroke_of, ticks_of


@dataclass(frozen=True)
class Span:
    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Bullet:
    """A value within its target: the bar, the zone where it should end, and the limits of the zone."""

    bar: Span | None
    zone: Span | None
    limits: Sequence[float]
    #: Where the bar begins: at zero.
    base: float
    #: Where the bar is drawn broken, because its value is beyond the scale.
    cut: float | None


def bullet(
    actual: Number | None, *, at_least: Number | None = None, at_most: Number | None = None,
    low: Number | None = None, high: Number | None = None,
) -> Bullet:  # fmt: skip
    """Without `low` and `high` the scale is from 0 to a round number; rows of a table share a scale by giving them."""
    marks = [actual, at_least, at_most]
    fitting, _ = ticks_of(marks, from_zero=True, most=2)
    scale = Scale(fitting.low if low is None else Fraction(low), fitting.high if high is None else Fraction(high))
    zone = None
    if at_least is not None or at_most is not None:
        zone = _span(0 if at_least is None else scale.x(at_least), 100 if at_most is None else scale.x(at_most))
    return Bullet(
        bar=None if actual is None else _span(scale.x(0), scale.x(actual)),
        zone=zone,
        limits=sorted({scale.x(limit) for limit in (at_least, at_most) if limit is not None}),
        base=scale.x(0),
        cut=None if actual is None or scale.low <= Fraction(actual) <= scale.high else 5 if actual < scale.low else 95,
    )


def _span(one: float, other: float) -> Span:
    return Span(min(one, other), round(abs(other - one), 2))


@dataclass(frozen=True)
class Pair:
    expected: Span | None
    realised: Span | None
    zero: float


def pair(expected: Number | None, realised: Number | None, *, among: Sequence[Number | None]) -> Pair:
    """What was expected beside what came: bars from zero. Rows of a table share a scale, that of all values `among`."""
    scale = scale_of([0, expected, realised, *among])

    def bar(value: Number | None) -> Span | None:
        return None if value is None else _span(scale.x(0), scale.x(value))

    return Pair(bar(expected), bar(realised), scale.x(0))


SPARK_HEIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Spark:
    values: Stroke
    beside: Stroke
    last: tuple[float, float] | None


def spark(values: Sequence[Number | None], beside: Sequence[Number | None] = ()) -> Spark:
    """Values at equal distances; `beside` are the targets, or a second figure, on the same scale."""
    scale = scale_of([*values, *beside])
    count = max(len(values), len(beside))

    def points(numbers: Sequence[Number | None]) -> list[tuple[float, float] | None]:
        return [
            None if value is None else (evenly(place, count, 4), scale.y(value, 4, SPARK_HEIGHT - 4))
            for place, value in enumerate(numbers)
        ]

    along = points(values)
    return Spark(
        values=stroke_of(along),
        beside=stroke_of(points(beside)),
        last=next((point for point in reversed(along) if point), None),
    )


@dataclass(frozen=True)
class Part:
    x: float
    width: float
    end: float
    kind: str


#: Least width of a part, in percent, so that it is seen.
LEAST_PART = 1.5


def stacked(parts: Sequence[tuple[str, int, str]], whole: int | None = None) -> list[Part]:
    """Parts of (kind, count, word) one after the other. Bars of a table share a scale: `whole` is the largest sum."""
    if any(count < 0 for _, count, _ in parts):
        raise ValueError("a part cannot be less than nothing")
    counted = [(kind, count) for kind, count, _ in parts if count]
    if not counted:
        return []
    total = max(sum(count for _, count in counted), whole or 0)
    widths = [max(100 * count / total, LEAST_PART) for _, count in counted]
    largest = widths.index(max(widths))
    widths[largest] = max(widths[largest] - max(sum(widths) - 100, 0), LEAST_PART)
    drawn, x = [], 0.0
    for (kind, _), width in zip(counted, widths, strict=True):
        drawn.append(Part(round(x, 2), round(width, 2), round(x + width, 2), kind))
        x += width
    return drawn


#: Length of the bar for a single day, so that it is seen.
SHORTEST_BAR = 3


def late_share(days: int, longest: int) -> float:
    """Length of the bar of something that is late; `longest` is the most days in the list."""
    if days <= 0:
        return 0
    return max(min(round(100 * days / max(longest, days), 1), 100), SHORTEST_BAR)


@dataclass(frozen=True)
class Dot:
    x: int
    kind: str
    #: Whether the line to the next dot is drawn through; None for the last one.
    is_linked: bool | None


def chain_dots(stops: Sequence[Mapping[str, Any]]) -> list[Dot]:
    """Kinds are have, gap (a stop without items), and next for the first gap."""
    filled = [bool(stop["items"]) for stop in stops]
    first_gap = next((place for place, is_filled in enumerate(filled) if not is_filled), None)
    return [
        Dot(
            8 + 22 * place,
            "have" if is_filled else "next" if place == first_gap else "gap",
            None if place + 1 == len(filled) else is_filled and filled[place + 1],
        )
        for place, is_filled in enumerate(filled)
    ]
