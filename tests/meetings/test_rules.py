from datetime import date

import pytest

from tracker.meetings.rules import NEXT, MeetingStatus, can_move, fights_weekday

M = MeetingStatus


@pytest.mark.parametrize(
    ("day", "written", "fights"),
    [
        (date(2020, 12, 3), "Jumat", True),
        (date(2020, 12, 3), "Kamis", False),
        (date(2020, 10, 21), "Rabu", False),
        (date(2021, 10, 21), "Rabu", True),
        (date(2020, 10, 21), "Wednesday", False),
        (date(2020, 10, 23), "Jum’at", False),
        (date(2020, 10, 21), "siang ini", False),
        (date(2020, 10, 21), None, False),
    ],
)
def test_a_weekday_that_names_another_day_fights_the_date(day: date, written: str, fights: bool) -> None:
    assert fights_weekday(day, written) is fights


def test_a_meeting_closes_only_after_it_was_held() -> None:
    assert [before for before in M if can_move(before, M.CLOSED)] == [M.HELD]
    assert NEXT[M.CLOSED] == frozenset()
