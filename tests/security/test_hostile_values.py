"""Weeks, months and numbers outside the supported range are refused."""

import pytest

from tracker.actions.changes.rules import parse_versions
from tracker.calendar.holidays.rules import next_month, parse_month, parse_week, previous_month, weeks_of_month

pytestmark = pytest.mark.one_database
WEEKS = [
    "0000-W01",
    "0001-W01",
    "1945-W01",
    "2026-W00",
    "2026-W54",
    "2200-W01",
    "9999-W52",
    "9999-W53",
    "٢٠٢٦-W٠١",
    "NaN",
    "9" * 5000,
]
MONTHS = [
    "0000-01",
    "0001-01",
    "1945-12",
    "2026-00",
    "2026-13",
    "2200-01",
    "9999-12",
    "٢٠٢٦-٠١",
    "-2026-01",
    "9" * 5000,
]


@pytest.mark.parametrize("written", WEEKS)
def test_impossible_weeks_are_refused(written: str) -> None:
    assert parse_week(written) is None


@pytest.mark.parametrize("written", MONTHS)
def test_impossible_months_are_refused(written: str) -> None:
    assert parse_month(written) is None


def test_the_first_and_last_weeks_and_months_have_neighbours() -> None:
    for first, last in (("1946-W01", "1946-01"), ("2199-W52", "2199-12")):
        week, month = parse_week(first), parse_month(last)
        assert week
        assert month
        assert week.next.previous == week
        assert previous_month(next_month(month)) == month
        assert weeks_of_month(month)


@pytest.mark.parametrize("written", ["9" * 5000, "9" * 19, "2147483648", "²", "٣", "-1", "1e9", ""])
def test_impossible_ids_of_selected_actions_are_refused(written: str) -> None:
    assert parse_versions(f"{written}:1 1:{written} 7:2") == {7: 2}
