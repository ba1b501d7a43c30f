"""Where in the order of its meeting a row is put. Hidden and removed rows keep their places, so they count, too."""

from sqlalchemy import func, select

from tracker.core.db import db
from tracker.core.places import between
from tracker.meetings.models import AgendaItem, Attendance, Statement

Placed = Statement | Attendance | AgendaItem


def at_end(kind: type[Placed], meeting_id: int) -> str:
    """After all others."""
    rows = kind.__table__.c
    return between(db.session.scalar(select(func.max(rows.place)).where(rows.meeting_id == meeting_id)), None)


def right_after(row: Placed) -> str:
    """Between a row and the next."""
    rows = type(row).__table__.c
    following = select(func.min(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place > row.place)
    return between(row.place, db.session.scalar(following))


def right_before(row: Placed) -> str:
    """Between a row and the one before it."""
    rows = type(row).__table__.c
    former = select(func.max(rows.place)).where(rows.meeting_id == row.meeting_id, rows.place < row.place)
    return between(db.session.scalar(former), row.place)
