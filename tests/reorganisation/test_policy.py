from tests.policies import A, S, allowed, somebody
from tracker.reorganisation import policy


def test_whoever_keeps_the_registers_drafts_reorganisations() -> None:
    assert allowed(policy.may_draft) == {S, A}


def test_nobody_puts_a_decree_in_force_that_gives_something_to_themselves() -> None:
    assert allowed(lambda actor: policy.may_enter(actor, {5}, {6, 7})) == {S, A}
    for role in (S, A):
        assert not policy.may_enter(somebody(role), {5, 6}, {6, 7})
