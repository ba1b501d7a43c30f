"""What forms offer to choose from."""

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.core.db import db, first_and_selected
from tracker.core.wording import either, label, short_day
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries.statements import IN_THE_MINUTES
from tracker.meetings.rules import ACTIONABLE, AWAY


def meeting_choices(*wanted: int | None) -> list[tuple[int, str]]:
    """(number, date and name): the newest, and those a form already holds, where they are open to the viewer."""
    question = select(Meeting.id, Meeting.date, Meeting.name_id, Meeting.name_en, Meeting.classification)
    found = first_and_selected(question.order_by(Meeting.date.desc(), Meeting.id.desc()), Meeting.id, wanted, limit=300)
    return [(row.id, f"{short_day(row.date)} – {either(row.name_id, row.name_en)}") for row in found]


def later_choices(meeting: Meeting) -> list[tuple[int, str]]:
    """Other meetings of the same day or later, the nearest first: (number, date and name)."""
    question = select(Meeting).where(Meeting.date >= meeting.date, Meeting.id != meeting.id)
    found = db.session.scalars(question.order_by(Meeting.date, Meeting.id).limit(300))
    return [(one.id, f"{short_day(one.date)} – {either(one.name_id, one.name_en)}") for one in found]


def actionable_choices(*wanted: int | None) -> list[tuple[int, str]]:
    """Decisions and directives, and lines already chosen, that an action may carry out: (number, meeting and text)."""
    numbers = [number for number in wanted if number]
    question = (
        select(Statement)
        .where(or_(Statement.kind.in_(ACTIONABLE), Statement.id.in_(numbers)), IN_THE_MINUTES)
        .options(selectinload(Statement.meeting))
    )
    found = first_and_selected(question.order_by(Statement.id.desc()), Statement.id, wanted, limit=300)
    return [
        (known.id, f"{short_day(known.meeting.date)} – {(known.gist_id or known.quote or '')[:120]}")
        for (known,) in found
    ]


def speaker_choices(meeting: Meeting) -> list[tuple[int, str]]:
    """(row of the attendance list, name or post): who can have said something; those who were not there last."""
    rows = sorted(meeting.attendance, key=lambda row: row.status in AWAY)
    return [(row.id, _named(row)) for row in rows]


def _named(row: Attendance) -> str:
    name = row.person.full_name if row.person else row.post_as_written or ""
    return f"{name} ({label(row.status)})" if row.status in AWAY else name
