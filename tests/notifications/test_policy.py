from tests.policies import A, allowed
from tracker.notifications import policy


def test_only_administrators_see_the_outbox() -> None:
    assert allowed(policy.may_manage) == {A}
