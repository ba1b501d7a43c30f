"""Closing a sitting for good."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.meetings import commands as meetings
from tracker.meetings.commands import AttendanceDraft, StatementDraft
from tracker.meetings.rules import NOT_THERE, MeetingStatus
from tracker.minutes.rules import canonical, mark_of
from tracker.reviews import queries
from tracker.reviews.commands.deciding import ensure_open
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import ReviewStatus


def close(review: Review, said: Sequence[tuple[int | None, StatementDraft]], *, by: Actor, at: datetime) -> None:
    """Close the sitting for good: freeze all it saw and decided, and write its minutes.

    `said` is one statement for each decision, with the account that took it.
    """
    ensure_open(review)
    if review.held_on > day_at(at):
        raise NotPossible(_l("The day of this sitting is still to come."))
    record(review, "closed", by=by, at=at, meeting_id=review.meeting_id, to_state=ReviewStatus.CLOSED)
    db.session.flush()
    with unrestricted():
        _note_outcomes(review.id)
        _write_minutes(review, said, by=by, at=at)
        stored = canonical(queries.content_of(review, closed_by=by.name, closed_at=at))
    review.content, review.content_hash = stored, mark_of(stored)
    review.status, review.closed_at, review.closed_by_name = ReviewStatus.CLOSED, at, by.name


def _note_outcomes(review_id: int) -> None:
    """Write beside each thing how the sitting leaves it."""
    for status, due_on, mine in queries.outcomes():
        things = update(ReviewItem).where(ReviewItem.review_id == review_id, mine)
        db.session.execute(things.values(state_after=status, due_after=due_on), execution_options={
            "synchronize_session": False})  # fmt: skip


def _write_minutes(
    review: Review, said: Sequence[tuple[int | None, StatementDraft]], *, by: Actor, at: datetime
) -> None:
    meeting = queries.meeting_of(review)
    if meeting.status is MeetingStatus.SCHEDULED:
        meetings.move_meeting(meeting, MeetingStatus.HELD, reason=None, by=by, at=at)
    there = {row.person_id: row for row in meeting.attendance if row.person_id}
    seats = {}
    for account in queries.participants(review.id):
        row = there.get(account.person_id or 0)
        if row is None:
            who = AttendanceDraft(person_id=account.person_id) if account.person_id else AttendanceDraft(
                post_as_written=account.display_name)  # fmt: skip
            who = meetings.with_post_of_the_day(who, meeting.date)
            row = meetings.add_attendance(meeting, who, by=by, at=at)
        elif row.status in NOT_THERE:
            meetings.note_present(row, by=by, at=at)
        if account.person_id:
            there[account.person_id] = row
        seats[account.id] = row
    db.session.flush()  # statements name the seats of their speakers
    for account_id, draft in said:
        seat = seats.get(account_id) if account_id else None
        meetings.add_statement(meeting, replace(draft, speaker_id=seat.id if seat else None), by=by, at=at)
