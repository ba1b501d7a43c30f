from tests.policies import A, S, allowed, somebody
from tracker.accounts import policy
from tracker.accounts.rules import Entitlements, Rights
from tracker.core.actor import Classification, Role, seen_through


def test_only_administrators_manage_accounts() -> None:
    assert allowed(policy.may_manage) == {A}


def test_secretariat_and_administrators_preview_but_not_from_within_a_preview() -> None:
    assert allowed(policy.may_preview) == {S, A}
    assert not policy.may_preview(seen_through(somebody(S), somebody(A)))


def test_credentials_of_other_administrators_cannot_be_managed() -> None:
    assert allowed(lambda actor: policy.may_manage_credentials(actor, 2, {Role.READER})) == {A}
    assert allowed(lambda actor: policy.may_manage_credentials(actor, 2, {Role.ADMIN})) == set()
    assert allowed(lambda actor: policy.may_manage_credentials(actor, 1, {Role.ADMIN})) == set(Role)


def test_ones_own_entitlements_may_only_shrink() -> None:
    def entitlements(*roles: Role, posts: frozenset[tuple[int, int | None]] = frozenset()) -> Entitlements:
        return Entitlements({1: Rights(frozenset(roles), Classification.ORDINARY)}, posts, frozenset())

    assert policy.may_store(entitlements(A, S), entitlements(A))
    assert not policy.may_store(entitlements(A), entitlements(A, S))
    assert not policy.may_store(entitlements(A), entitlements(A, posts=frozenset({(1, None)})))
