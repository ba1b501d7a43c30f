from itertools import product

from tests.policies import D, S, allowed
from tracker.classification import policy
from tracker.core.actor import Classification, Role
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


def test_secretariat_and_decision_maker_raise_and_only_the_decision_maker_lowers() -> None:
    assert allowed(policy.may_classify) == {S, D}
    for before, after in product(Classification, repeat=2):
        found = allowed(lambda actor, before=before, after=after: policy.may_set(actor, before, after))
        assert found == ({S, D} if after.rank > before.rank else {D}), (before, after)


def test_the_secretariat_and_the_chair_of_that_meeting_let_others_in() -> None:
    there = [
        Attendance(role=AttendanceRole.CHAIR, person_id=7),
        Attendance(role=AttendanceRole.PARTICIPANT, person_id=8),
    ]

    assert allowed(lambda actor: policy.may_let_in(actor, there)) == {S}
    assert allowed(lambda actor: policy.may_let_in(actor, there), person=8) == {S}
    assert allowed(lambda actor: policy.may_let_in(actor, there), person=7) == set(Role)
    assert allowed(lambda actor: policy.may_let_in(actor, [Attendance(role=AttendanceRole.CHAIR)]), person=None) == {S}
