"""Dates of reviews. Pure."""

from collections.abc import Container
from datetime import date

from tracker.calendar.holidays.rules import (
    DAY,
    WEEK,
    IsoWeek,
    is_day_off,
    next_month,
    next_working_day,
    previous_working_day,
)


def planned_day(week: IsoWeek, weekday: int) -> date:
    return week.monday + weekday * DAY


def next_review_on(week: IsoWeek, weekday: int, held_on: date) -> date:
    """The day of the next review: the first usual day after both this week and `held_on`."""
    day = planned_day(week.next, weekday)
    while day <= held_on:
        day += WEEK
    return day


def days_to_offer(week: IsoWeek, weekday: int, days_off: Container[date], today: date) -> list[date]:
    """Days that can be chosen as the day of a review opened today, latest first.

    These are the days of its week and, if the planned day is a day off, the working days around it; none after today.
    """
    days = {*week.days(), *_around(planned_day(week, weekday), days_off)}
    return sorted((day for day in days if day <= today), reverse=True)


def opens_on(week: IsoWeek, weekday: int, days_off: Container[date]) -> date:
    return min(week.monday, *_around(planned_day(week, weekday), days_off))


def _around(planned: date, days_off: Container[date]) -> list[date]:
    """The planned day or, if that is a day off, the working days before and after it."""
    if not is_day_off(planned, days_off):
        return [planned]
    return [previous_working_day(planned, days_off), next_working_day(planned, days_off)]


def quick_days(first: date, days_off: Container[date]) -> list[date]:
    """Working days one and two weeks after `first`, and the next last working day of a month after it."""
    ends = [previous_working_day(next_month(month), days_off) for month in (first.replace(day=1), next_month(first))]
    end = ends[0] if ends[0] > first else ends[1]
    return [*(next_working_day(first + weeks * WEEK - DAY, days_off) for weeks in (1, 2)), end]


def weeks_between(first: date, last: date) -> int:
    """Number of whole weeks between two days; 0 if `last` is earlier."""
    return max((last - first).days, 0) // WEEK.days
