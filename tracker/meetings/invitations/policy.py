from datetime import datetime

from tracker.core.actor import Actor, both
from tracker.meetings import policy
from tracker.meetings.invitations.rules import is_to_come
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus


@both
def may_invite(actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """To a meeting that is still to come, on a day that is certain."""
    is_certain = meeting.status is MeetingStatus.SCHEDULED
    return policy.may_log(actor) and meeting.locked_at is None and is_certain and is_to_come(meeting, now)
