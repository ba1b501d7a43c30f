from tests.policies import A, S, allowed
from tracker.calendar.holidays import policy


def test_secretariat_and_administrators_keep_the_days_off() -> None:
    assert allowed(policy.may_edit) == {S, A}
