from tests.policies import S, allowed
from tracker.meetings import policy


def test_only_the_secretariat_logs_meetings() -> None:
    assert allowed(policy.may_log) == {S}
