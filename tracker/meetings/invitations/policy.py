from datetime import datetime

from tracker.core.actor import Actor
from tracker.meetings import policy
from tracker.meetings.invitations.rules import is_to_come
from tracker.meetings.models import Meeting


def may_invite(actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """To a meeting that is still to come."""
    return policy.may_log(actor) and meeting.locked_at is None and is_to_come(meeting, now)
