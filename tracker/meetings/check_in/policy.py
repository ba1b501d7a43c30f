from datetime import datetime

from tracker.core.actor import Actor, both
from tracker.meetings import policy
from tracker.meetings.check_in.rules import takes_check_ins
from tracker.meetings.models import Meeting


@both
def may_show_code(actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """Those who may record attendance, while it can be used: whoever sees the code can check in."""
    return policy.may_log(actor) and takes_check_ins(meeting, now)
