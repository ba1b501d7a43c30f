from tests.policies import A, R, S, allowed
from tracker.answers import policy


def test_who_may_do_what_with_answers() -> None:
    assert allowed(policy.may_set_thresholds) == {A, R}
    assert allowed(policy.may_attach_origin) == {S}
