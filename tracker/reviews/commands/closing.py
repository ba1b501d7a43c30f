"""Closing a sitting for good."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA, day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.meetings import commands as meetings
from tracker.meetings.commands import AttendanceDraft
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import NOT_THERE, AttendanceRole, MeetingStatus
from tracker.minutes.rules import canonical, mark_of
from tracker.reviews import queries
from tracker.reviews.commands.deciding import ensure_open
from tracker.reviews.commands.drafts import Said
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus


def close(review: Review, said: Sequence[Said], *, by: Actor, at: datetime) -> None:
    """Close the sitting for good: freeze all it saw and decided, and write its minutes.

    `said` are the statements of the minutes.
    """
    ensure_open(review)
    if review.held_on > day_at(at):
        raise NotPossible(_l("The day of this review is in the future."))
    record(review, "closed", by=by, at=at, on=review.held_on, meeting_id=review.meeting_id,
           to_state=ReviewStatus.CLOSED)  # fmt: skip
    db.session.flush()
    with unrestricted():
        _note_outcomes(review.id)
        _write_minutes(review, said, by=by, at=at)
        stored = canonical(queries.content_of(review, closed_by=by.name, closed_at=at))
    review.content, review.content_hash = stored, mark_of(stored)
    review.status, review.closed_at, review.closed_by_name = ReviewStatus.CLOSED, at, by.name


def cancel(review: Review, reason: str, *, by: Actor, at: datetime) -> None:
    """Call the sitting off while nothing has been decided. Its week can be opened again, with a new queue."""
    ensure_open(review)
    if queries.has_decisions(review.id):
        raise NotPossible(_l("Something has been decided already. Undo the decisions, or close the review."))
    with unrestricted():
        meeting = queries.meeting_of(review)
        if meeting.status is MeetingStatus.SCHEDULED:
            meetings.move_meeting(meeting, MeetingStatus.CANCELLED, reason=reason, by=by, at=at)
        for row in queries.rows_of(review.id):
            db.session.delete(row)
    review.status = ReviewStatus.CANCELLED
    record(review, "cancelled", by=by, at=at, meeting_id=review.meeting_id, to_state=ReviewStatus.CANCELLED)


def _note_outcomes(review_id: int) -> None:
    """Write beside each thing how the sitting leaves it."""
    for row in queries.rows_of(review_id):
        row.state_after = row.thing.status
        row.due_after = row.action.due_on if row.action else row.proposal.revisit_on if row.proposal else None


def _write_minutes(review: Review, said: Sequence[Said], *, by: Actor, at: datetime) -> None:
    meeting = queries.meeting_of(review)
    if meeting.date == day_at(at):
        meeting.end_time = meeting.end_time or at.astimezone(JAKARTA).time().replace(second=0, microsecond=0)
    if meeting.status is MeetingStatus.SCHEDULED:
        meetings.move_meeting(meeting, MeetingStatus.HELD, reason=None, by=by, at=at)
    seats = _seats(review, meeting, by=by, at=at)
    for one in said:
        seat = seats.get(one.account_id) if one.account_id else None
        draft = replace(one.draft, speaker_id=seat.id if seat else None)
        meetings.add_statement(meeting, draft, one.about, by=by, at=at)


def _seats(review: Review, meeting: Meeting, *, by: Actor, at: datetime) -> dict[int, Attendance]:
    """Who took part, by account; whoever closes the sitting has led it, unless the meeting has a chair."""
    there = {row.person_id: row for row in meeting.attendance if row.person_id}
    has_chair = any(row.role is AttendanceRole.CHAIR for row in meeting.attendance)
    seats = {}
    for account in queries.participants(review.id):
        row = there.get(account.person_id or 0)
        if row is None:
            is_chair = not has_chair and account.id == by.account_id
            who = AttendanceDraft(
                person_id=account.person_id,
                post_as_written=None if account.person_id else account.display_name,
                role=AttendanceRole.CHAIR if is_chair else AttendanceRole.PARTICIPANT,
            )
            who = meetings.with_post_of_the_day(who, meeting.date)
            row = meetings.add_attendance(meeting, who, by=by, at=at)
        elif row.status in NOT_THERE:
            meetings.note_present(row, by=by, at=at)
        if account.person_id:
            there[account.person_id] = row
        seats[account.id] = row
    db.session.flush()  # statements name the seats of their speakers
    return seats
