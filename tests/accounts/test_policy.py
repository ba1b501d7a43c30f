from tests.policies import A, S, allowed, somebody
from tracker.accounts import policy
from tracker.accounts.rules import Rights, Standing
from tracker.core.actor import Classification, Role, seen_through


def test_only_administrators_manage_accounts() -> None:
    assert allowed(policy.may_manage) == {A}


def test_secretariat_and_administrators_preview_but_not_from_within_a_preview() -> None:
    assert allowed(policy.may_preview) == {S, A}
    assert not policy.may_preview(seen_through(somebody(S), somebody(A)))


def test_nobody_opens_a_way_in_to_another_administrator_and_everybody_to_their_own_account() -> None:
    assert allowed(lambda actor: policy.may_open_way(actor, 2, {Role.READER})) == {A}
    assert allowed(lambda actor: policy.may_open_way(actor, 2, {Role.ADMIN})) == set()
    assert allowed(lambda actor: policy.may_open_way(actor, 1, {Role.ADMIN})) == set(Role)


def test_what_one_may_is_stored_where_it_is_no_more_than_before() -> None:
    def standing(*roles: Role, posts: frozenset[tuple[int, int | None]] = frozenset()) -> Standing:
        return Standing({1: Rights(frozenset(roles), Classification.ORDINARY)}, posts, frozenset())

    assert policy.may_store(standing(A, S), standing(A))
    assert not policy.may_store(standing(A), standing(A, S))
    assert not policy.may_store(standing(A), standing(A, posts=frozenset({(1, None)})))
