from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.core.clock import Zone
from tracker.notifications.rules import PAUSES, after_failure, digest_week, message_id

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_pauses_grow_until_sending_is_given_up() -> None:
    next_attempts = [after_failure(attempts, NOON) for attempts in range(1, len(PAUSES) + 2)]

    assert next_attempts[:-1] == sorted(next_attempts[:-1])
    assert next_attempts[0] == NOON + timedelta(minutes=1)
    assert next_attempts[-1] is None


@pytest.mark.parametrize(
    ("day", "hour", "minute", "week"),
    [(23, 6, 59, None), (23, 7, 0, date(2026, 11, 23)), (29, 23, 59, date(2026, 11, 23)), (30, 0, 0, None)],
)
def test_the_digest_is_due_from_monday_seven_in_jakarta(day: int, hour: int, minute: int, week: date | None) -> None:
    local = datetime(2026, 11, day, hour, minute, tzinfo=Zone.WIB.info)

    assert digest_week(local.astimezone(UTC)) == week


def test_the_message_id_is_the_same_for_every_attempt() -> None:
    assert message_id("event:1:2", "tracker.go.id") == message_id("event:1:2", "tracker.go.id")
    assert message_id("event:1:2", "tracker.go.id") != message_id("event:1:3", "tracker.go.id")
    assert message_id("event:1:2", "tracker.go.id").endswith("@tracker.go.id>")
