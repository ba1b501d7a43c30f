"""Questions about meetings and what was said in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload, with_expression

from tracker.actions.models import ActionItem
from tracker.core.db import db, first_and, in_year
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.core.wording import either, short_day
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal, statement_target
from tracker.meetings.rules import AttendanceRole, MeetingStatus, MeetingType
from tracker.people.models import NAME
from tracker.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class MeetingFilter:
    """What the list of meetings is narrowed to."""

    q: str | None = None
    meeting_type: MeetingType | None = None
    status: MeetingStatus | None = None
    year: int | None = None
    unit_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None


#: The columns of a meeting that its list shows; no other is read.
_SHOWN = load_only(
    Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.meeting_type, Meeting.status, Meeting.date,
    Meeting.classification, raiseload=True,
)  # fmt: skip
_IN_THE_MINUTES = Statement.removed_at.is_(None)
_PEOPLE = (
    joinedload(Meeting.attendance).joinedload(Attendance.person),
    joinedload(Meeting.attendance).joinedload(Attendance.position),
)


def meeting(meeting_id: int, *, to_change: bool = False) -> Meeting:
    """One meeting with its attendance, agenda and organiser, and how many items it has, seen or not."""
    loaded = (*_PEOPLE, selectinload(Meeting.agenda), joinedload(Meeting.organiser_unit),
              with_expression(Meeting.items_in_all, _items_in_all()))  # fmt: skip
    question = select(Meeting).filter_by(id=meeting_id).options(*loaded)
    question = question.with_for_update(of=Meeting) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


@cache
def _items_in_all() -> ColumnElement[int]:
    """Statements, proposals and actions of a meeting, counted in the bare tables, so that hidden ones count, too."""
    said, raised, action = (table.__table__.alias() for table in (Statement, Proposal, ActionItem))
    lines = select(said.c.id).where(said.c.meeting_id == Meeting.id, said.c.removed_at.is_(None)).correlate(Meeting)
    came = select(raised.c.id).where(raised.c.raised_in_id == Meeting.id).correlate(Meeting)
    # Joined and united: asked for either with OR, PostgreSQL would read all actions.
    of_came = select(action.c.id).join(raised, raised.c.id == action.c.proposal_id)
    of_lines = select(action.c.id).join(said, said.c.id == action.c.statement_id)
    followed = union(
        of_came.where(raised.c.raised_in_id == Meeting.id).correlate(Meeting),
        of_lines.where(said.c.meeting_id == Meeting.id, said.c.removed_at.is_(None)).correlate(Meeting),
    )
    counts = [
        select(func.count()).select_from(rows.subquery()).correlate(Meeting).scalar_subquery()
        for rows in (lines, came, followed)
    ]
    return counts[0] + counts[1] + counts[2]


def named(meeting_id: int | None) -> Meeting | None:
    """A meeting by its number alone, or None: for naming it on another page."""
    return db.session.get(Meeting, meeting_id) if meeting_id else None


def these(meeting_ids: Iterable[int | None]) -> Sequence[Meeting]:
    """Those of these meetings that are open to the viewer, the first held first."""
    known = {number for number in meeting_ids if number}
    question = select(Meeting).where(Meeting.id.in_(known)).order_by(Meeting.date, Meeting.id)
    return db.session.scalars(question).all() if known else []


def id_of_code(code: str) -> int:
    """The number of the meeting with this code."""
    found = db.session.scalar(select(Meeting.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def statements_of(meeting_id: int) -> Sequence[Statement]:
    """What was said, in order, with speakers, proposals and targets."""
    loaded = (
        joinedload(Statement.speaker).joinedload(Attendance.person),
        joinedload(Statement.origin_meeting),
        joinedload(Statement.proposal_links).joinedload(StatementProposal.proposal),
        joinedload(Statement.targets),
    )
    question = select(Statement).filter_by(meeting_id=meeting_id).where(_IN_THE_MINUTES).options(*loaded)
    return db.session.scalars(question.order_by(Statement.number, Statement.id)).unique().all()


def removed_from(meeting_id: int) -> Sequence[Statement]:
    """Lines taken out of the minutes, the last first, with the proposals that came of them."""
    proposal = selectinload(Statement.proposal_links).selectinload(StatementProposal.proposal)
    question = select(Statement).filter_by(meeting_id=meeting_id).where(Statement.removed_at.is_not(None))
    return db.session.scalars(question.options(proposal).order_by(Statement.removed_at.desc())).all()


def statement_if_open(statement_id: int | None) -> Statement | None:
    """A statement with its meeting, links and targets, or None where it is not open to the viewer."""
    try:
        return statement(statement_id) if statement_id else None
    except NotFound:
        return None


def statement(statement_id: int, *, to_change: bool = False) -> Statement:
    """One statement with its meeting, links and targets."""
    loaded = (
        joinedload(Statement.meeting),
        joinedload(Statement.proposal_links),
        joinedload(Statement.targets),
        joinedload(Statement.speaker).joinedload(Attendance.person),
    )
    question = select(Statement).filter_by(id=statement_id).options(*loaded)
    question = question.with_for_update(of=Statement) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
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


def asked(wanted: MeetingFilter) -> Select[Meeting]:
    """Meetings, newest first, with who was in the chair."""
    question = select(Meeting).options(joinedload(Meeting.chair).joinedload(Attendance.person))
    if wanted.q:
        texts = (Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.venue)
        question = question.where(or_(*(text.icontains(wanted.q, autoescape=True) for text in texts)))
    if wanted.meeting_type:
        question = question.where(Meeting.meeting_type == wanted.meeting_type)
    if wanted.status:
        question = question.where(Meeting.status == wanted.status)
    if wanted.year:
        question = question.where(in_year(Meeting.date, wanted.year))
    if wanted.unit_id:
        question = question.where(Meeting.organiser_unit_id == wanted.unit_id)
    if wanted.from_on:
        question = question.where(Meeting.date >= wanted.from_on)
    if wanted.to_on:
        question = question.where(Meeting.date <= wanted.to_on)
    return question.order_by(Meeting.date.desc(), Meeting.id.desc())


def matching(wanted: MeetingFilter, bookmark: str | None) -> Page[Meeting]:
    """One page of the list of meetings, with what it shows of them."""
    chair = joinedload(Meeting.chair).load_only(Attendance.post_as_written)
    return page_of(asked(wanted).options(_SHOWN, chair, chair.joinedload(Attendance.person).load_only(*NAME)), bookmark)


def proposal_counts(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many proposals each of these meetings raised."""
    question = select(Proposal.raised_in_id, func.count()).where(Proposal.raised_in_id.in_(meeting_ids))
    counted = db.session.execute(question.group_by(Proposal.raised_in_id))
    return {meeting_id: count for meeting_id, count in counted if meeting_id is not None}


def latest(limit: int) -> Sequence[Meeting]:
    """The newest meetings."""
    return db.session.scalars(select(Meeting).order_by(Meeting.date.desc(), Meeting.id.desc()).limit(limit)).all()


def meeting_choices(*wanted: int | None) -> list[tuple[int, str]]:
    """(number, date and name): the newest, and those a form already holds, where they are open to the viewer."""
    question = select(Meeting.id, Meeting.date, Meeting.name_id, Meeting.name_en)
    found = first_and(question.order_by(Meeting.date.desc(), Meeting.id.desc()), Meeting.id, wanted, limit=300)
    return [
        (number, f"{short_day(date)} – {either(indonesian, english)}") for number, date, indonesian, english in found
    ]


def statements_about(*proposal_ids: int) -> Sequence[StatementProposal]:
    """Where the minutes speak of these proposals, oldest first."""
    loaded = contains_eager(StatementProposal.statement)
    question = (
        select(StatementProposal)
        .join(StatementProposal.statement)
        .where(_IN_THE_MINUTES, StatementProposal.proposal_id.in_(proposal_ids))
        .options(
            loaded.joinedload(Statement.meeting), loaded.joinedload(Statement.speaker).joinedload(Attendance.person)
        )
    )
    return db.session.scalars(question.order_by(StatementProposal.statement_id)).all()


def statements_about_targets(target_ids: Sequence[int]) -> Sequence[Statement]:
    """Statements that speak directly of these targets, the versions of one."""
    speaking = select(statement_target.c.statement_id).where(statement_target.c.target_id.in_(target_ids))
    question = (
        select(Statement).where(Statement.id.in_(speaking), _IN_THE_MINUTES).options(joinedload(Statement.meeting))
    )
    return db.session.scalars(question.order_by(Statement.id)).all()


def attended_by(person_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What attendance lists say of this person, with the meeting's number, date and name; the newest first."""
    question = (
        select(Attendance.meeting_id, Attendance.post_as_written, Attendance.role, Meeting.date, Meeting.name_id,
               Meeting.name_en)
        .join(Attendance.meeting)
        .where(Attendance.person_id == person_id)
    )  # fmt: skip
    return db.session.execute(question.order_by(Meeting.date.desc(), Meeting.id.desc())).all()


def actionable_choices(*wanted: int | None) -> list[tuple[int, str]]:
    """Decisions and directives that an action may carry out: (number, meeting and text); as `meeting_choices`."""
    question = (
        select(Statement)
        .where(Statement.kind.in_(("decision", "directive")), _IN_THE_MINUTES)
        .options(selectinload(Statement.meeting))
    )
    found = first_and(question.order_by(Statement.id.desc()), Statement.id, wanted, limit=300)
    return [
        (known.id, f"{short_day(known.meeting.date)} – {(known.gist_id or known.quote or '')[:120]}")
        for (known,) in found
    ]


def chair_of(rows: Sequence[Attendance]) -> Attendance | None:
    """The row of the chair, if there is one."""
    return next((row for row in rows if row.role is AttendanceRole.CHAIR), None)


def speaker_choices(meeting: Meeting) -> list[tuple[int, str]]:
    """(row of the attendance list, name or post): who can have said something."""
    return [(row.id, row.person.full_name if row.person else row.post_as_written or "") for row in meeting.attendance]
