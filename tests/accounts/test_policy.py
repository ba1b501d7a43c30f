from tests.policies import A, S, allowed, somebody
from tracker.accounts import policy
from tracker.core.actor import seen_through


def test_only_administrators_manage_accounts() -> None:
    assert allowed(policy.may_manage) == {A}


def test_secretariat_and_administrators_preview_but_not_from_within_a_preview() -> None:
    assert allowed(policy.may_preview) == {S, A}
    assert not policy.may_preview(seen_through(somebody(S), somebody(A)))
