"""On which day a sitting is held. Pure. Source: domain.md 4.3."""

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
    """The day of that week on which the review is held by habit; Monday is 0."""
    return week.monday + weekday * DAY


def next_review_on(week: IsoWeek, weekday: int, held_on: date) -> date:
    """The day of the review after this one: the first habitual day after both its week and the day it is held."""
    day = planned_day(week.next, weekday)
    while day <= held_on:
        day += WEEK
    return day


def days_to_offer(week: IsoWeek, weekday: int, days_off: Container[date], today: date) -> list[date]:
    """The days on which a sitting that is opened today can have been held, the latest first.

    These are the days of its week, and the working days around the planned day where that is a day off.
    """
    days = {*week.days(), *_around(planned_day(week, weekday), days_off)}
    return sorted((day for day in days if day <= today), reverse=True)


def opens_on(week: IsoWeek, weekday: int, days_off: Container[date]) -> date:
    """The first day on which the sitting of this week can be opened."""
    return min(week.monday, *_around(planned_day(week, weekday), days_off))


def _around(planned: date, days_off: Container[date]) -> list[date]:
    """The planned day; where it is a day off, the working days before and after it instead."""
    if not is_day_off(planned, days_off):
        return [planned]
    return [previous_working_day(planned, days_off), next_working_day(planned, days_off)]


def quick_days(first: date, days_off: Container[date]) -> list[date]:
    """Working days one and two weeks after a day, and the last one of its month, or of the next where that is over."""
    ends = [previous_working_day(next_month(month), days_off) for month in (first.replace(day=1), next_month(first))]
    end = ends[0] if ends[0] > first else ends[1]
    return [*(next_working_day(first + number * WEEK - DAY, days_off) for number in (1, 2)), end]


def weeks_between(first: date, last: date) -> int:
    """How many whole weeks lie between two days; none where the second is earlier."""
    return max((last - first).days, 0) // WEEK.days
