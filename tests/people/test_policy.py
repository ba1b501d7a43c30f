from tests.policies import A, S, allowed
from tracker.people import policy


def test_secretariat_and_administrators_keep_the_registers() -> None:
    assert allowed(policy.may_edit) == {S, A}
