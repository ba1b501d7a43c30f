from itertools import product

from tests.policies import D, S, allowed
from tracker.classification import policy
from tracker.core.actor import Classification, Role
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


def test_only_the_decision_maker_lowers_a_classification() -> None:
    assert allowed(policy.may_classify) == {S, D}
    for before, after in product(Classification, repeat=2):
        roles = allowed(lambda actor, before=before, after=after: policy.may_set(actor, before, after))
        assert roles == ({S, D} if after.rank > before.rank else {D}), (before, after)


def test_the_secretariat_and_the_chair_of_the_meeting_grant_access() -> None:
    attendance = [
        Attendance(role=AttendanceRole.CHAIR, person_id=7),
        Attendance(role=AttendanceRole.PARTICIPANT, person_id=8),
    ]

    assert allowed(lambda actor: policy.may_grant_access(actor, attendance)) == {S}
    assert allowed(lambda actor: policy.may_grant_access(actor, attendance), person=8) == {S}
    assert allowed(lambda actor: policy.may_grant_access(actor, attendance), person=7) == set(Role)
    assert allowed(
        lambda actor: policy.may_grant_access(actor, [Attendance(role=AttendanceRole.CHAIR)]), person=None
    ) == {S}
