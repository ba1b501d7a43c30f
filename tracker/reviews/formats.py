"""The figures of some weeks as lines of a drawing: numbers in, coordinates out. The template only draws them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, FLOOR = 48, 704, 16, 236
STEPS = 4
#: The figures of a week that are drawn.
DRAWN = ("open", "overdue", "done_before", "slipped_before")
#: How many weeks the report of a sitting looks back on.
WEEKS_REPORTED = 12


@dataclass(frozen=True)
class Lines:
    """One line of points for each name, the marks of the scale, and where each week stands."""

    points: Mapping[str, str]
    ticks: Sequence[tuple[int, int]]
    labels: Sequence[tuple[int, str]]


def drawing_of(weeks: Sequence[Any]) -> Lines | None:
    """The figures of these weeks as lines; one week alone makes none."""
    if len(weeks) < 2:
        return None
    return lines([one.week for one in weeks], {name: [getattr(one, name) for one in weeks] for name in DRAWN})


def lines(weeks: Sequence[str], series: Mapping[str, Sequence[int]]) -> Lines:
    """Draw these series over these weeks on one scale from zero."""
    highest = max((value for values in series.values() for value in values), default=0)
    top = STEPS * next(step for step in _round_steps() if step * STEPS >= highest)
    across = [LEFT + (RIGHT - LEFT) * place // max(len(weeks) - 1, 1) for place in range(len(weeks))]
    return Lines(
        points={
            name: " ".join(f"{x},{_height(value, top)}" for x, value in zip(across, values, strict=True))
            for name, values in series.items()
        },
        ticks=[(_height(top * step // STEPS, top), top * step // STEPS) for step in range(STEPS + 1)],
        labels=list(zip(across, (week.split("-")[1] for week in weeks), strict=True)),
    )


def _round_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 25, 50, 100 …: what a scale is read by."""
    quarters = (quarter * 10**power for power in count() for quarter in (4, 8, 10, 20))
    return (quarter // STEPS for quarter in quarters if quarter % STEPS == 0)


def _height(value: int, top: int) -> int:
    return FLOOR - (FLOOR - TOP) * value // top
