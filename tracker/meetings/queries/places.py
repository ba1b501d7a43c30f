"""Places of rows within a meeting. Hidden and removed rows keep their places, so they are counted as well."""

from sqlalchemy import func, select

from tracker.core.db import db
from tracker.core.places import between
from tracker.meetings.models import AgendaItem, Attendance, Statement

Placed = Statement | Attendance | AgendaItem


def at_end(model: type[Placed], meeting_id: int) -> str:
    rows = model.__table__.c
    return between(db.session.scalar(select(func.max(rows.place)).where(rows.meeting_id == meeting_id)), None)


def right_after(row: Placed) -> str:
    rows = type(row).__table__.c
    next_place = select(func.min(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place > row.place)
    return between(row.place, db.session.scalar(next_place))


def right_before(row: Placed) -> str:
    rows = type(row).__table__.c
    previous_place = select(func.max(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place < row.place)
    return between(db.session.scalar(previous_place), row.place)
