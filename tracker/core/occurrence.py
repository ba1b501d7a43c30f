"""When something happened, if that is not when it is recorded: checked dates, and history that is recorded later."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from tracker.core.clock import day_at, today
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day

_is_history: ContextVar[bool] = ContextVar("is_history", default=False)


@contextmanager
def recording_history(*, if_so: bool = True, since: date | None = None) -> Iterator[None]:
    """Within this block, commands record what happened long ago: rows become history, and nobody gets a mail (ADR 93).

    The days come from the arguments of the commands. The audit chain keeps the moment of recording. A form gives
    `since`, the day on which it began; it must be before today.
    """
    if if_so and since is not None and since >= today():
        sentence = _l("Only what began before today is history. Enter the date, or remove the tick.")
        raise NotPossible(sentence, field="is_history")
    token = _is_history.set(if_so or _is_history.get())
    try:
        yield
    finally:
        _is_history.reset(token)


def is_recording_history() -> bool:
    return _is_history.get()


def history_until(day: date, *, at: datetime) -> date | None:
    """The day on which a row that began on `day` is recorded as history; None if it is not history."""
    recorded_on = day_at(at)
    return recorded_on if is_recording_history() and day < recorded_on else None


def ensure_day(on: date, *, since: date, at: datetime, field: str = "on") -> None:
    """Refuse a date in the future, or before the step that it follows.

    If that step has a future date, which can no longer be entered, today is accepted.
    """
    recorded_on = day_at(at)
    if on > recorded_on:
        raise NotPossible(_l("This date is in the future."), field=field)
    if on < min(since, recorded_on):
        raise NotPossible(
            _l("Enter %(day)s or a later date: the step before it happened then.", day=long_day(since)), field=field
        )
