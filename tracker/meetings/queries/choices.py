"""Meetings, lines and speakers as choices of form fields."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from tracker.core.choices import Choice, Source
from tracker.core.db import db
from tracker.core.wording import either, label, short_day
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.queries.statements import IN_THE_MINUTES
from tracker.meetings.rules import ACTIONABLE, AWAY, SERVED_BEARINGS

_EARLIER, _BESIDE = aliased(Meeting), aliased(Statement)
LONGEST_LINE = 120


def _meetings() -> Select[Any]:
    return select(Meeting.id)


def _later_meetings(than: int = 0) -> Select[Any]:
    """Those on the day of that meeting, or later. A hidden meeting has no day."""
    day = select(_EARLIER.date).where(_EARLIER.id == than).scalar_subquery()
    return select(Meeting.id).where(Meeting.date >= day, Meeting.id != than)


def _described_meetings(ids: Collection[int]) -> Sequence[Choice]:
    columns = (Meeting.id, Meeting.code, Meeting.date, Meeting.name_id, Meeting.name_en, Meeting.classification)
    return [
        Choice(row.id, either(row.name_id, row.name_en), f"{short_day(row.date)}, {row.code}", (row.code,))
        for row in db.session.execute(select(*columns).where(Meeting.id.in_(ids)))
    ]


def _lines() -> Select[Any]:
    return select(Statement.id).where(Statement.kind.in_(ACTIONABLE), IN_THE_MINUTES)


def _described_lines(ids: Collection[int]) -> Sequence[Choice]:
    query = select(Statement).where(Statement.id.in_(ids), IN_THE_MINUTES).options(selectinload(Statement.meeting))
    return [
        Choice(line.id, (line.gist_id or line.quote or "")[:LONGEST_LINE], _meeting_of(line))
        for line in db.session.scalars(query)
    ]


def _lines_of_meeting(meeting: int = 0) -> Select[Any]:
    """Those that an action can follow from: a decision, a directive, or words about a proposal."""
    is_about_a_proposal = Statement.proposal_links.any(StatementProposal.bearing.in_(SERVED_BEARINGS))
    can_be_followed = or_(Statement.kind.in_(ACTIONABLE), is_about_a_proposal)
    return select(Statement.id).where(Statement.meeting_id == meeting, IN_THE_MINUTES, can_be_followed)


def _numbered_lines(ids: Collection[int]) -> Sequence[Choice]:
    """With the kind and the number of the line, as the meeting is known."""
    of_meetings = select(_BESIDE.meeting_id).where(_BESIDE.id.in_(ids))
    order = func.row_number().over(partition_by=Statement.meeting_id, order_by=(Statement.place, Statement.id))
    places = select(Statement.id, order.label("number")).where(Statement.meeting_id.in_(of_meetings), IN_THE_MINUTES)
    numbers = {row.id: row.number for row in db.session.execute(places)}
    return [
        Choice(line.id, (line.gist_id or line.quote or "")[:LONGEST_LINE], f"{label(line.kind)} {numbers[line.id]}")
        for line in db.session.scalars(select(Statement).where(Statement.id.in_(ids), IN_THE_MINUTES))
    ]


def _meeting_of(line: Statement) -> str:
    return f"{short_day(line.meeting.date)}, {either(line.meeting.name_id, line.meeting.name_en)}"


MEETINGS = Source(
    "meetings",
    _meetings,
    Meeting.id,
    (Meeting.date.desc(), Meeting.id.desc()),
    (Meeting.name_id, Meeting.name_en, Meeting.code, cast(Meeting.date, String)),
    _described_meetings,
)
LATER_MEETINGS = replace(
    MEETINGS,
    kind="later-meetings",
    rows=_later_meetings,
    order=(Meeting.date, Meeting.id),
    narrows=frozenset({"than"}),
)
LINES = Source(
    "lines", _lines, Statement.id, (Statement.id.desc(),), (Statement.gist_id, Statement.quote), _described_lines
)
LINES_OF_MEETING = replace(
    LINES,
    kind="lines-of-meeting",
    rows=_lines_of_meeting,
    order=(Statement.place.desc(), Statement.id.desc()),
    describe=_numbered_lines,
    narrows=frozenset({"meeting"}),
)
SOURCES = (MEETINGS, LATER_MEETINGS, LINES, LINES_OF_MEETING)


def speaker_choices(meeting: Meeting) -> list[tuple[int, str]]:
    rows = sorted(meeting.attendance, key=lambda row: row.status in AWAY)
    return [(row.id, _named(row)) for row in rows]


def _named(row: Attendance) -> str:
    name = row.person.full_name if row.person else row.post_as_written or ""
    return f"{name} ({label(row.status)})" if row.status in AWAY else name
