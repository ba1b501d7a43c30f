"""Rhythms of series, and the next date. Pure."""

from datetime import date, timedelta
from enum import StrEnum

DAYS_PER_WEEK = 7


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}


def next_day(last: date, rhythm: Rhythm | None) -> date | None:
    """The next date: one or two weeks later, or the same weekday of a later month («the third Wednesday»)."""
    if rhythm is None:
        return None
    if rhythm in _DAYS:
        return last + timedelta(days=_DAYS[rhythm])
    months = last.year * 12 + last.month - 1 + _MONTHS[rhythm]
    first = date(months // 12, months % 12 + 1, 1)
    week = (last.day - 1) // DAYS_PER_WEEK
    offset = (last.weekday() - first.weekday()) % DAYS_PER_WEEK + week * DAYS_PER_WEEK
    day = first + timedelta(days=offset)
    return day if day.month == first.month else day - timedelta(days=DAYS_PER_WEEK)
