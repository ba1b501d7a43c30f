from tests.policies import A, allowed
from tracker.calendar.periods import policy


def test_only_administrators_cut_the_year() -> None:
    assert allowed(policy.may_edit) == {A}
