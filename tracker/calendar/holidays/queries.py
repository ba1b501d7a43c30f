"""Queries for holidays."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import extract, func, select

from tracker.audit.models import Event
from tracker.calendar.holidays.models import Holiday
from tracker.core.db import db
from tracker.core.errors import NotFound

LATEST = 10


def holiday(holiday_id: int, *, to_change: bool = False) -> Holiday:
    query = select(Holiday).filter_by(id=holiday_id)
    holiday = db.session.scalar(query.with_for_update() if to_change else query)
    if holiday is None:
        raise NotFound
    return holiday


def of_year(year: int) -> Sequence[Holiday]:
    query = select(Holiday).where(Holiday.date.between(date(year, 1, 1), date(year, 12, 31)))
    return db.session.scalars(query.order_by(Holiday.date)).all()


def years() -> list[int]:
    year = extract("year", Holiday.date)
    return [int(value) for value in db.session.scalars(select(year).group_by(year).order_by(year))]


def days_off(first: date, last: date) -> dict[date, Holiday]:
    """Holidays between two dates, both inclusive, by date."""
    holidays = db.session.scalars(select(Holiday).where(Holiday.date.between(first, last)))
    return {holiday.date: holiday for holiday in holidays}


def is_taken(day: date, *, except_id: int | None = None) -> bool:
    same_day = select(func.count()).where(Holiday.date == day, Holiday.id != (except_id or 0))
    return bool(db.session.scalar(same_day))


def latest_changes() -> Sequence[Event]:
    events = select(Event).filter_by(subject=Holiday.__tablename__).order_by(Event.id.desc())
    return db.session.scalars(events.limit(LATEST)).all()
