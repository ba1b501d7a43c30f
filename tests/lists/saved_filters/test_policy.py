from tests.policies import S, allowed
from tracker.lists.saved_filters import policy


def test_the_secretariat_shares_its_views() -> None:
    assert allowed(policy.may_share) == {S}
