"""What stands fast while minutes wait for approval, and after."""

from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.meetings.models import Meeting
from tracker.meetings.rules import (
    MeetingStatus,
)


def ensure_open(meeting: Meeting) -> None:
    """Minutes that wait for approval, or have it, stand as they are."""
    if meeting.locked_at is None:
        return
    if meeting.status is MeetingStatus.CLOSED:
        raise NotPossible(_l("The minutes are approved. Open a correction to change them."))
    raise NotPossible(_l("The minutes are submitted. They can be changed when they are returned."))
