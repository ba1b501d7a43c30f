"""The day on which something happened, where that is not the day on which it is recorded. Used by commands."""

from datetime import date, datetime

from tracker.core.clock import day_at
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.core.wording import long_day


def ensure_day(on: date, *, since: date, at: datetime, field: str = "on") -> None:
    """Refuse a day still to come, and one before what it follows: the step before it, or the beginning.

    Where that was put on a day still to come, which no longer happens, today is accepted.
    """
    today = day_at(at)
    if on > today:
        raise NotPossible(_l("This day is still to come."), field=field)
    if on < min(since, today):
        raise NotPossible(
            _l("Enter %(day)s or a later day: what comes before it happened then.", day=long_day(since)), field=field
        )
