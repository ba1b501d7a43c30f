"""Queries for going through the queue."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.proposals.models import Proponent, Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.policy import may_review
from tracker.reviews.queries.items import WITH_SUBJECT
from tracker.reviews.rules import ReviewStatus, Stop


def stops(review_id: int) -> list[Stop]:
    """The queue in order, without items that the viewer may not see."""
    query = (
        select(ReviewItem.id, ReviewItem.decision.is_not(None))
        .where(ReviewItem.review_id == review_id, ReviewItem.position.is_not(None))
        .order_by(ReviewItem.position)
    )
    return [Stop(item_id, is_settled) for item_id, is_settled in db.session.execute(query)]


def last_decided(review_id: int, account_id: int | None) -> ReviewItem | None:
    """The last item that this account decided, unless the decision was undone."""
    query = select(ReviewItem).filter_by(review_id=review_id, decided_by_id=account_id).options(*WITH_SUBJECT)
    return db.session.scalar(query.where(ReviewItem.turn.is_not(None)).order_by(ReviewItem.turn.desc()).limit(1))


def item(review_id: int, item_id: int) -> ReviewItem:
    loaded = (
        joinedload(ReviewItem.action).selectinload(ActionItem.updates),
        joinedload(ReviewItem.action).selectinload(ActionItem.promises),
        joinedload(ReviewItem.action).selectinload(ActionItem.holds),
        joinedload(ReviewItem.action).joinedload(ActionItem.proposal),
        joinedload(ReviewItem.proposal).selectinload(Proposal.proponents).joinedload(Proponent.person),
        joinedload(ReviewItem.proposal).joinedload(Proposal.decision_authority),
        joinedload(ReviewItem.proposal).joinedload(Proposal.responsible_unit),
    )
    query = select(ReviewItem).filter_by(id=item_id, review_id=review_id).where(ReviewItem.position.is_not(None))
    stored = db.session.scalar(query.options(*WITH_SUBJECT, *loaded))
    if stored is None:
        raise NotFound
    return stored


def next_turn(review_id: int) -> int:
    """Sequence number of the next decision. The review must be locked."""
    return (db.session.scalar(select(func.max(ReviewItem.turn)).filter_by(review_id=review_id)) or 0) + 1


def open_stop(actor: Actor, subject: ActionItem | Proposal) -> tuple[str, int] | None:
    """For reviewers: week of the open review and id of its queue item for this subject, if there is one."""
    if not may_review(actor):
        return None
    column = ReviewItem.action_id if isinstance(subject, ActionItem) else ReviewItem.proposal_id
    query = select(Review.week, ReviewItem.id).join(ReviewItem.review).where(
        Review.status == ReviewStatus.OPEN, column == subject.id, ReviewItem.position.is_not(None)
    )  # fmt: skip
    row = db.session.execute(query).one_or_none()
    return (row.week, row.id) if row else None
