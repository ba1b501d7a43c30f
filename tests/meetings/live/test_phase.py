from datetime import date, timedelta

import pytest

from tracker.meetings.live.rules import Phase, phase_of
from tracker.meetings.rules import MeetingStatus

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("status", MeetingStatus)
@pytest.mark.parametrize("is_locked", [False, True])
def test_only_what_is_not_locked_and_has_come_is_open(status: MeetingStatus, days: int, is_locked: bool) -> None:
    phase = phase_of(status, TODAY + timedelta(days=days), TODAY, is_locked=is_locked)

    if is_locked or status in {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}:
        assert phase is Phase.CLOSED
    elif status is MeetingStatus.POSTPONED or (status is MeetingStatus.SCHEDULED and days > 0):
        assert phase is Phase.PREPARING
    else:
        assert phase is Phase.OPEN
