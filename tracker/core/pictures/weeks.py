"""Figures over weeks, as lines or as bars. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tracker.core.pictures.lettering import Label, cut, thinned
from tracker.core.pictures.scales import Number, Scale, Stroke, evenly, scale_of, stroke_of, ticks_of
from tracker.core.wording import number

LINES_TOP, LINES_FLOOR, LINES_HEIGHT = 12, 212, 236


@dataclass(frozen=True, kw_only=True)
class Lines:
    ticks: Sequence[tuple[float, Decimal]]
    strokes: Mapping[str, Stroke]
    labels: Sequence[Label]


def lines(labels: Sequence[str], series: Mapping[str, Sequence[Number | None]]) -> Lines | None:
    """Figures by name at equal distances, from zero. None if there are fewer than two moments or no figure."""
    known = [value for values in series.values() for value in values if value is not None]
    if len(labels) < 2 or not known:
        return None
    scale, ticks = ticks_of(known, from_zero=True)
    across, below = [evenly(place, len(labels), 0) for place in range(len(labels))], LINES_FLOOR + 18

    def y(value: Number) -> float:
        return scale.y(value, LINES_TOP, LINES_FLOOR)

    return Lines(
        ticks=[(y(tick), tick) for tick in ticks],
        strokes={
            name: stroke_of([None if value is None else (x, y(value)) for x, value in zip(across, values, strict=True)])
            for name, values in series.items()
        },
        labels=thinned([Label(x=x, text=cut(text), y=below) for x, text in zip(across, labels, strict=True)]),
    )


BARS_TOP, BARS_FLOOR, BARS_HEIGHT = 22, 142, 166
#: Share of its place that a bar takes.
BAR = 0.64
#: So that zero is seen, and differs from a gap.
LEAST_HEIGHT = 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    label: str
    value: Number | None
    kind: str = "fill"


@dataclass(frozen=True, kw_only=True)
class Column:
    x: float
    width: float
    y: float
    height: float
    bar: Bar

    @property
    def kind(self) -> str:
        return self.bar.kind

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, kw_only=True)
class Bars:
    columns: Sequence[Column]
    zero: float
    values: Sequence[Label]
    labels: Sequence[Label]


def bars(given: Sequence[Bar]) -> Bars | None:
    """None if there is nothing to draw."""
    known = [bar.value for bar in given if bar.value is not None]
    if not known:
        return None
    scale = scale_of([*known, 0])
    if scale.low == scale.high:  # nothing but zeros
        scale = Scale(Fraction(0), Fraction(1))
    floor = BARS_FLOOR - (16 if scale.low < 0 else 0)
    zero, room = scale.y(0, BARS_TOP, floor), 100 / len(given)
    columns, values, labels = [], [], []
    heights = {}
    for place, bar in enumerate(given):
        middle = round(room * (place + 0.5), 2)
        end = zero if bar.value is None else scale.y(bar.value, BARS_TOP, floor)
        columns.append(
            Column(
                x=round(middle - room * BAR / 2, 2), width=round(room * BAR, 2),
                y=min(zero - (LEAST_HEIGHT if end <= zero else 0), end),
                height=max(round(abs(end - zero), 1), LEAST_HEIGHT), bar=bar,
            )
        )  # fmt: skip
        text, is_below = "–" if bar.value is None else number(bar.value), end > zero
        heights[middle] = end + 16 if is_below else end - 6
        values.append(Label(x=middle, text=text, kind="strong"))
        emphasis = "strong" if bar.kind == "now" else "quiet"
        labels.append(Label(x=middle, text=cut(bar.label), y=BARS_HEIGHT - 6, kind=emphasis))
    shown = [replace(label, y=heights[label.x]) for label in thinned(values)]  # none stands over another's bar
    return Bars(columns=columns, zero=zero, values=shown, labels=thinned(labels))
