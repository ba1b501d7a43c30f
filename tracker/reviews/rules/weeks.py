"""On which day a sitting is held. Pure. Source: domain.md 4.3."""

from collections.abc import Container
from datetime import date

from tracker.holidays.rules import DAY, WEEK, IsoWeek, is_day_off, next_working_day, previous_working_day


def planned_day(week: IsoWeek, weekday: int) -> date:
    """The day of that week on which the review is held by habit; Monday is 0."""
    return week.monday + weekday * DAY


def next_review_on(week: IsoWeek, weekday: int, held_on: date) -> date:
    """The day of the review after this one: the first habitual day after both its week and the day it is held."""
    day = planned_day(week.next, weekday)
    while day <= held_on:
        day += WEEK
    return day


def days_to_offer(week: IsoWeek, weekday: int, days_off: Container[date]) -> list[date]:
    """The habitual day; where that is a day off, the working days before and after it instead."""
    day = planned_day(week, weekday)
    if not is_day_off(day, days_off):
        return [day]
    return [previous_working_day(day, days_off), next_working_day(day, days_off)]


def days_between(first: date, last: date) -> list[date]:
    """The days after the one and before the other."""
    return [first + number * DAY for number in range(1, (last - first).days)]
