from datetime import date

import pytest

from tracker.meetings.rules import NEXT, MeetingStatus, can_move, contradicts_weekday

M = MeetingStatus


@pytest.mark.parametrize(
    ("day", "written", "contradicts"),
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
def test_a_written_weekday_contradicts_a_date_on_another_weekday(day: date, written: str, contradicts: bool) -> None:
    assert contradicts_weekday(day, written) is contradicts


def test_only_a_held_meeting_can_be_closed() -> None:
    assert [before for before in M if can_move(before, M.CLOSED)] == [M.HELD]
    assert NEXT[M.CLOSED] == frozenset()
