"""Questions about sittings."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.core.visibility import unrestricted
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import (
    ReviewStatus,
)


def review(week: str, *, to_change: bool = False) -> Review:
    """The sitting of this week."""
    question = select(Review).filter_by(week=week).options(joinedload(Review.previous), joinedload(Review.meeting))
    found = db.session.scalar(question.with_for_update(of=Review) if to_change else question)
    if found is None:
        raise NotFound
    return found


def known(week: str) -> Review | None:
    """The sitting of this week, if it was opened."""
    return db.session.scalar(select(Review).filter_by(week=week))


def open_one() -> Review | None:
    """The sitting that is open now."""
    return db.session.scalar(select(Review).filter_by(status=ReviewStatus.OPEN))


def has_decisions(review_id: int) -> bool:
    """Whether anything has been decided in this sitting, also of what the viewer may not see."""
    with unrestricted():
        decided = select(ReviewItem.id).filter_by(review_id=review_id).where(ReviewItem.decision.is_not(None))
        return db.session.scalar(decided.limit(1)) is not None


def last_closed() -> Review | None:
    """The sitting that was closed last."""
    return db.session.scalar(
        select(Review).filter_by(status=ReviewStatus.CLOSED).order_by(Review.closed_at.desc()).limit(1)
    )


def page_of_reviews(is_reviewer: bool, bookmark: str | None) -> Page[Review]:
    """Sittings, the newest week first; open ones for their reviewers alone."""
    question = select(Review) if is_reviewer else select(Review).filter_by(status=ReviewStatus.CLOSED)
    return page_of(question.order_by(Review.week.desc(), Review.id.desc()), bookmark)
