"""Close and cancel reviews."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at, local
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands as meetings
from tracker.meetings.commands import AttendanceDraft
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import NOT_PRESENT, AttendanceRole, MeetingStatus
from tracker.minutes.rules import canonical, hash_of
from tracker.reviews import queries
from tracker.reviews.commands.deciding import ensure_open
from tracker.reviews.commands.drafts import MinutesLine
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus


def close(review: Review, lines: Sequence[MinutesLine], *, by: Actor, at: datetime) -> None:
    """Freeze all items and decisions, and write `lines` as the minutes.

    Raises NotPossible if the day of the review is in the future.
    """
    ensure_open(review)
    if review.held_on > day_at(at):
        raise NotPossible(_l("The day of this review is in the future."))
    record(review, "closed", by=by, at=at, on=review.held_on, meeting_id=review.meeting_id,
           to_state=ReviewStatus.CLOSED)  # fmt: skip
    db.session.flush()
    with unrestricted():
        _note_outcomes(review.id)
        _write_minutes(review, lines, by=by, at=at)
        stored = canonical(queries.build_content(review, closed_by=by.name, closed_at=at))
    review.content, review.content_hash = stored, hash_of(stored)
    review.status, review.closed_at, review.closed_by_name = ReviewStatus.CLOSED, at, by.name


def cancel(review: Review, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel a review without decisions. Its week can be opened again with a new queue."""
    ensure_open(review)
    if queries.has_decisions(review.id):
        raise NotPossible(_l("Something has been decided already. Undo the decisions, or close the review."))
    with unrestricted():
        meeting = queries.meeting_of(review)
        if meeting.status is MeetingStatus.SCHEDULED:
            meetings.move_meeting(meeting, MeetingStatus.CANCELLED, reason=reason, by=by, at=at)
        for row in queries.items_of(review.id):
            db.session.delete(row)
    review.status = ReviewStatus.CANCELLED
    record(review, "cancelled", by=by, at=at, meeting_id=review.meeting_id, to_state=ReviewStatus.CANCELLED)


def _note_outcomes(review_id: int) -> None:
    for item in queries.items_of(review_id):
        item.state_after = item.subject.status
        item.due_after = item.action.due_on if item.action else item.proposal.revisit_on if item.proposal else None


def _write_minutes(review: Review, lines: Sequence[MinutesLine], *, by: Actor, at: datetime) -> None:
    meeting = queries.meeting_of(review)
    if meeting.date == day_at(at, meeting.zone):
        meeting.end_time = meeting.end_time or local(at, meeting.zone).time().replace(second=0, microsecond=0)
    if meeting.status is MeetingStatus.SCHEDULED:
        meetings.move_meeting(meeting, MeetingStatus.HELD, reason=None, by=by, at=at)
    seats = _seats(review, meeting, by=by, at=at)
    for line in lines:
        seat = seats.get(line.account_id) if line.account_id else None
        draft = replace(line.draft, speaker_id=seat.id if seat else None)
        meetings.add_statement(meeting, draft, line.about, by=by, at=at)


def _seats(review: Review, meeting: Meeting, *, by: Actor, at: datetime) -> dict[int, Attendance]:
    """Attendance of the participants by account id. If the meeting has no chair, the actor becomes chair."""
    by_person = {row.person_id: row for row in meeting.attendance if row.person_id}
    has_chair = any(row.role is AttendanceRole.CHAIR for row in meeting.attendance)
    seats = {}
    for account in queries.participants(review.id):
        row = by_person.get(account.person_id or 0)
        if row is None:
            is_chair = not has_chair and account.id == by.account_id
            attendee = AttendanceDraft(
                person_id=account.person_id,
                post_as_written=None if account.person_id else account.display_name,
                role=AttendanceRole.CHAIR if is_chair else AttendanceRole.PARTICIPANT,
            )
            attendee = meetings.with_post_of_the_day(attendee, meeting.date)
            row = meetings.add_attendance(meeting, attendee, by=by, at=at)
        elif row.status in NOT_PRESENT:
            meetings.note_present(row, by=by, at=at)
        if account.person_id:
            by_person[account.person_id] = row
        seats[account.id] = row
    db.session.flush()  # statements need the ids of their speakers
    return seats
