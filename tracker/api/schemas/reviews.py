"""Weekly reviews."""

import datetime as dt

from tracker.api.schemas.common import ActionRef, ProposalRef, Shown
from tracker.reviews.rules import Decision, Movement, QueueGroup, ReviewStatus


class Review(Shown):
    id: int
    week: str
    status: ReviewStatus
    held_on: dt.date
    planned_on: dt.date
    next_on: dt.date


class ReviewItem(Shown):
    """A follow-up or a proposal in a review, and what was decided about it."""

    id: int
    action: ActionRef | None
    proposal: ProposalRef | None
    movement: Movement
    queue_group: QueueGroup | None
    open_since: dt.date
    due_before: dt.date | None
    decision: Decision | None
    reason: str | None
    note: str | None
    decided_at: dt.datetime | None
    decided_by_name: str | None
