from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.series.rules import Rhythm, next_day


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.WEEKLY, date(2020, 10, 28)),
        (Rhythm.FORTNIGHTLY, date(2020, 11, 4)),
        (Rhythm.MONTHLY, date(2020, 11, 18)),  # the third Wednesday again
        (Rhythm.QUARTERLY, date(2021, 1, 20)),
        (None, None),
    ],
)
def test_each_rhythm_suggests_the_next_date(rhythm: Rhythm | None, expected: date | None) -> None:
    assert next_day(date(2020, 10, 21), rhythm) == expected


def test_a_fifth_weekday_becomes_the_last_in_a_month_with_four() -> None:
    assert next_day(date(2020, 9, 30), Rhythm.MONTHLY) == date(2020, 10, 28)


@given(st.dates(date(1945, 1, 1), date(2200, 1, 1)), st.sampled_from(Rhythm))
def test_the_next_day_is_later_and_the_same_weekday(day: date, rhythm: Rhythm) -> None:
    result = next_day(day, rhythm)

    assert result > day
    assert result.weekday() == day.weekday()
