"""Add, edit and remove holidays. Callers commit."""

import datetime as dt
from dataclasses import asdict, dataclass
from datetime import datetime

from tracker.audit.commands import record
from tracker.calendar.holidays import queries
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.wording import lazy_gettext as _l

DAY_TAKEN = taken("uq_holiday_date", _l("This day is in the table already; change its name there."), field="date")


@dataclass(frozen=True, kw_only=True)
class HolidayDraft:
    date: dt.date
    name_id: str
    name_en: str | None = None
    kind: HolidayKind = HolidayKind.NATIONAL
    is_confirmed: bool = True


def add_holiday(draft: HolidayDraft, *, by: Actor, at: datetime) -> Holiday:
    _refuse_twice(draft, None)
    holiday = Holiday(**asdict(draft))
    db.session.add(holiday)
    db.session.flush()  # the event needs the new row's number
    record(holiday, "added", by=by, at=at, on=holiday.date, name=holiday.name_id)
    return holiday


def edit_holiday(holiday: Holiday, draft: HolidayDraft, *, by: Actor, at: datetime) -> None:
    """Decrees are amended during the year, so holidays can be edited."""
    _refuse_twice(draft, holiday.id)
    for name, value in asdict(draft).items():
        setattr(holiday, name, value)
    record(holiday, "edited", by=by, at=at, on=holiday.date, name=holiday.name_id)


def remove_holiday(holiday: Holiday, *, by: Actor, at: datetime) -> None:
    """Delete the holiday; the event keeps its date and name."""
    record(holiday, "removed", by=by, at=at, on=holiday.date, name=holiday.name_id)
    db.session.delete(holiday)


def _refuse_twice(draft: HolidayDraft, except_id: int | None) -> None:
    with db.session.no_autoflush:
        if queries.is_taken(draft.date, except_id=except_id):
            raise DAY_TAKEN.refusal()
