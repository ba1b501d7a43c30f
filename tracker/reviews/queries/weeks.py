"""Queries for figures over several weeks."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.db import db
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import (
    SLIPPED,
    Decision,
    Movement,
    QueueGroup,
    ReviewStatus,
)


@dataclass(frozen=True)
class WeekFigures:
    week: str
    #: Still open when it was closed.
    open: int
    #: Overdue when it was opened.
    overdue: int
    #: Completed between the previous review and this one.
    done_before: int
    #: Completed during it.
    done_here: int
    #: Extended, or overdue again after an extension, between the previous review and this one.
    slipped_before: int
    #: Extended by its decisions.
    extended_here: int


def trend(limit: int, *, until: str | None = None) -> list[WeekFigures]:
    """Figures of the last `limit` closed reviews up to the week `until`, oldest first."""
    ended = [status for status in ActionStatus if status not in OPEN]
    movement, status_after = ReviewItem.movement, ReviewItem.state_after
    criteria = [
        status_after.not_in(ended),
        ReviewItem.queue_group == QueueGroup.OVERDUE,
        movement == Movement.DONE,
        (status_after == ActionStatus.COMPLETED) & movement.not_in([Movement.DONE, Movement.DROPPED]),
        movement.in_(SLIPPED),
        (ReviewItem.decision == Decision.EXTEND) & ReviewItem.due_before.is_not(None),
    ]
    is_action = ReviewItem.action_id.is_not(None)
    counts = [func.coalesce(func.sum(case((is_action & criterion, 1), else_=0)), 0) for criterion in criteria]
    query = (
        select(Review.week, *counts).outerjoin(ReviewItem, ReviewItem.review_id == Review.id)
        .where(Review.status == ReviewStatus.CLOSED).group_by(Review.week).order_by(Review.week.desc()).limit(limit)
    )  # fmt: skip
    if until:
        query = query.where(Review.week <= until)
    return [WeekFigures(week, *map(int, numbers)) for week, *numbers in db.session.execute(query)][::-1]
