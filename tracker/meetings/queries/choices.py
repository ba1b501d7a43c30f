"""Choices for form fields."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.core.db import db, first_and_selected
from tracker.core.wording import either, label, short_day
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries.statements import IN_THE_MINUTES
from tracker.meetings.rules import ACTIONABLE, AWAY


def meeting_choices(*selected: int | None) -> list[tuple[int, str]]:
    """The newest visible meetings, and those already selected."""
    query = select(Meeting.id, Meeting.date, Meeting.name_id, Meeting.name_en, Meeting.classification)
    rows = first_and_selected(query.order_by(Meeting.date.desc(), Meeting.id.desc()), Meeting.id, selected, limit=300)
    return [(row.id, f"{short_day(row.date)} – {either(row.name_id, row.name_en)}") for row in rows]


def later_choices(meeting: Meeting) -> list[tuple[int, str]]:
    query = select(Meeting).where(Meeting.date >= meeting.date, Meeting.id != meeting.id)
    meetings = db.session.scalars(query.order_by(Meeting.date, Meeting.id).limit(300))
    return [(row.id, f"{short_day(row.date)} – {either(row.name_id, row.name_en)}") for row in meetings]


def actionable_choices(*selected: int | None) -> list[tuple[int, str]]:
    ids = [statement_id for statement_id in selected if statement_id]
    query = (
        select(Statement)
        .where(or_(Statement.kind.in_(ACTIONABLE), Statement.id.in_(ids)), IN_THE_MINUTES)
        .options(selectinload(Statement.meeting))
    )
    rows = first_and_selected(query.order_by(Statement.id.desc()), Statement.id, selected, limit=300)
    return [
        (line.id, f"{short_day(line.meeting.date)} – {(line.gist_id or line.quote or '')[:120]}") for (line,) in rows
    ]


def speaker_choices(meeting: Meeting) -> list[tuple[int, str]]:
    rows = sorted(meeting.attendance, key=lambda row: row.status in AWAY)
    return [(row.id, _named(row)) for row in rows]


def _named(row: Attendance) -> str:
    name = row.person.full_name if row.person else row.post_as_written or ""
    return f"{name} ({label(row.status)})" if row.status in AWAY else name
