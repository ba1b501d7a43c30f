from tests.policies import S, allowed
from tracker.core.actor import Role
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole
from tracker.minutes import policy


def test_the_secretariat_submits() -> None:
    assert allowed(policy.may_submit) == {S}


def test_the_chair_of_that_meeting_decides_whatever_their_roles() -> None:
    there = [
        Attendance(role=AttendanceRole.CHAIR, person_id=7),
        Attendance(role=AttendanceRole.PARTICIPANT, person_id=8),
    ]
    nameless = [Attendance(role=AttendanceRole.CHAIR, person_id=None)]

    assert allowed(lambda actor: policy.may_decide(actor, there), person=7) == set(Role)
    assert allowed(lambda actor: policy.may_decide(actor, there), person=8) == set()
    assert allowed(lambda actor: policy.may_decide(actor, nameless), person=None) == set()
