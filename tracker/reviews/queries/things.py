"""Questions about the things of a sitting: the figures, and the rows behind them."""

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

WITH_THING = (
    joinedload(ReviewItem.action).joinedload(ActionItem.pic),
    joinedload(ReviewItem.action).joinedload(ActionItem.responsible_unit),
    joinedload(ReviewItem.proposal).joinedload(Proposal.responsible_unit),
)


@dataclass(frozen=True)
class Figures:
    """How many things of a sitting are in each movement and group, and how many of a group are settled."""

    movements: Counter[Movement]
    groups: Counter[QueueGroup]
    settled: Counter[QueueGroup]
    decisions: Counter[Decision]

    @property
    def queue(self) -> int:
        """How many things wait in the queue, settled or not."""
        return sum(self.groups.values())

    @property
    def done(self) -> int:
        """How many of them are settled."""
        return sum(self.settled.values())


def figures(review_id: int) -> Figures:
    """The figures of a sitting, of what the viewer may see."""
    columns = (ReviewItem.movement, ReviewItem.queue_group, ReviewItem.decision)
    question = select(*columns, func.count()).filter_by(review_id=review_id).group_by(*columns)
    found = Figures(Counter(), Counter(), Counter(), Counter())
    for movement, group, decision, count in db.session.execute(question):
        found.movements[movement] += count
        if group:
            found.groups[group] += count
        if decision:
            found.decisions[decision] += count
        if group and decision:
            found.settled[group] += count
    return found


@dataclass(frozen=True, kw_only=True)
class ItemFilter:
    """Which of a sitting's things are shown."""

    movement: Movement | None = None
    group: QueueGroup | None = None
    decision: Decision | None = None


def items(review_id: int, wanted: ItemFilter, bookmark: str | None) -> Page[ReviewItem]:
    """The rows behind one figure."""
    question = select(ReviewItem).filter_by(review_id=review_id).options(*WITH_THING)
    columns = {"movement": wanted.movement, "queue_group": wanted.group, "decision": wanted.decision}
    question = question.filter_by(**{name: value for name, value in columns.items() if value})
    return page_of(question.order_by(ReviewItem.id), bookmark)


def decided(review_id: int) -> Sequence[ReviewItem]:
    """What was decided, in the order in which it was."""
    question = select(ReviewItem).filter_by(review_id=review_id).where(ReviewItem.turn.is_not(None))
    return db.session.scalars(question.options(*WITH_THING).order_by(ReviewItem.turn)).all()
