"""Queries for reviews."""

from sqlalchemy import case, or_, select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.core.visibility import unrestricted
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import ReviewStatus


def review(week: str, *, to_change: bool = False) -> Review:
    query = select(Review).filter_by(week=week).options(joinedload(Review.previous), joinedload(Review.meeting))
    stored = db.session.scalar(query.with_for_update(of=Review) if to_change else query)
    if stored is None:
        raise NotFound
    return stored


def find_review(week: str) -> Review | None:
    return db.session.scalar(select(Review).filter_by(week=week))


def current_review() -> Review | None:
    return db.session.scalar(select(Review).filter_by(status=ReviewStatus.OPEN))


def review_of_now(week: str) -> Review | None:
    """The open review, or else that of this week."""
    is_open = Review.status == ReviewStatus.OPEN
    query = select(Review).where(or_(is_open, Review.week == week)).order_by(case((is_open, 0), else_=1))
    return db.session.scalar(query.limit(1))


def has_decisions(review_id: int) -> bool:
    """Whether the review has decisions, including those that the viewer may not see."""
    with unrestricted():
        decided = select(ReviewItem.id).filter_by(review_id=review_id).where(ReviewItem.decision.is_not(None))
        return db.session.scalar(decided.limit(1)) is not None


def last_closed() -> Review | None:
    return db.session.scalar(
        select(Review).filter_by(status=ReviewStatus.CLOSED).order_by(Review.closed_at.desc()).limit(1)
    )


def page_of_reviews(is_reviewer: bool, bookmark: str | None) -> Page[Review]:
    """Reviews, newest week first; only reviewers see those that are not closed."""
    query = select(Review) if is_reviewer else select(Review).filter_by(status=ReviewStatus.CLOSED)
    return page_of(query.order_by(Review.week.desc(), Review.id.desc()), bookmark)
