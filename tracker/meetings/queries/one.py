"""A meeting, and a row of its attendance list, to show or to change."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload, with_expression

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole
from tracker.proposals.models import Proposal

PEOPLE = (
    joinedload(Meeting.attendance).joinedload(Attendance.person),
    joinedload(Meeting.attendance).joinedload(Attendance.position),
)


def meeting(meeting_id: int, *, to_change: bool = False, to_show: bool = False) -> Meeting:
    """One meeting with its attendance, agenda and organiser; to show all of it, counted with what is hidden."""
    question = select(Meeting).filter_by(id=meeting_id)
    question = question.options(*PEOPLE, selectinload(Meeting.agenda), joinedload(Meeting.organiser_unit))
    question = question.options(with_expression(Meeting.items_in_all, _items_in_all())) if to_show else question
    question = question.with_for_update(of=Meeting) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def hold(meeting: Meeting) -> None:
    """Change it one after the other from here on: lock it, where still open, and read anew what was stored."""
    if db.session.scalar(select(Meeting.id).filter_by(id=meeting.id).with_for_update()) is None:
        raise NotFound
    db.session.refresh(meeting, attribute_names=Meeting.__table__.columns.keys())


def items_in_all(meeting: Meeting) -> int:
    """How many items it has, seen or not; asked here where it was read to be written in, and its form came back."""
    if meeting.items_in_all is not None:
        return meeting.items_in_all
    return db.session.scalar(select(_items_in_all()).select_from(Meeting).where(Meeting.id == meeting.id)) or 0


@cache
def _items_in_all() -> ColumnElement[int]:
    """Statements, proposals and actions of a meeting, counted in the bare tables, so that hidden ones count, too."""
    said, raised, action = (table.__table__.alias() for table in (Statement, Proposal, ActionItem))
    lines = select(said.c.id).where(said.c.meeting_id == Meeting.id, said.c.removed_at.is_(None)).correlate(Meeting)
    came = select(raised.c.id).where(raised.c.raised_in_id == Meeting.id).correlate(Meeting)
    followed = select(action.c.id).where(action.c.meeting_id == Meeting.id).correlate(Meeting)
    counts = [
        select(func.count()).select_from(rows.subquery()).correlate(Meeting).scalar_subquery()
        for rows in (lines, came, followed)
    ]
    return counts[0] + counts[1] + counts[2]


def named(meeting_id: int | None) -> Meeting | None:
    """A meeting by its number alone, or None: for naming it on another page."""
    return db.session.get(Meeting, meeting_id) if meeting_id else None


def levels_of_names(meeting_ids: Iterable[int]) -> dict[int, Classification]:
    """How secret the name of each of these meetings is: as the meeting itself, or as the one it was taken over from.

    Asked of the bare tables: of meetings that one may not see, too.
    """
    meeting, source = Meeting.__table__, Meeting.__table__.alias()
    question = select(meeting.c.id, meeting.c.classification, source.c.classification)
    question = question.select_from(meeting.outerjoin(source, source.c.id == meeting.c.named_after_id))
    found = db.session.execute(question.where(meeting.c.id.in_(list(meeting_ids))))
    return {number: own.at_least(*filter(None, [other])) for number, own, other in found}


def id_of_code(code: str) -> int:
    """The number of the meeting with this code."""
    found = db.session.scalar(select(Meeting.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def attendance(attendance_id: int, *, to_change: bool = False) -> Attendance:
    """One row of an attendance list, with its meeting."""
    question = select(Attendance).filter_by(id=attendance_id).options(selectinload(Attendance.meeting))
    found = db.session.scalar(question.with_for_update(of=Attendance) if to_change else question)
    if found is None:
        raise NotFound
    return found


def agenda_item(agenda_id: int, *, to_change: bool = False) -> AgendaItem:
    """One item of an agenda, with its meeting and the whole agenda."""
    loaded = joinedload(AgendaItem.meeting).selectinload(Meeting.agenda)
    question = select(AgendaItem).filter_by(id=agenda_id).options(loaded)
    found = db.session.scalar(question.with_for_update(of=AgendaItem) if to_change else question)
    if found is None:
        raise NotFound
    return found


def chair_of(rows: Sequence[Attendance]) -> Attendance | None:
    """The row of the chair, if there is one."""
    return next((row for row in rows if row.role is AttendanceRole.CHAIR), None)
