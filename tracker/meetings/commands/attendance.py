"""Who was there. Nothing here commits."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select

from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.meetings import rules
from tracker.meetings.commands.drafts import AttendanceDraft
from tracker.meetings.commands.lock import ensure_begun, ensure_open, takes_minutes
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries import places
from tracker.meetings.rules import (
    AttendanceStatus,
)
from tracker.people.models import PositionHolding

CHAIR_TAKEN = taken("ix_attendance_one_chair", _l("A meeting has one chair."), field="role")


def add_attendance(meeting: Meeting, draft: AttendanceDraft, *, by: Actor, at: datetime) -> Attendance:
    """Add a row to the attendance list. Before the day of the meeting nobody has come yet: they are expected."""
    ensure_open(meeting)
    if not takes_minutes(meeting, at) and draft.status not in rules.BEFORE_THE_DAY:
        draft = replace(draft, status=AttendanceStatus.EXPECTED)
    row = Attendance(**asdict(draft), place=places.at_end(Attendance, meeting.id))
    meeting.attendance.append(row)
    db.session.flush()  # the next row's place counts on from this one
    record(meeting, "attendance_changed", by=by, at=at)
    return row


def edit_attendance(row: Attendance, draft: AttendanceDraft, *, by: Actor, at: datetime) -> None:
    """Change a row of the attendance list."""
    ensure_open(row.meeting)
    if draft.status not in {row.status, *rules.BEFORE_THE_DAY}:
        ensure_begun(row.meeting, at)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    record(row.meeting, "attendance_changed", by=by, at=at)


def note_present(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Somebody expected has come."""
    ensure_open(row.meeting)
    ensure_begun(row.meeting, at)
    row.status = AttendanceStatus.PRESENT
    record(row.meeting, "attendance_changed", by=by, at=at)


def move_attendance(
    row: Attendance, *, after: Attendance | None = None, before: Attendance | None = None, by: Actor, at: datetime
) -> None:
    """Put a row of the attendance list after or before another; without either, at the end."""
    ensure_open(row.meeting)
    other = after or before
    if other is row or (other and other.meeting_id != row.meeting_id):
        raise NotPossible(_l("Choose another row of the same attendance list."))
    if other is None:
        row.place = places.at_end(Attendance, row.meeting_id)
    else:
        row.place = places.right_after(other) if after else places.right_before(other)
    record(row.meeting, "attendance_moved", by=by, at=at)


def remove_attendance(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Take a row off the list; who has spoken stays."""
    ensure_open(row.meeting)
    lines = Statement.__table__.c  # hidden lines count, too
    if db.session.scalar(select(lines.id).where(lines.speaker_id == row.id).limit(1)):
        raise NotPossible(_l("Statements name this row as their speaker. Change those first."))
    db.session.delete(row)
    record(row.meeting, "attendance_changed", by=by, at=at)


def accept_holder(row: Attendance, held: PositionHolding, *, by: Actor, at: datetime) -> None:
    """Put the person who held the post on the day into the row: somebody has looked and agreed."""
    ensure_open(row.meeting)
    if row.person_id is not None:
        raise NotPossible(_l("This row already names a person."))
    row.person_id = held.person_id
    record(row.meeting, "holder_accepted", by=by, at=at, reason=held.person.full_name)
