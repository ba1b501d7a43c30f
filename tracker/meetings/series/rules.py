"""How often a series meets, and when it would meet next. Pure."""

from datetime import date, timedelta
from enum import StrEnum

DAYS_A_WEEK = 7


class Rhythm(StrEnum):
    """How often the meetings of a series are held."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}


def next_day(last: date, rhythm: Rhythm | None) -> date | None:
    """The day a rhythm suggests: so many weeks on, or the same weekday of a later month («the third Wednesday»)."""
    if rhythm is None:
        return None
    if rhythm in _DAYS:
        return last + timedelta(days=_DAYS[rhythm])
    months = last.year * 12 + last.month - 1 + _MONTHS[rhythm]
    first = date(months // 12, months % 12 + 1, 1)
    week = (last.day - 1) // DAYS_A_WEEK
    ahead = (last.weekday() - first.weekday()) % DAYS_A_WEEK + week * DAYS_A_WEEK
    found = first + timedelta(days=ahead)
    return found if found.month == first.month else found - timedelta(days=DAYS_A_WEEK)
