"""Meetings: the list, and those of something else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from tracker.core.db import db, in_year
from tracker.core.paging import Page, page_of
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus, MeetingType
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


def these(meeting_ids: Iterable[int | None]) -> Sequence[Meeting]:
    """Those of these meetings that are open to the viewer, the first held first."""
    known = {number for number in meeting_ids if number}
    question = select(Meeting).where(Meeting.id.in_(known)).order_by(Meeting.date, Meeting.id)
    return db.session.scalars(question).all() if known else []


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


def attended_by(person_id: int, bookmark: str | None) -> Page[Attendance]:
    """One page of what attendance lists say of this person, with the meeting's date and name; the newest first."""
    named = contains_eager(Attendance.meeting).load_only(Meeting.date, Meeting.name_id, Meeting.name_en)
    # What is ordered by is asked for: sqlakeyset would add it under a name of its own each time, to be compiled anew.
    question = select(Attendance, Meeting.date, Meeting.id).join(Attendance.meeting).options(named)
    question = question.where(Attendance.person_id == person_id)
    return page_of(question.order_by(Meeting.date.desc(), Meeting.id.desc(), Attendance.id), bookmark)
