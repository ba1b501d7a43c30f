"""Check the date on which something happened if it differs from the date it is recorded."""

from datetime import date, datetime

from tracker.core.clock import day_at
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day


def ensure_day(on: date, *, since: date, at: datetime, field: str = "on") -> None:
    """Refuse a date in the future, or before the step that it follows.

    If that step has a future date, which can no longer be entered, today is accepted.
    """
    today = day_at(at)
    if on > today:
        raise NotPossible(_l("This date is in the future."), field=field)
    if on < min(since, today):
        raise NotPossible(
            _l("Enter %(day)s or a later date: the step before it happened then.", day=long_day(since)), field=field
        )
