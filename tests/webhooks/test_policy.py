from tests.policies import A, allowed
from tracker.webhooks import policy


def test_only_administrators_have_webhooks() -> None:
    assert allowed(policy.may_have_endpoints) == {A}
