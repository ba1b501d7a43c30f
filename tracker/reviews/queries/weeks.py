"""Questions about the figures over the weeks."""

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
    """The actions of one closed sitting, as far as the viewer may see them."""

    week: str
    #: Left open by it.
    open: int
    #: Past their date when it was opened.
    overdue: int
    #: Completed between the last sitting and this one.
    done_before: int
    #: Completed while it was held.
    done_here: int
    #: Given a later date, or past it once more, between the last sitting and this one.
    slipped_before: int
    #: Given a later date by it.
    extended_here: int


def trend(limit: int, *, until: str | None = None) -> list[WeekFigures]:
    """The last closed sittings, up to that of a week where one is named; oldest first."""
    ended = [status for status in ActionStatus if status not in OPEN]
    found, left = ReviewItem.movement, ReviewItem.state_after
    wanted = [
        left.not_in(ended),
        ReviewItem.queue_group == QueueGroup.OVERDUE,
        found == Movement.DONE,
        (left == ActionStatus.COMPLETED) & found.not_in([Movement.DONE, Movement.DROPPED]),
        found.in_(SLIPPED),
        (ReviewItem.decision == Decision.EXTEND) & ReviewItem.due_before.is_not(None),
    ]
    counts = [func.coalesce(func.sum(case((ReviewItem.action_id.is_not(None) & one, 1), else_=0)), 0) for one in wanted]
    question = (
        select(Review.week, *counts).outerjoin(ReviewItem, ReviewItem.review_id == Review.id)
        .where(Review.status == ReviewStatus.CLOSED).group_by(Review.week).order_by(Review.week.desc()).limit(limit)
    )  # fmt: skip
    if until:
        question = question.where(Review.week <= until)
    return [WeekFigures(week, *map(int, found)) for week, *found in db.session.execute(question)][::-1]
