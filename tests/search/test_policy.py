from tests.policies import A, S, allowed
from tracker.search import policy


def test_secretariat_and_administrators_keep_the_synonyms() -> None:
    assert allowed(policy.may_edit_synonyms) == {S, A}
