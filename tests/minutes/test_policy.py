from tests.policies import S, allowed
from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole
from tracker.minutes import policy

NONE: frozenset[Part] = frozenset()


def test_the_secretariat_submits_and_another_account_records_the_signed_copy() -> None:
    assert allowed(policy.may_submit) == {S}
    assert allowed(lambda actor: policy.may_record_signed_copy(actor, NONE)) == {S}
    assert allowed(lambda actor: policy.may_record_signed_copy(actor, {Part.SUBMITTED})) == set()


def test_the_chair_of_the_meeting_decides_regardless_of_roles() -> None:
    attendance = [
        Attendance(role=AttendanceRole.CHAIR, person_id=7),
        Attendance(role=AttendanceRole.PARTICIPANT, person_id=8),
    ]
    unnamed_chair = [Attendance(role=AttendanceRole.CHAIR, person_id=None)]

    assert allowed(lambda actor: policy.may_approve(actor, attendance, NONE), person=7) == set(Role)
    assert allowed(lambda actor: policy.may_approve(actor, attendance, {Part.SUBMITTED}), person=7) == set()
    assert allowed(lambda actor: policy.may_return(actor, attendance), person=7) == set(Role)
    for may in (policy.may_return, lambda actor, rows: policy.may_approve(actor, rows, NONE)):
        assert allowed(lambda actor, may=may: may(actor, attendance), person=8) == set()
        assert allowed(lambda actor, may=may: may(actor, unnamed_chair), person=None) == set()
