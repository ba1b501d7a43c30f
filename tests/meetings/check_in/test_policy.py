from datetime import date, datetime, time

from tests.policies import S, allowed
from tracker.core.actor import Role
from tracker.core.clock import Zone
from tracker.meetings.check_in import policy
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus


def showing(hour: int) -> set[Role]:
    meeting = Meeting(date=date(2031, 3, 4), start_time=time(9), end_time=time(11), timezone="Asia/Jakarta",
                      status=MeetingStatus.SCHEDULED)  # fmt: skip
    now = datetime.combine(meeting.date, time(hour), Zone.WIB.info)
    return allowed(lambda actor: policy.may_show_code(actor, meeting, now))


def test_only_the_secretariat_shows_the_code_and_only_while_it_is_taken() -> None:
    assert showing(10) == {S}
    assert showing(7) == set()
    assert showing(12) == set()
