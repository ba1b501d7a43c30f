"""Queries for lists of meetings."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.core.actor import Classification
from tracker.core.copies import as_shown
from tracker.core.db import db, in_year
from tracker.core.paging import Page, page_of, page_of_rows
from tracker.core.sorting import Order, Orders, by_code, by_words, ordered, sort_keys
from tracker.core.together import RowsOf
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AWAY, MeetingStatus, MeetingType, SourceType, is_same_place, overlapping
from tracker.people.models import Person
from tracker.people.rules import NamedPerson
from tracker.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class MeetingFilter:
    q: str | None = None
    meeting_type: MeetingType | None = None
    status: MeetingStatus | None = None
    year: int | None = None
    unit_id: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    order: Order | None = None


ORDERS: Orders = {
    "name": by_words(as_shown(Meeting.name_id), as_shown(Meeting.name_en)),
    "date": lambda _: Meeting.date,
    "status": by_code(Meeting.status, MeetingStatus),
}


class MeetingRow(NamedTuple):
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


_meeting = aliased(Meeting)


def rows_with_ids(meeting_ids: Iterable[int | None]) -> RowsOf:
    return RowsOf(_meeting, _has_id, {"meeting_ids": sorted({meeting_id for meeting_id in meeting_ids if meeting_id})})


def _has_id(columns: Any) -> ColumnElement[bool]:
    criterion: ColumnElement[bool] = columns.id.in_(bindparam("meeting_ids", expanding=True))
    return criterion


def with_ids(meeting_ids: Iterable[int | None]) -> Sequence[Meeting]:
    ids = {meeting_id for meeting_id in meeting_ids if meeting_id}
    query = select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.date, Meeting.id)
    return db.session.scalars(query).all() if ids else []


def meetings_query(filters: MeetingFilter) -> Select[Meeting]:
    query = select(Meeting).options(joinedload(Meeting.chair).joinedload(Attendance.person))
    if filters.q:
        texts = (Meeting.code, as_shown(Meeting.name_id), as_shown(Meeting.name_en), Meeting.venue)
        query = query.where(or_(*(text.icontains(filters.q, autoescape=True) for text in texts)))
    if filters.meeting_type:
        query = query.where(Meeting.meeting_type == filters.meeting_type)
    if filters.status:
        query = query.where(Meeting.status == filters.status)
    if filters.year:
        query = query.where(in_year(Meeting.date, filters.year))
    if filters.unit_id:
        query = query.where(Meeting.organiser_unit_id == filters.unit_id)
    if filters.from_on:
        query = query.where(or_(Meeting.date >= filters.from_on, Meeting.end_on >= filters.from_on))
    if filters.to_on:
        query = query.where(Meeting.date <= filters.to_on)
    return ordered(query, ORDERS, filters.order, Meeting.date.desc(), Meeting.id.desc())


#: The first fields of a MeetingRow, in the same order.
_MEETING_COLUMNS = (
    Meeting.id, Meeting.date, Meeting.end_on, Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.meeting_type,
    Meeting.status, Meeting.classification,
)  # fmt: skip
_CHAIR_COLUMNS = (
    Person.id.label("person_id"),
    Person.full_name.label("person_name"),
    Person.is_provisional,
    Attendance.post_as_written,
)


def matching(filters: MeetingFilter, bookmark: str | None) -> Page[MeetingRow]:
    query = meetings_query(filters)
    columns = query.with_only_columns(*_MEETING_COLUMNS, *_CHAIR_COLUMNS, *sort_keys(ORDERS, filters.order))
    columns = columns.outerjoin(Meeting.chair).outerjoin(Attendance.person)
    return page_of_rows(columns, query, _row, bookmark)


def _row(row: Any) -> MeetingRow:
    chair = NamedPerson(row.person_id, row.person_name, row.is_provisional) if row.person_id else None
    return MeetingRow._make((*row[: len(_MEETING_COLUMNS)], chair, row.post_as_written))


def proposal_counts(meeting_ids: Sequence[int]) -> dict[int, int]:
    query = select(Proposal.raised_in_id, func.count()).where(Proposal.raised_in_id.in_(meeting_ids))
    rows = db.session.execute(query.group_by(Proposal.raised_in_id))
    return {meeting_id: count for meeting_id, count in rows if meeting_id is not None}


def between(first: dt.date, last: dt.date) -> Sequence[Meeting]:
    """Meetings on these days with their chairs, in the order of time."""
    return db.session.scalars(_BETWEEN, {"first": first, "last": last}).all()


_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
_BETWEEN = (
    select(Meeting)
    .where(or_(Meeting.date.between(_FIRST, _LAST), and_(Meeting.date < _FIRST, Meeting.end_on >= _FIRST)))
    .options(joinedload(Meeting.chair).joinedload(Attendance.person))
    .order_by(Meeting.date, Meeting.start_time.is_(None), Meeting.start_time)
)


def on_days(meetings: Iterable[Meeting], days: Iterable[dt.date]) -> dict[dt.date, list[Meeting]]:
    """Of these meetings, those of each day; one of several days is there on each of them."""
    rows = list(meetings)
    return {day: [meeting for meeting in rows if meeting.date <= day <= meeting.last_day] for day in days}


@dataclass(frozen=True)
class Clash:
    """Another meeting at the same time, in the same place or with some of the same people."""

    other: Meeting
    is_same_place: bool
    people: Sequence[str]


def clashes(meetings: Iterable[Meeting]) -> dict[int, list[Clash]]:
    """Clashes among these meetings, by the id of each of the two."""
    pairs = overlapping(meetings)
    expected = _people_of({meeting.id for pair in pairs for meeting in pair}) if pairs else {}
    found: dict[int, list[Clash]] = {}
    for pair in pairs:
        people = [name for person_id, name in expected.get(pair[0].id, {}).items()
                  if person_id in expected.get(pair[1].id, ())]  # fmt: skip
        if is_same_place(*pair) or people:
            for meeting, other in (pair, pair[::-1]):
                found.setdefault(meeting.id, []).append(Clash(other, is_same_place(*pair), people))
    return found


def _people_of(meeting_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Names of those who attend or are expected, by meeting and person."""
    query = select(Attendance.meeting_id, Person.id, Person.full_name).join(Attendance.person)
    query = query.where(Attendance.meeting_id.in_(sorted(meeting_ids)), Attendance.status.not_in(sorted(AWAY)))
    people: dict[int, dict[int, str]] = {}
    for meeting_id, person_id, name in db.session.execute(query.order_by(Attendance.place)):
        people.setdefault(meeting_id, {})[person_id] = name
    return people


def by_day(first: dt.date, last: dt.date) -> dict[dt.date, list[Meeting]]:
    """Meetings by the day on which they begin; those that began earlier by `first`."""
    days: dict[dt.date, list[Meeting]] = {}
    for meeting in between(first, last):
        days.setdefault(max(meeting.date, first), []).append(meeting)
    return days


def latest(limit: int) -> Sequence[Meeting]:
    return db.session.scalars(select(Meeting).order_by(Meeting.date.desc(), Meeting.id.desc()).limit(limit)).all()


def attendance_of_person(person_id: int, bookmark: str | None) -> Page[Attendance]:
    """One page of the person's attendance rows with date and name of the meeting, newest first."""
    with_meeting = contains_eager(Attendance.meeting).load_only(Meeting.date, Meeting.name_id, Meeting.name_en)
    # Selects the columns it orders by: sqlakeyset would otherwise add them under a new name and recompile each time.
    query = select(Attendance, Meeting.date, Meeting.id).join(Attendance.meeting).options(with_meeting)
    query = query.where(Attendance.person_id == person_id)
    return page_of(query.order_by(Meeting.date.desc(), Meeting.id.desc(), Attendance.id), bookmark)


def has_illustration() -> bool:
    """Whether any meeting was invented for the demo. Call inside `unrestricted`, to include hidden ones."""
    query = exists().where(Meeting.source_type == SourceType.ILLUSTRATION)
    return bool(db.session.scalar(select(query)))
