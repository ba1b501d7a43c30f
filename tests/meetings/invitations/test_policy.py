from datetime import date, datetime, time, timedelta

from tests.policies import S, allowed
from tracker.core.actor import Role
from tracker.core.clock import Zone
from tracker.meetings.invitations import policy
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus

BEGINS = datetime.combine(date(2031, 3, 4), time(9), Zone.WIB.info)


def inviting(status: MeetingStatus, now: datetime) -> set[Role]:
    meeting = Meeting(date=date(2031, 3, 4), start_time=time(9), timezone="Asia/Jakarta", status=status)
    return allowed(lambda actor: policy.may_invite(actor, meeting, now))


def test_only_the_secretariat_invites_and_only_before_the_meeting_begins() -> None:
    assert inviting(MeetingStatus.SCHEDULED, BEGINS - timedelta(minutes=1)) == {S}
    assert inviting(MeetingStatus.SCHEDULED, BEGINS) == set()
    assert inviting(MeetingStatus.CANCELLED, BEGINS - timedelta(days=1)) == set()
    assert inviting(MeetingStatus.POSTPONED, BEGINS - timedelta(days=1)) == set()
