from tests.policies import A, allowed
from tracker.minutes.documents import policy


def test_only_administrators_change_the_template_and_letterhead() -> None:
    assert allowed(policy.may_replace_template) == {A}
    assert allowed(policy.may_change_letterhead) == {A}
