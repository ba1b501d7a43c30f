"""Questions about the figures over the weeks."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select

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
    """What one closed sitting found and left, as far as the viewer may see."""

    week: str
    open: int
    overdue: int
    done: int
    slipped: int


def trend(limit: int) -> list[WeekFigures]:
    """The last closed sittings, oldest first: left open, found overdue, done and slipped since the one before."""
    is_action = ReviewItem.action_id.is_not(None)
    ended = [status for status in ActionStatus if status not in OPEN]
    done = or_(
        ReviewItem.movement == Movement.DONE,
        (ReviewItem.state_after == ActionStatus.COMPLETED) & (ReviewItem.movement != Movement.DROPPED),
    )
    slipped = or_(ReviewItem.movement.in_(SLIPPED), ReviewItem.decision == Decision.EXTEND)
    wanted = [(is_action & ReviewItem.state_after.not_in(ended)), ReviewItem.queue_group == QueueGroup.OVERDUE,
              is_action & done, is_action & slipped]  # fmt: skip
    counts = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted]
    question = (
        select(Review.week, *counts).outerjoin(ReviewItem, ReviewItem.review_id == Review.id)
        .where(Review.status == ReviewStatus.CLOSED).group_by(Review.week).order_by(Review.week.desc()).limit(limit)
    )  # fmt: skip
    return [WeekFigures(week, *map(int, found)) for week, *found in db.session.execute(question)][::-1]
