from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.calendar.holidays.rules import (
    IsoWeek,
    add_working_days,
    is_day_off,
    next_month,
    next_working_day,
    parse_month,
    parse_week,
    previous_month,
    previous_working_day,
    week_of,
    weeks_of_month,
)

OCTOBER_2020 = {date(2020, 10, 28), date(2020, 10, 29), date(2020, 10, 30)}
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
sets_of_days = st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 31)), max_size=60)
days_of_winter = st.dates(date(2024, 12, 15), date(2025, 4, 15))


@pytest.mark.parametrize(
    ("day", "off"),
    [(date(2020, 10, 27), False), (date(2020, 10, 28), True), (date(2020, 10, 30), True), (date(2020, 10, 31), True),
     (date(2020, 11, 1), True), (date(2020, 11, 2), False)],
)  # fmt: skip
def test_days_off_are_weekends_and_what_the_table_says(day: date, off: bool) -> None:
    assert is_day_off(day, OCTOBER_2020) is off


def test_a_review_on_28_october_2020_would_be_on_monday_or_the_day_before() -> None:
    wednesday = date(2020, 10, 28)

    assert next_working_day(wednesday, OCTOBER_2020) == date(2020, 11, 2)
    assert previous_working_day(wednesday, OCTOBER_2020) == date(2020, 10, 27)


@given(days_of_winter, sets_of_days)
def test_the_next_and_previous_working_days_are_the_nearest_ones(day: date, off: frozenset[date]) -> None:
    after, before = next_working_day(day, off), previous_working_day(day, off)

    assert before < day < after
    assert not is_day_off(after, off)
    assert not is_day_off(before, off)
    for start, end in ((day, after), (before, day)):
        between = [start + timedelta(days=n) for n in range(1, (end - start).days)]
        assert all(is_day_off(one, off) for one in between)


@given(days_of_winter, st.integers(0, 40), sets_of_days)
def test_adding_working_days_passes_just_as_many(day: date, count: int, off: frozenset[date]) -> None:
    end = add_working_days(day, count, off)

    assert sum(not is_day_off(day + timedelta(days=n), off) for n in range(1, (end - day).days + 1)) == count
    assert count == 0 or not is_day_off(end, off)


@given(days)
def test_a_week_contains_its_day_and_survives_being_written(day: date) -> None:
    week = week_of(day)

    assert day in list(week.days())
    assert parse_week(str(week)) == week
    assert (week.monday.isoweekday(), week.sunday.isoweekday()) == (1, 7)
    assert week.next.previous == week
    assert week.previous < week < week.next


def test_2026_has_a_week_53_that_reaches_into_january() -> None:
    week = IsoWeek(2026, 53)

    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_of(date(2027, 1, 3)) == week
    assert (str(week), str(week.next)) == ("2026-W53", "2027-W01")


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-W54", "2026-w48", "2026-48", "26-W48", "", "2026-W048"])
def test_what_is_no_week_is_none(text: str) -> None:
    assert parse_week(text) is None


@given(days)
def test_the_weeks_of_a_month_have_all_its_days_and_no_week_too_many(day: date) -> None:
    first = day.replace(day=1)
    weeks = weeks_of_month(first)

    assert parse_month(first.isoformat()[:7]) == first
    assert previous_month(next_month(first)) == first
    assert [week.next for week in weeks[:-1]] == weeks[1:]
    assert weeks[0].monday <= first <= weeks[0].sunday
    assert weeks[-1].monday < next_month(first) <= weeks[-1].sunday + timedelta(days=1)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-11", "0000-01", "2026-11-01", "2026-W11", ""])
def test_what_is_no_month_is_none(text: str) -> None:
    assert parse_month(text) is None
