"""What can be done in the live minutes of a meeting, by where the meeting stands. Pure."""

from datetime import date
from enum import StrEnum

from tracker.meetings.rules import MeetingStatus, takes_minutes


class Phase(StrEnum):
    """What the screen is for."""

    #: The day is still to come: agenda and people, no attendance and no lines.
    PREPARING = "preparing"
    OPEN = "open"
    #: Submitted, approved or cancelled: to read.
    CLOSED = "closed"


def phase_of(status: MeetingStatus, day: date, today: date, *, is_locked: bool) -> Phase:
    """The phase of a meeting; on its day it is open whether or not somebody has noted that it began."""
    if is_locked or status in {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}:
        return Phase.CLOSED
    return Phase.OPEN if takes_minutes(status, day, today) else Phase.PREPARING
