"""The line of an indicator: what was to be, what was measured, and what happened meanwhile. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tracker.core.pictures.lettering import NARROW, Label, cut, reach, thinned, width_of, with_room
from tracker.core.pictures.scales import Number, Scale, Stroke, stroke_of, ticks_of
from tracker.core.wording import gettext, number

LINE_TOP, LINE_FLOOR, LINE_HEIGHT = 40, 294, 336
MARK_RADIUS, MARK_STEP, MOST_LEVELS = 11, 25, 9
#: Distance of a value from its dot.
BESIDE = 6


@dataclass(frozen=True, kw_only=True)
class Period:
    """What was to be and what was measured in a period that ends on a day. None: not set, not measured."""

    on: date
    label: str
    actual: Number | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @property
    def is_known(self) -> bool:
        return any(value is not None for value in (self.actual, self.at_least, self.at_most))


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened on a day; marks are numbered in their order."""

    on: date
    label: str
    href: str | None = None
    #: Id of the row that it stands for.
    about: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pin:
    number: int
    x: float
    y: float
    #: Where its line begins.
    top: float
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Line:
    periods: Sequence[Period]
    #: The highest with the unit.
    ticks: Sequence[tuple[float, str]]
    bands: Sequence[str]
    limits: Sequence[Stroke]
    actual: Stroke
    dots: Sequence[tuple[float, float]]
    values: Sequence[Label]
    labels: Sequence[Label]
    years: Sequence[Label]
    pins: Sequence[Pin]
    changes: Sequence[Label]
    #: Where today is, if some of the picture is in the future.
    today: Label | None

    @property
    def future(self) -> float:
        return round(100 - self.today.x, 2) if self.today else 0


def line(
    periods: Sequence[Period], *, marks: Sequence[Mark] = (), changes: Sequence[Mark] = (), today: date | None = None,
    unit: str = "",
) -> Line | None:  # fmt: skip
    """True to scale in time, from the beginning of the first year. None if nothing is known."""
    periods = sorted(periods, key=lambda period: period.on)
    known = [value for one in periods for value in (one.actual, one.at_least, one.at_most) if value is not None]
    if not known:
        return None
    scale, ticks = ticks_of(known)
    days = [*(period.on for period in periods), *(mark.on for mark in marks)]
    since, until = date(min(days).year, 1, 1), max(days)
    time = Scale(Fraction(since.toordinal()), Fraction(until.toordinal()))

    def x(on: date) -> float:
        return time.x(on.toordinal())

    def y(value: Number) -> float:
        return scale.y(value, LINE_TOP + 8, LINE_FLOOR)

    def points(values: Sequence[Number | None]) -> list[tuple[float, float] | None]:
        return [None if value is None else (x(one.on), y(value)) for one, value in zip(periods, values, strict=True)]

    actual = points([one.actual for one in periods])
    least, most = (points([getattr(one, name) for one in periods]) for name in ("at_least", "at_most"))
    highest = cut(f"{number(ticks[-1])} {unit}".strip())
    measured = _values_beside(actual, [one.actual for one in periods])
    is_future = today is not None and since <= today < until
    return Line(
        periods=periods,
        ticks=[(y(tick), number(tick)) for tick in ticks[:-1]] + [(y(ticks[-1]), highest)],
        bands=_bands(least, most),
        limits=[stroke for stroke in (stroke_of(least), stroke_of(most)) if stroke.lines or stroke.lone],
        actual=stroke_of(actual),
        dots=[point for point in actual if point],
        values=measured,
        labels=thinned([Label(x=x(one.on), text=cut(one.label), y=LINE_FLOOR + 20) for one in periods]),
        years=_years(periods, x),
        pins=_pins(sorted(marks, key=lambda mark: mark.on), x, [point for point in actual if point], measured),
        changes=with_room(
            [Label(x=x(one.on), text=cut(one.label), y=12) for one in changes if since <= one.on <= until]
        ),
        today=with_room([Label(x=x(today), text=gettext("today"), y=30, kind="now")])[0]
        if today and is_future
        else None,
    )


def _bands(least: Sequence[tuple[float, float] | None], most: Sequence[tuple[float, float] | None]) -> list[str]:
    """Polygons of the range, one for each stretch of periods that have both limits."""
    runs: list[list[tuple[tuple[float, float], tuple[float, float]]]] = [[]]
    for lower, upper in zip(least, most, strict=True):
        if lower and upper:
            runs[-1].append((lower, upper))
        else:
            runs.append([])
    return [
        " ".join(f"{x},{y}" for x, y in [*(pair[0] for pair in run), *(pair[1] for pair in reversed(run))])
        for run in runs
        if len(run) > 1
    ]


def _values_beside(points: Sequence[tuple[float, float] | None], values: Sequence[Number | None]) -> list[Label]:
    """Beside the dots, on the side where the line is not."""
    known = [(*point, value) for point, value in zip(points, values, strict=True) if point and value is not None]
    labels = []
    for place, (x, y, value) in enumerate(known):
        text = number(value)
        is_last = x * NARROW / 100 + BESIDE + width_of(text) > NARROW
        before, after = (known[0], known[1]) if place == 0 and len(known) > 1 else (known[place - 1], known[place])
        is_rising = after[1] <= before[1]
        is_below = is_rising != is_last and y < LINE_FLOOR - 48
        labels.append(
            Label(
                x=x, text=text, y=round(y + (22 if is_below else -11), 1), kind="data",
                anchor="end" if is_last else "start", dx=-BESIDE if is_last else BESIDE,
            )
        )  # fmt: skip
    return thinned(labels)


def _years(periods: Sequence[Period], x: Callable[[date], float]) -> list[Label]:
    """Each year, at the first of its periods."""
    first: dict[int, Period] = {}
    for one in periods:
        first.setdefault(one.on.year, one)
    y = LINE_FLOOR + 38
    return with_room([Label(x=x(one.on), text=str(year), y=y, kind="strong") for year, one in first.items()])


def _pins(
    marks: Sequence[Mark], x: Callable[[date], float], along: Sequence[tuple[float, float]], values: Sequence[Label]
) -> list[Pin]:
    """Numbered discs above the floor; on a phone none touches another or a value, they stand one above the other."""
    pins: list[Pin] = []
    heights = [LINE_FLOOR - MARK_RADIUS - 5 - MARK_STEP * level for level in range(MOST_LEVELS)]
    for place, mark in enumerate(marks):
        at = x(mark.on)
        free = (y for y in heights if not _is_taken(at * NARROW / 100, y, pins, values))
        y = next(free, heights[place % MOST_LEVELS])
        pins.append(Pin(number=place + 1, x=at, y=y, top=min(y, _height_at(at, along, y)), mark=mark))
    return pins


def _is_taken(at: float, y: float, pins: Sequence[Pin], values: Sequence[Label]) -> bool:
    """Whether a disc at this place would touch a pin or a value on a phone."""
    if any(pin.y == y and abs(pin.x * NARROW / 100 - at) < MARK_STEP for pin in pins):
        return True
    boxes = ((*reach(value, NARROW), value.y) for value in values)
    return any(
        begin - MARK_RADIUS - 4 < at < end + MARK_RADIUS + 4 and below - MARK_STEP < y < below + MARK_RADIUS + 4
        for begin, end, below in boxes
    )


def _height_at(at: float, along: Sequence[tuple[float, float]], otherwise: float) -> float:
    """Height of the line at this place, if it has one there."""
    for (x, y), (next_x, next_y) in pairwise(along):
        if x <= at <= next_x:
            return round(y + (next_y - y) * (at - x) / (next_x - x), 1) if next_x > x else y
    return otherwise
