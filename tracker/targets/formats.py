"""Coordinates of the trend chart of an indicator. The template only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 16, 60
MOST_LABELS = 12
MOST_TICKS = 5


@dataclass(frozen=True, kw_only=True)
class Period:
    """Values of a period; None means «not yet set» and leaves a gap."""

    code: str
    year: int
    target: Decimal | None
    upper: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Line:
    stretches: Sequence[str]
    dots: Sequence[tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Trend:
    target: Line
    upper: Line
    actual: Line
    ticks: Sequence[tuple[float, Decimal]]
    labels: Sequence[tuple[float, str, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def trend(periods: Sequence[Period]) -> Trend | None:
    """Coordinates of the chart; None if there is nothing to draw."""
    values = [
        number for period in periods for number in (period.target, period.upper, period.actual) if number is not None
    ]
    if not values:
        return None
    lowest, step = min(Decimal(0), *values), _step(max(Decimal(0), *values) - min(Decimal(0), *values))
    bottom = lowest // step * step - (step if lowest % step else 0)
    marks = [bottom]
    while marks[-1] < max(values) or len(marks) < 2:  # a scale needs two ends
        marks.append(marks[-1] + step)
    across = [_x(place, len(periods)) for place in range(len(periods))]

    def height(number: Decimal) -> float:
        share = (number - bottom) / (marks[-1] - bottom)
        return round(float(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)), 1)

    def line(numbers: Sequence[Decimal | None]) -> Line:
        points = [(x, height(n)) if n is not None else None for x, n in zip(across, numbers, strict=True)]
        return Line(stretches=_stretches(points), dots=[point for point in points if point])

    return Trend(
        target=line([period.target for period in periods]),
        upper=line([period.upper for period in periods]),
        actual=line([period.actual for period in periods]),
        ticks=[(height(mark), mark) for mark in marks],
        labels=_labels(periods, across),
    )


def _step(span: Decimal) -> Decimal:
    """A round step that divides the span into at most MOST_TICKS parts."""
    if not span:
        return Decimal(1)
    power = Decimal(10) ** (span.adjusted() - 1)
    return next(
        size * factor
        for size in (power, power * 10, power * 100)
        for factor in (Decimal(1), Decimal(2), Decimal(5))
        if span <= size * factor * MOST_TICKS
    )


def _x(place: int, count: int) -> float:
    """Periods are evenly spaced; a single one is centred."""
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + room * (place + 0.5) / count, 1)


def _stretches(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """Polylines of two or more adjacent points; gaps are not bridged."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _labels(periods: Sequence[Period], across: Sequence[float]) -> list[tuple[float, str, str]]:
    """Period codes, thinned out where they would overlap; the year at its first period."""
    every = -(-len(periods) // MOST_LABELS)
    labels, year = [], None
    for place, (period, x) in enumerate(zip(periods, across, strict=True)):
        is_new = period.year != year
        if place % every == 0:
            labels.append((x, period.code, str(period.year) if is_new else ""))
            year = period.year
    return labels
