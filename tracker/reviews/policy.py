"""Who may read and hold weekly reviews."""

from tracker.core.actor import Actor, Role, both
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus


@both
def may_review(actor: Actor) -> bool:
    return actor.has(Role.REVIEWER)


@both
def may_read(actor: Actor, review: Review) -> bool:
    """Everybody may read closed reviews; only reviewers may read others."""
    return review.status is ReviewStatus.CLOSED or may_review(actor)
