"""Who may do what with weekly reviews. Source: domain.md 7.2."""

from tracker.core.actor import Actor, Role, both
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus


@both
def may_review(actor: Actor) -> bool:
    """The reviewer opens a sitting, decides in it and closes it."""
    return actor.has(Role.REVIEWER)


@both
def may_read(actor: Actor, review: Review) -> bool:
    """Everyone reads the report of a closed sitting; an open one is its reviewers' alone."""
    return review.status is ReviewStatus.CLOSED or may_review(actor)
