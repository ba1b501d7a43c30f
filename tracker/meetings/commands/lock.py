"""Guards against changing minutes that are submitted or approved, and those of a meeting that has not begun."""

from datetime import datetime

from tracker.core.clock import day_at
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.meetings import rules
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus


def ensure_open(meeting: Meeting) -> None:
    """Raise NotPossible if the minutes are submitted or approved."""
    if meeting.locked_at is None:
        return
    if meeting.status is MeetingStatus.CLOSED:
        raise NotPossible(_l("The minutes are approved. Open a correction to change them."))
    raise NotPossible(_l("The minutes are submitted. They can be changed when they are returned."))


def takes_minutes(meeting: Meeting, at: datetime) -> bool:
    return rules.takes_minutes(meeting.status, meeting.date, day_at(at, meeting.zone))


def ensure_begun(meeting: Meeting, at: datetime) -> None:
    if takes_minutes(meeting, at):
        return
    if meeting.status is MeetingStatus.CANCELLED:
        raise NotPossible(_l("The meeting was cancelled."))
    if meeting.status is MeetingStatus.POSTPONED:
        raise NotPossible(_l("The meeting is postponed. Set its new date first."))
    raise NotPossible(
        _l(
            "The meeting is on %(day)s. Until then its agenda and participants can be prepared.",
            day=long_day(meeting.date),
        )
    )
