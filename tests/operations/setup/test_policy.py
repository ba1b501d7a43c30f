from tests.policies import A, allowed
from tracker.operations.setup import policy


def test_only_administrators_change_the_settings_of_the_office() -> None:
    assert allowed(policy.may_set_up) == {A}
