"""Queries for going through the queue."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.people.models import OrgUnit, Person
from tracker.proposals.models import Proponent, Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.policy import may_review
from tracker.reviews.queries.items import WITH_SUBJECT
from tracker.reviews.rules import Decision, Movement, Order, ReviewStatus, Stop


def stops(review_id: int, order: Order = Order.REASON) -> list[Stop]:
    """The queue in this order, without items that the viewer may not see; those without a unit or PIC come last."""
    query = select(ReviewItem.id, ReviewItem.decision.is_not(None)).where(
        ReviewItem.review_id == review_id, ReviewItem.position.is_not(None)
    )
    if order is Order.UNIT:
        unit_id = func.coalesce(ActionItem.responsible_unit_id, Proposal.responsible_unit_id)
        query = query.outerjoin(ReviewItem.action).outerjoin(ReviewItem.proposal)
        query = query.outerjoin(OrgUnit, OrgUnit.id == unit_id)
        query = query.order_by(OrgUnit.id.is_(None), OrgUnit.name_id, OrgUnit.id)
    elif order is Order.PIC:
        query = query.outerjoin(ReviewItem.action).outerjoin(ActionItem.pic)
        query = query.order_by(Person.id.is_(None), Person.full_name, Person.id)
    rows = db.session.execute(query.order_by(ReviewItem.position))
    return [Stop(item_id, is_settled) for item_id, is_settled in rows]


def unmoved_of(review_id: int, person_id: int) -> Sequence[ReviewItem]:
    """The undecided items of the queue of this PIC that have not moved since the last review."""
    query = _unmoved(select(ReviewItem), review_id, person_id).options(*WITH_SUBJECT)
    return db.session.scalars(query.order_by(ReviewItem.position)).all()


def count_unmoved_of(review_id: int, person_id: int) -> int:
    return db.session.scalar(_unmoved(select(func.count(ReviewItem.id)), review_id, person_id)) or 0


def _unmoved(query: Select[Any], review_id: int, person_id: int) -> Select[Any]:
    return query.join(ReviewItem.action).where(
        ReviewItem.review_id == review_id, ReviewItem.position.is_not(None), ReviewItem.decision.is_(None),
        ReviewItem.movement == Movement.NOT_MOVED, ActionItem.pic_id == person_id,
    )  # fmt: skip


#: What a decision changes or restores, and what its page shows.
_IN_FULL = (
    joinedload(ReviewItem.action).selectinload(ActionItem.updates),
    joinedload(ReviewItem.action).selectinload(ActionItem.promises),
    joinedload(ReviewItem.action).selectinload(ActionItem.holds),
    joinedload(ReviewItem.action).joinedload(ActionItem.proposal),
    joinedload(ReviewItem.proposal).selectinload(Proposal.proponents).joinedload(Proponent.person),
    joinedload(ReviewItem.proposal).joinedload(Proposal.decision_authority),
    joinedload(ReviewItem.proposal).joinedload(Proposal.responsible_unit),
)


def last_decided(review_id: int, account_id: int | None) -> ReviewItem | None:
    """The last item that this account decided, unless the decision was undone."""
    query = select(ReviewItem).filter_by(review_id=review_id, decided_by_id=account_id).options(*WITH_SUBJECT)
    return db.session.scalar(query.where(ReviewItem.turn.is_not(None)).order_by(ReviewItem.turn.desc()).limit(1))


def decided_with(item: ReviewItem) -> Sequence[ReviewItem]:
    """The items that continued with this one by one confirmation, itself included; the last decided comes first."""
    query = _together(select(ReviewItem), item).options(*WITH_SUBJECT, *_IN_FULL)
    return db.session.scalars(query.order_by(ReviewItem.turn.desc())).all()


def count_decided_with(item: ReviewItem) -> int:
    if item.decision is not Decision.GOES_ON:
        return 1
    return db.session.scalar(_together(select(func.count(ReviewItem.id)), item)) or 0


def _together(query: Select[Any], item: ReviewItem) -> Select[Any]:
    return query.where(
        ReviewItem.review_id == item.review_id, ReviewItem.decision == item.decision,
        ReviewItem.decided_at == item.decided_at, ReviewItem.decided_by_id == item.decided_by_id,
    )  # fmt: skip


def item(review_id: int, item_id: int) -> ReviewItem:
    query = select(ReviewItem).filter_by(id=item_id, review_id=review_id).where(ReviewItem.position.is_not(None))
    stored = db.session.scalar(query.options(*WITH_SUBJECT, *_IN_FULL))
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
