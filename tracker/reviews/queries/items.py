"""Queries for the items of a review and their figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.paging import Page, page_of
from tracker.proposals.models import Proposal
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import (
    Decision,
    Movement,
    QueueGroup,
)

WITH_SUBJECT = (
    joinedload(ReviewItem.action).joinedload(ActionItem.pic),
    joinedload(ReviewItem.action).joinedload(ActionItem.responsible_unit),
    joinedload(ReviewItem.proposal).joinedload(Proposal.responsible_unit),
)


@dataclass(frozen=True)
class Figures:
    movements: Counter[Movement]
    groups: Counter[QueueGroup]
    settled: Counter[QueueGroup]
    decisions: Counter[Decision]

    @property
    def queue(self) -> int:
        return sum(self.groups.values())

    @property
    def done(self) -> int:
        return sum(self.settled.values())


def figures(review_id: int) -> Figures:
    columns = (ReviewItem.movement, ReviewItem.queue_group, ReviewItem.decision)
    query = select(*columns, func.count()).filter_by(review_id=review_id).group_by(*columns)
    totals = Figures(Counter(), Counter(), Counter(), Counter())
    for movement, group, decision, count in db.session.execute(query):
        totals.movements[movement] += count
        if group:
            totals.groups[group] += count
        if decision:
            totals.decisions[decision] += count
        if group and decision:
            totals.settled[group] += count
    return totals


@dataclass(frozen=True, kw_only=True)
class ItemFilter:
    movement: Movement | None = None
    group: QueueGroup | None = None
    decision: Decision | None = None


def items(review_id: int, filters: ItemFilter, bookmark: str | None) -> Page[ReviewItem]:
    query = select(ReviewItem).filter_by(review_id=review_id).options(*WITH_SUBJECT)
    columns = {"movement": filters.movement, "queue_group": filters.group, "decision": filters.decision}
    query = query.filter_by(**{name: value for name, value in columns.items() if value})
    return page_of(query.order_by(ReviewItem.id), bookmark)


def decided(review_id: int) -> Sequence[ReviewItem]:
    query = select(ReviewItem).filter_by(review_id=review_id).where(ReviewItem.turn.is_not(None))
    return db.session.scalars(query.options(*WITH_SUBJECT).order_by(ReviewItem.turn)).all()
