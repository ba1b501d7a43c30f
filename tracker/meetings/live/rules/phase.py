"""What the live minutes allow, depending on the state of the meeting. Pure."""

from datetime import date, datetime, time, tzinfo
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


def begun_at(day: date, hour: time | None, zone: tzinfo, now: datetime) -> datetime | None:
    """When the meeting began, if it began today at a known hour."""
    begun = datetime.combine(day, hour, zone) if hour else None
    return begun if begun and begun <= now and day == now.astimezone(zone).date() else None
