"""The weekly figures that are drawn, and the coordinates of their chart on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, FLOOR = 48, 704, 16, 236
STEPS = 4
#: The figures that are drawn.
DRAWN = ("open", "overdue", "done_before", "slipped_before")
#: Number of weeks in the chart of a report.
WEEKS_REPORTED = 12


@dataclass(frozen=True)
class Chart:
    """Points of each line by name, ticks of the scale, and labels of the weeks."""

    points: Mapping[str, str]
    ticks: Sequence[tuple[int, int]]
    labels: Sequence[tuple[int, str]]


def series_of(weeks: Sequence[Any]) -> dict[str, list[int]]:
    return {name: [getattr(row, name) for row in weeks] for name in DRAWN}


def chart_of(weeks: Sequence[Any]) -> Chart | None:
    return draw([row.week for row in weeks], series_of(weeks)) if len(weeks) > 1 else None


def draw(weeks: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    highest = max((value for values in series.values() for value in values), default=0)
    top = STEPS * next(step for step in _round_steps() if step * STEPS >= highest)
    across = [LEFT + (RIGHT - LEFT) * index // max(len(weeks) - 1, 1) for index in range(len(weeks))]
    return Chart(
        points={
            name: " ".join(f"{x},{_height(value, top)}" for x, value in zip(across, values, strict=True))
            for name, values in series.items()
        },
        ticks=[(_height(top * step // STEPS, top), top * step // STEPS) for step in range(STEPS + 1)],
        labels=list(zip(across, (week.split("-")[1] for week in weeks), strict=True)),
    )


def _round_steps() -> Iterator[int]:
    """Steps for a readable scale: 1, 2, 5, 10, 20, 25, 50, 100 …"""
    quarters = (quarter * 10**power for power in count() for quarter in (4, 8, 10, 20))
    return (quarter // STEPS for quarter in quarters if quarter % STEPS == 0)


def _height(value: int, top: int) -> int:
    return FLOOR - (FLOOR - TOP) * value // top
