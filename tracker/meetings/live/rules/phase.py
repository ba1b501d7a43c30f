"""What the live minutes allow, depending on the state of the meeting. Pure."""

from datetime import date
from enum import StrEnum

from tracker.meetings.rules import MeetingStatus, takes_minutes


class Phase(StrEnum):
    #: Before the day of the meeting: agenda and people, no attendance and no lines.
    PREPARING = "preparing"
    OPEN = "open"
    #: Submitted, approved or cancelled: read-only.
    CLOSED = "closed"


def phase_of(status: MeetingStatus, day: date, today: date, *, is_locked: bool) -> Phase:
    """The phase of a meeting. On its day it is open even if nobody recorded that it began."""
    if is_locked or status in {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}:
        return Phase.CLOSED
    return Phase.OPEN if takes_minutes(status, day, today) else Phase.PREPARING
