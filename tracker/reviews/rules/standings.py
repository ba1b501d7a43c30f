"""Where an action stands at the end of a review. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tracker.actions.rules import CLOSED, ActionStatus


class Standing(StrEnum):
    """In the order in which the picture of a report shows them."""

    DONE = "done"
    ENDED = "ended"
    LATE = "late"
    SOON = "soon"
    ON_TRACK = "on_track"
    UNDATED = "undated"
    NEW = "new"


def standing_of(status: ActionStatus, due_on: date | None, held_on: date, next_on: date) -> Standing:
    """`held_on` is the day of the review, `next_on` that of the next one."""
    if status in CLOSED:
        return Standing.DONE if status is ActionStatus.COMPLETED else Standing.ENDED
    if due_on is None:
        return Standing.UNDATED
    if due_on < held_on:
        return Standing.LATE
    return Standing.SOON if due_on < next_on else Standing.ON_TRACK


def moves(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> Counter[tuple[Standing, Standing]]:
    """How many went from each standing to each. What was not open at the review before is new."""
    still_open = {number: standing for number, standing in before.items() if standing not in _OVER}
    return Counter((still_open.get(number, Standing.NEW), standing) for number, standing in after.items())


_OVER = frozenset({Standing.DONE, Standing.ENDED})
