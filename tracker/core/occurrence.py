"""When something happened, if that is not when it is recorded: checked dates, and history that is recorded later."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from tracker.core.clock import day_at
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day

_is_history: ContextVar[bool] = ContextVar("is_history", default=False)


@contextmanager
def recording_history(*, if_so: bool = True) -> Iterator[None]:
    """Within this block, commands record what happened long ago: rows become history, and nobody gets a mail (ADR 93).

    The days come from the arguments of the commands. The audit chain keeps the moment of recording.
    """
    token = _is_history.set(if_so or _is_history.get())
    try:
        yield
    finally:
        _is_history.reset(token)


def is_recording_history() -> bool:
    return _is_history.get()


def history_until(day: date, *, at: datetime) -> date | None:
    """The day on which a row that began on `day` is recorded as history; None if it is not history."""
    today = day_at(at)
    return today if is_recording_history() and day < today else None


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
