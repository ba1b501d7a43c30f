from tests.policies import A, S, allowed, somebody
from tracker.core.actor import Classification
from tracker.people import policy

ORDINARY, SECRET = (Classification.ORDINARY,), (Classification.ORDINARY, Classification.SECRET)


def test_secretariat_and_administrators_keep_the_registers() -> None:
    assert allowed(policy.may_edit) == {S, A}


def test_merging_gives_nobody_sight_of_something_secret() -> None:
    def may_merge(clearances: dict[int, tuple[Classification, ...]]) -> set[object]:
        return allowed(lambda actor: policy.may_merge_persons(actor, {5, 6}, clearances, is_oneself=False))

    assert may_merge({}) == {S, A}
    assert may_merge({5: ORDINARY}) == {S, A}
    assert may_merge({5: SECRET}) == {A}
    assert may_merge({5: ORDINARY, 6: ORDINARY}) == {A}
    for role in (S, A):
        assert policy.may_merge_persons(somebody(role, person=7), {5, 6}, {}, is_oneself=False)
        assert not policy.may_merge_persons(somebody(role, person=5), {5, 6}, {}, is_oneself=False)
        assert not policy.may_merge_persons(somebody(role, person=7), {5, 6}, {}, is_oneself=True)
