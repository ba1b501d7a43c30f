"""Queries for a single meeting, attendance row or agenda item."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload, with_expression

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import in_preview
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole
from tracker.proposals.models import Proposal

WITH_ATTENDANCE = (
    joinedload(Meeting.attendance).joinedload(Attendance.person),
    joinedload(Meeting.attendance).joinedload(Attendance.position),
)

_WITH_ATTENDANCE = (
    select(Meeting)
    .where(Meeting.id == bindparam("asked_for"))
    .options(*WITH_ATTENDANCE, joinedload(Meeting.organiser_unit))
)


def meeting(meeting_id: int, *, to_change: bool = False, to_show: bool = False) -> Meeting:
    """The meeting with attendance, agenda and organiser; `to_show` also loads `total_items`."""
    return _only(_in_full(to_change=to_change, to_show=to_show), meeting_id)


@cache
def _in_full(*, to_change: bool, to_show: bool) -> Select[Meeting]:
    query = _WITH_ATTENDANCE.options(selectinload(Meeting.agenda))
    query = query.options(with_expression(Meeting.total_items, _total_items())) if to_show else query
    return query.with_for_update(of=Meeting) if to_change else query


def meeting_with_counts(meeting_id: int, *, with_agenda: bool = False) -> Meeting:
    """The meeting as its pages show it, with `total_items`, `outcomes` and `has_lines`."""
    return _only(_with_counts(with_agenda=with_agenda, _in_preview=in_preview()), meeting_id)


@cache
def _with_counts(*, with_agenda: bool, _in_preview: bool) -> Select[Meeting]:
    """Made once for each: making the criteria of visibility takes longer than reading the meeting."""
    query = _WITH_ATTENDANCE.options(
        with_expression(Meeting.total_items, _total_items()),
        with_expression(Meeting.outcomes, _outcomes()),
        with_expression(Meeting.has_lines, _has_lines()),
    )
    return query.options(selectinload(Meeting.agenda)) if with_agenda else query


def _only(query: Select[Meeting], meeting_id: int) -> Meeting:
    row = db.session.scalars(query, {"asked_for": meeting_id}).unique().one_or_none()
    if row is None:
        raise NotFound
    return row


_LOCKED = select(Meeting.id).where(Meeting.id == bindparam("asked_for")).with_for_update()


def lock_for_update(meeting: Meeting) -> None:
    """Lock the meeting and reload its columns; raises NotFound if it is no longer visible."""
    if db.session.scalar(_LOCKED, {"asked_for": meeting.id}) is None:
        raise NotFound
    db.session.refresh(meeting, attribute_names=Meeting.__table__.columns.keys())


def total_items(meeting: Meeting) -> int:
    """Number of statements, proposals and actions, including hidden ones. Runs a query if it was not loaded."""
    if meeting.total_items is not None:
        return meeting.total_items
    return db.session.scalar(select(_total_items()).select_from(Meeting).where(Meeting.id == meeting.id)) or 0


@cache
def _total_items() -> ColumnElement[int]:
    """Counts rows of the tables themselves, without visibility criteria."""
    line, proposal, action = (model.__table__.alias() for model in (Statement, Proposal, ActionItem))
    lines = select(line.c.id).where(line.c.meeting_id == Meeting.id, line.c.removed_at.is_(None)).correlate(Meeting)
    proposals = select(proposal.c.id).where(proposal.c.raised_in_id == Meeting.id).correlate(Meeting)
    actions = select(action.c.id).where(action.c.meeting_id == Meeting.id).correlate(Meeting)
    counts = [
        select(func.count()).select_from(rows.subquery()).correlate(Meeting).scalar_subquery()
        for rows in (lines, proposals, actions)
    ]
    return counts[0] + counts[1] + counts[2]


def _outcomes() -> ColumnElement[int]:
    """Counts the proposals and actions that the viewer may see. The criteria are explicit: a subquery is given none."""
    proposal, action = aliased(Proposal), aliased(ActionItem)
    rows = [
        select(func.count(proposal.id)).where(proposal.raised_in_id == Meeting.id, proposal.is_open_to_viewer()),
        select(func.count(action.id)).where(action.meeting_id == Meeting.id, action.is_open_to_viewer()),
    ]
    counts = [query.correlate(Meeting).scalar_subquery() for query in rows]
    return counts[0] + counts[1]


def _has_lines() -> ColumnElement[bool]:
    line = aliased(Statement)
    is_line = (line.meeting_id == Meeting.id, line.removed_at.is_(None), line.is_open_to_viewer())
    return exists().where(*is_line).correlate(Meeting)


def meeting_or_none(meeting_id: int | None) -> Meeting | None:
    """The meeting without its relations, to name it on another page; None if there is none that the viewer may see."""
    return db.session.get(Meeting, meeting_id) if meeting_id else None


def classification_of_names(meeting_ids: Iterable[int]) -> dict[int, Classification]:
    """How secret the name of each meeting is: as the meeting, or as the one the name was copied from, if higher.

    Includes meetings that the viewer may not see.
    """
    meeting, source = Meeting.__table__, Meeting.__table__.alias()
    query = select(meeting.c.id, meeting.c.classification, source.c.classification)
    query = query.select_from(meeting.outerjoin(source, source.c.id == meeting.c.named_after_id))
    rows = db.session.execute(query.where(meeting.c.id.in_(list(meeting_ids))))
    return {meeting_id: own.at_least(*filter(None, [of_source])) for meeting_id, own, of_source in rows}


def id_of_code(code: str) -> int:
    meeting_id = db.session.scalar(select(Meeting.id).filter_by(code=code))
    if meeting_id is None:
        raise NotFound
    return meeting_id


def attendance(attendance_id: int, *, to_change: bool = False) -> Attendance:
    query = select(Attendance).filter_by(id=attendance_id).options(selectinload(Attendance.meeting))
    row = db.session.scalar(query.with_for_update(of=Attendance) if to_change else query)
    if row is None:
        raise NotFound
    return row


def agenda_item(agenda_id: int, *, to_change: bool = False) -> AgendaItem:
    loaded = joinedload(AgendaItem.meeting).selectinload(Meeting.agenda)
    query = select(AgendaItem).filter_by(id=agenda_id).options(loaded)
    row = db.session.scalar(query.with_for_update(of=AgendaItem) if to_change else query)
    if row is None:
        raise NotFound
    return row


def chair_of(rows: Sequence[Attendance]) -> Attendance | None:
    return next((row for row in rows if row.role is AttendanceRole.CHAIR), None)
