from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.core.clock import JAKARTA
from tracker.notifications.rules import PAUSES, after_failure, digest_week, message_id

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_each_failure_waits_longer_and_the_last_gives_up() -> None:
    tries = [after_failure(attempts, NOON) for attempts in range(1, len(PAUSES) + 2)]

    assert tries[:-1] == sorted(tries[:-1])
    assert tries[0] == NOON + timedelta(minutes=1)
    assert tries[-1] is None


@pytest.mark.parametrize(
    ("day", "hour", "minute", "week"),
    [(23, 6, 59, None), (23, 7, 0, date(2026, 11, 23)), (29, 23, 59, date(2026, 11, 23)), (30, 0, 0, None)],
)
def test_the_digest_is_that_of_the_week_in_jakarta_from_monday_seven_on(
    day: int, hour: int, minute: int, week: date | None
) -> None:
    here = datetime(2026, 11, day, hour, minute, tzinfo=JAKARTA)

    assert digest_week(here.astimezone(UTC)) == week


def test_a_mail_keeps_its_number_at_every_try() -> None:
    assert message_id("event:1:2", "tracker.go.id") == message_id("event:1:2", "tracker.go.id")
    assert message_id("event:1:2", "tracker.go.id") != message_id("event:1:3", "tracker.go.id")
    assert message_id("event:1:2", "tracker.go.id").endswith("@tracker.go.id>")
