from tests.policies import A, allowed
from tracker.operations import policy


def test_only_administrators_see_the_state_of_the_installation() -> None:
    assert allowed(policy.may_see_state) == {A}
