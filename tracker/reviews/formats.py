"""The weekly figures that are drawn."""

from collections.abc import Sequence
from typing import Any

#: The figures that are drawn.
DRAWN = ("open", "overdue", "done_before", "slipped_before")
#: Number of weeks in the chart of a report.
WEEKS_REPORTED = 12


def series_of(weeks: Sequence[Any]) -> dict[str, list[int]]:
    return {name: [getattr(row, name) for row in weeks] for name in DRAWN}
