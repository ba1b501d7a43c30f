"""Open reviews."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at, local
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.meetings import commands as meetings
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.reviews import queries, rules
from tracker.reviews.commands.drafts import Plan
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Movement, Place, ReviewStatus

WEEK_TAKEN = taken("uq_review_week", _l("This week's review has already been opened."))
ANOTHER_OPEN = taken("ix_review_one_open", _l("Another review is still open. Close it first."))


def open_review(plan: Plan, *, by: Actor, at: datetime) -> Review:
    """Freeze the queue and the changes since the last review as they are now."""
    with unrestricted():  # a review has all items; pages filter them by viewer
        cancelled = queries.find_review(str(plan.week))
        if cancelled and cancelled.status is not ReviewStatus.CANCELLED:
            raise WEEK_TAKEN.refusal()
        if queries.current_review():
            raise ANOTHER_OPEN.refusal()
        _ensure_not_early(plan, at)
        previous = queries.last_closed()
        meeting = _meeting_of(plan, by=by, at=at)
        review = cancelled or Review(week=str(plan.week))
        review.status, review.previous, review.meeting = ReviewStatus.OPEN, previous, meeting
        review.held_on, review.planned_on, review.next_on = plan.held_on, plan.planned_on, plan.next_on
        review.opened_at, review.opened_by_name = at, by.name
        db.session.add(review)
        db.session.flush()  # items need the id of the review
        candidates = [*_actions_of(plan, previous), *_proposals_of(plan, previous)]
    if candidates:
        db.session.add_all(_in_order(review.id, candidates))
    verb = "opened_again" if cancelled else "opened"
    record(review, verb, by=by, at=at, on=plan.held_on, meeting_id=meeting.id, to_state=ReviewStatus.OPEN)
    return review


def _ensure_not_early(plan: Plan, at: datetime) -> None:
    today = day_at(at)
    if today < plan.opens_on:
        raise NotPossible(
            _l("The review of %(week)s can be opened from %(day)s.", week=str(plan.week), day=long_day(plan.opens_on))
        )
    if plan.held_on > today:
        raise NotPossible(_l("The day of this review is in the future."), field="held_on")


def _meeting_of(plan: Plan, *, by: Actor, at: datetime) -> Meeting:
    """Create the meeting of the review. It is marked as held when the review is closed."""
    start_time = local(at).time().replace(second=0, microsecond=0) if plan.held_on == day_at(at) else None
    draft = replace(plan.meeting, start_time=start_time)
    return meetings.log_meeting(draft, [], [], status=MeetingStatus.SCHEDULED, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    subject_id: int
    kind: str
    place: Place | None
    movement: Movement
    sittings: int
    open_since: date
    state: StrEnum
    due_on: date | None


def _actions_of(plan: Plan, previous: Review | None) -> list[_Candidate]:
    before = queries.open_after(previous)[0] if previous else {}
    closed_on = day_at(previous.closed_at) if previous and previous.closed_at else None
    candidates = []
    for facts in queries.actions_at_opening(plan.held_on, previous):
        past = before.get(facts.id)
        candidates.append(_Candidate(
            subject_id=facts.id, kind="action_id", place=rules.place_of_action(facts, plan.held_on, plan.next_on),
            movement=rules.movement_of_action(facts, past, plan.held_on, closed_on),
            sittings=past.sittings + 1 if past else 1, open_since=facts.assigned_on, state=facts.status,
            due_on=facts.due_on,
        ))  # fmt: skip
    return candidates


def _proposals_of(plan: Plan, previous: Review | None) -> list[_Candidate]:
    before = queries.open_after(previous)[1] if previous else {}
    candidates = []
    for facts in queries.proposals_at_opening(plan.held_on):
        past = before.get(facts.id)
        place = rules.place_of_proposal(facts, plan.held_on, plan.next_on, plan.patience)
        if place:
            candidates.append(_Candidate(
                subject_id=facts.id, kind="proposal_id", place=place, movement=rules.movement_of_proposal(place, past),
                sittings=past.sittings + 1 if past else 1, open_since=facts.raised_on, state=facts.status,
                due_on=facts.revisit_on,
            ))  # fmt: skip
    return candidates


def _in_order(review_id: int, candidates: Sequence[_Candidate]) -> Iterator[ReviewItem]:
    """Items to store: the queue in order, then items outside the queue."""
    queued = sorted((row for row in candidates if row.place), key=lambda row: rules.rank(row.place, row.subject_id))  # type: ignore[arg-type]  # filtered
    others = [row for row in candidates if not row.place]
    for position, candidate in enumerate([*queued, *others], 1):
        yield ReviewItem(
            review_id=review_id,
            **{candidate.kind: candidate.subject_id},
            movement=candidate.movement,
            queue_group=candidate.place.group if candidate.place else None,
            position=position if candidate.place else None,
            sittings=candidate.sittings,
            open_since=candidate.open_since,
            state_before=str(candidate.state),
            due_before=candidate.due_on,
        )
