"""Which meetings are held at the same time, and where."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from tracker.core.clock import Zone
from tracker.meetings.rules import MeetingStatus, is_same_place, overlapping

DAY = dt.date(2026, 12, 1)


def meeting(start: str | None, end: str | None, **values: Any) -> Any:
    hours = {"start_time": dt.time.fromisoformat(start) if start else None,
             "end_time": dt.time.fromisoformat(end) if end else None}  # fmt: skip
    usual = {"status": MeetingStatus.SCHEDULED, "date": DAY, "last_day": DAY, "zone": Zone.WIB, "venue": "Aula",
             "venue_detail": None, "city": "Jakarta"}  # fmt: skip
    return SimpleNamespace(**hours | usual | values)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("09:00", "11:00"), ("10:00", "12:00"), True),
        (("09:00", "11:00"), ("11:00", "12:00"), False),
        (("09:00", "11:00"), ("09:30", "10:00"), True),
        (("09:00", None), ("09:00", None), True),
        (("09:00", None), ("08:00", "10:00"), True),
        (("09:00", None), ("09:30", "10:00"), False),
        ((None, None), ("09:00", "10:00"), False),
    ],
)
def test_hours_overlap(one: tuple[Any, Any], other: tuple[Any, Any], clash: bool) -> None:
    pair = (meeting(*one), meeting(*other))

    assert bool(overlapping(pair)) == bool(overlapping(pair[::-1])) == clash


def test_hours_are_compared_across_zones_and_nights() -> None:
    morning, east = meeting("09:00", "10:00"), meeting("11:00", "12:00", zone=Zone.WIT)
    night = meeting("22:00", "02:00", last_day=DAY + dt.timedelta(days=1))
    early = meeting("01:00", "03:00", date=DAY + dt.timedelta(days=1), last_day=DAY + dt.timedelta(days=1))

    assert overlapping([morning, east]) == [(morning, east)]
    assert overlapping([night, early]) == [(night, early)]


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_what_is_not_held_takes_no_room(status: MeetingStatus) -> None:
    assert overlapping([meeting("09:00", "10:00"), meeting("09:00", "10:00", status=status)]) == []


def test_a_room_has_a_name() -> None:
    assert is_same_place(meeting(None, None), meeting(None, None, venue="aula "))
    assert not is_same_place(meeting(None, None), meeting(None, None, city="Bandung"))
    assert not is_same_place(meeting(None, None, venue=None), meeting(None, None, venue=None))
