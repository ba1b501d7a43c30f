from tests.policies import S, allowed
from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole
from tracker.minutes import policy

NONE: frozenset[Part] = frozenset()


def test_the_secretariat_submits() -> None:
    assert allowed(policy.may_submit) == {S}
    assert allowed(lambda actor: policy.may_record_signed_copy(actor, NONE)) == {S}
    assert allowed(lambda actor: policy.may_record_signed_copy(actor, {Part.SUBMITTED})) == set()


def test_the_chair_of_that_meeting_decides_whatever_their_roles() -> None:
    there = [
        Attendance(role=AttendanceRole.CHAIR, person_id=7),
        Attendance(role=AttendanceRole.PARTICIPANT, person_id=8),
    ]
    nameless = [Attendance(role=AttendanceRole.CHAIR, person_id=None)]

    assert allowed(lambda actor: policy.may_approve(actor, there, NONE), person=7) == set(Role)
    assert allowed(lambda actor: policy.may_approve(actor, there, {Part.SUBMITTED}), person=7) == set()
    assert allowed(lambda actor: policy.may_return(actor, there), person=7) == set(Role)
    for may in (policy.may_return, lambda actor, rows: policy.may_approve(actor, rows, NONE)):
        assert allowed(lambda actor, may=may: may(actor, there), person=8) == set()
        assert allowed(lambda actor, may=may: may(actor, nameless), person=None) == set()
