"""From values to places: scales, round ticks, lines with gaps. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal


@dataclass(frozen=True)
class Scale:
    """From the lowest to the highest value; if they are equal, everything is in the middle."""

    low: Fraction
    high: Fraction

    def share(self, value: Number | Fraction) -> float:
        """Between 0 and 1; what is beyond the scale is at its end."""
        if self.low == self.high:
            return 0.5
        return float(min(max((Fraction(value) - self.low) / (self.high - self.low), Fraction(0)), Fraction(1)))

    def x(self, value: Number | Fraction) -> float:
        return round(100 * self.share(value), 2)

    def y(self, value: Number | Fraction, top: float, floor: float) -> float:
        return round(floor - (floor - top) * self.share(value), 1)


def scale_of(values: Sequence[Number | None]) -> Scale:
    known = [Fraction(value) for value in values if value is not None]
    return Scale(min(known, default=Fraction(0)), max(known, default=Fraction(0)))


def ticks_of(values: Sequence[Number | None], *, from_zero: bool = False, most: int = 5) -> tuple[Scale, list[Decimal]]:
    """A scale that ends at round numbers and contains the values, with the round numbers in between."""
    known = [Fraction(value) for value in values if value is not None] + ([Fraction(0)] if from_zero else [])
    low, high = min(known, default=Fraction(0)), max(known, default=Fraction(0))
    if low == high:
        pad = abs(low) / 10 or Fraction(1)
        low, high = low - (0 if from_zero and low == 0 else pad), high + pad
    are_counts = all(isinstance(value, int) for value in values if value is not None)
    factor, power = _round_step(max((high - low) / most, Fraction(1)) if are_counts else (high - low) / most)
    step = factor * Fraction(10) ** power
    first, last = low // step, -(-high // step)
    marks = [Decimal(place * factor).scaleb(power) for place in range(first, last + 1)]
    return Scale(first * step, last * step), marks


def _round_step(least: Fraction) -> tuple[int, int]:
    """The smallest of 1, 2, 5, 10, 20, 50 … (and of 0.5, 0.2, 0.1 …) that is not less, as factor and power of ten."""
    power = len(str(least.numerator)) - len(str(least.denominator)) - 1
    while True:
        for factor in (1, 2, 5):
            if factor * Fraction(10) ** power >= least:
                return factor, power
        power += 1


def evenly(place: int, count: int, margin: float) -> float:
    return 50 if count < 2 else round(margin + (100 - 2 * margin) * place / (count - 1), 2)


@dataclass(frozen=True)
class Stroke:
    """A line with gaps: polylines of two or more points, and the values that stand alone between gaps."""

    lines: Sequence[str]
    lone: Sequence[tuple[float, float]]


def stroke_of(points: Sequence[tuple[float, float] | None]) -> Stroke:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return Stroke(
        lines=[" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1],
        lone=[run[0] for run in runs if len(run) == 1],
    )
