"""Questions of going through the queue."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.proposals.models import Proponent, Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.policy import may_review
from tracker.reviews.queries.things import WITH_THING
from tracker.reviews.rules import ReviewStatus, Stop


def stops(review_id: int) -> list[Stop]:
    """The queue as this viewer goes through it."""
    question = (
        select(ReviewItem.id, ReviewItem.decision.is_not(None))
        .where(ReviewItem.review_id == review_id, ReviewItem.position.is_not(None))
        .order_by(ReviewItem.position)
    )
    return [Stop(number, is_settled) for number, is_settled in db.session.execute(question)]


def last_decided(review_id: int, account_id: int | None) -> ReviewItem | None:
    """What this account decided last in the sitting, and has not undone."""
    question = select(ReviewItem).filter_by(review_id=review_id, decided_by_id=account_id).options(*WITH_THING)
    return db.session.scalar(question.where(ReviewItem.turn.is_not(None)).order_by(ReviewItem.turn.desc()).limit(1))


def item(review_id: int, item_id: int) -> ReviewItem:
    """One thing of the queue, with what its screen shows."""
    loaded = (
        joinedload(ReviewItem.action).selectinload(ActionItem.updates),
        joinedload(ReviewItem.action).selectinload(ActionItem.promises),
        joinedload(ReviewItem.action).selectinload(ActionItem.holds),
        joinedload(ReviewItem.action).joinedload(ActionItem.proposal),
        joinedload(ReviewItem.proposal).selectinload(Proposal.proponents).joinedload(Proponent.person),
        joinedload(ReviewItem.proposal).joinedload(Proposal.decision_authority),
        joinedload(ReviewItem.proposal).joinedload(Proposal.responsible_unit),
    )
    question = select(ReviewItem).filter_by(id=item_id, review_id=review_id).where(ReviewItem.position.is_not(None))
    found = db.session.scalar(question.options(*WITH_THING, *loaded))
    if found is None:
        raise NotFound
    return found


def next_turn(review_id: int) -> int:
    """The number of the next decision of the sitting. Ask with the sitting locked."""
    return (db.session.scalar(select(func.max(ReviewItem.turn)).filter_by(review_id=review_id)) or 0) + 1


def open_stop(actor: Actor, thing: ActionItem | Proposal) -> tuple[str, int] | None:
    """The week of the open sitting and the item of its queue that is about this, for somebody who reviews."""
    if not may_review(actor):
        return None
    is_about = ReviewItem.action_id if isinstance(thing, ActionItem) else ReviewItem.proposal_id
    question = select(Review.week, ReviewItem.id).join(ReviewItem.review).where(
        Review.status == ReviewStatus.OPEN, is_about == thing.id, ReviewItem.position.is_not(None)
    )  # fmt: skip
    found = db.session.execute(question).one_or_none()
    return (found.week, found.id) if found else None
