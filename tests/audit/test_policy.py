from tests.policies import A, T, allowed
from tracker.audit import policy


def test_auditors_and_administrators_may_audit() -> None:
    assert allowed(policy.may_audit) == {T, A}
