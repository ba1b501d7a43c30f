"""Places of rows within a meeting. Hidden and removed rows keep their places, so they are counted as well."""

from functools import cache

from sqlalchemy import Select, bindparam, func, select

from tracker.core.db import db
from tracker.core.places import between
from tracker.meetings.models import AgendaItem, Attendance, Statement

Placed = Statement | Attendance | AgendaItem


def at_end(model: type[Placed], meeting_id: int) -> str:
    return between(db.session.scalar(_last(model), {"meeting": meeting_id}), None)


@cache
def _last(model: type[Placed]) -> Select[str]:
    rows = model.__table__.c
    return select(func.max(rows.place)).where(rows.meeting_id == bindparam("meeting"))


def right_after(row: Placed) -> str:
    rows = type(row).__table__.c
    next_place = select(func.min(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place > row.place)
    return between(row.place, db.session.scalar(next_place))


def right_before(row: Placed) -> str:
    rows = type(row).__table__.c
    previous_place = select(func.max(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place < row.place)
    return between(db.session.scalar(previous_place), row.place)
