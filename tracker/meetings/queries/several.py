"""Meetings: the list, and those of something else."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.core.actor import Classification
from tracker.core.copies import as_shown
from tracker.core.db import db, in_year
from tracker.core.paging import Page, page_of, page_of_rows
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus, MeetingType, SourceType
from tracker.people.models import Person
from tracker.people.rules import NamedPerson
from tracker.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class MeetingFilter:
    """What the list of meetings is narrowed to."""

    q: str | None = None
    meeting_type: MeetingType | None = None
    status: MeetingStatus | None = None
    year: int | None = None
    unit_id: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None


class MeetingRow(NamedTuple):
    """A meeting as the list shows it."""

    id: int
    date: dt.date
    end_on: dt.date | None
    code: str
    name_id: str
    name_en: str | None
    meeting_type: MeetingType | None
    status: MeetingStatus
    classification: Classification
    chair: NamedPerson | None
    chair_post: str | None


def these(meeting_ids: Iterable[int | None]) -> Sequence[Meeting]:
    """Those of these meetings that are open to the viewer, the first held first."""
    known = {number for number in meeting_ids if number}
    question = select(Meeting).where(Meeting.id.in_(known)).order_by(Meeting.date, Meeting.id)
    return db.session.scalars(question).all() if known else []


def asked(wanted: MeetingFilter) -> Select[Meeting]:
    """Meetings, newest first, with who was in the chair."""
    question = select(Meeting).options(joinedload(Meeting.chair).joinedload(Attendance.person))
    if wanted.q:
        texts = (Meeting.code, as_shown(Meeting.name_id), as_shown(Meeting.name_en), Meeting.venue)
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
        question = question.where(or_(Meeting.date >= wanted.from_on, Meeting.end_on >= wanted.from_on))
    if wanted.to_on:
        question = question.where(Meeting.date <= wanted.to_on)
    return question.order_by(Meeting.date.desc(), Meeting.id.desc())


_OF_MEETING = (
    Meeting.id, Meeting.date, Meeting.end_on, Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.meeting_type,
    Meeting.status, Meeting.classification,
)  # fmt: skip
_BESIDE = (
    Person.id.label("person_id"),
    Person.full_name.label("person_name"),
    Person.is_provisional,
    Attendance.post_as_written,
)


def matching(wanted: MeetingFilter, bookmark: str | None) -> Page[MeetingRow]:
    """One page of the list of meetings, with what it shows of them."""
    question = asked(wanted)
    shown = question.with_only_columns(*_OF_MEETING, *_BESIDE)
    shown = shown.outerjoin(Meeting.chair).outerjoin(Attendance.person)
    return page_of_rows(shown, question, _row, bookmark)


def _row(found: Any) -> MeetingRow:
    chair = NamedPerson(found.person_id, found.person_name, found.is_provisional) if found.person_id else None
    return MeetingRow._make((*found[: len(_OF_MEETING)], chair, found.post_as_written))


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


def has_illustration() -> bool:
    """Whether any meeting is invented for illustration, the hidden ones included; only inside `unrestricted`."""
    invented = exists().where(Meeting.source_type == SourceType.ILLUSTRATION)
    return bool(db.session.scalar(select(invented)))
