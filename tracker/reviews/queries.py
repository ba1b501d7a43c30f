"""Questions about weekly reviews: the sitting, its queue, one thing in it, and the figures over the weeks."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.history.models import Event
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import (
    SLIPPED,
    ActionFacts,
    Before,
    Decision,
    Movement,
    ProposalFacts,
    QueueGroup,
    ReviewStatus,
    Stop,
)

#: Events of a thing that a review records; being looked at is no movement.
LOOKED_AT = "reviewed_"
#: What a proposal is while it is in the queue.
UNANSWERED = (ProposalStatus.SUBMITTED, ProposalStatus.DEFERRED)
_CLOSED = ReviewStatus.CLOSED
_WITH_THING = (
    joinedload(ReviewItem.action).joinedload(ActionItem.pic),
    joinedload(ReviewItem.action).joinedload(ActionItem.responsible_unit),
    joinedload(ReviewItem.proposal),
)


# --- Sittings ---


def review(week: str, *, to_change: bool = False) -> Review:
    """The sitting of this week."""
    question = select(Review).filter_by(week=week).options(selectinload(Review.previous), selectinload(Review.meeting))
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


def last_closed() -> Review | None:
    """The sitting that was closed last."""
    return db.session.scalar(select(Review).filter_by(status=_CLOSED).order_by(Review.closed_at.desc()).limit(1))


def page_of_reviews(is_reviewer: bool, bookmark: str | None) -> Page[Review]:
    """Sittings, the newest week first; open ones for their reviewers alone."""
    question = select(Review) if is_reviewer else select(Review).filter_by(status=_CLOSED)
    return page_of(question.order_by(Review.week.desc(), Review.id.desc()), bookmark)


# --- What a sitting is opened with ---


def actions_at_opening(held_on: date, previous: Review | None) -> list[ActionFacts]:
    """Every open action, and those that ended since the last closed sitting."""
    moved = (
        select(Event.subject_id, func.max(Event.at).label("at"))
        .where(Event.subject == ActionItem.__tablename__, Event.verb.not_like(f"{LOOKED_AT}%"))
        .group_by(Event.subject_id)
        .subquery()
    )
    question = (
        select(ActionItem.id, ActionItem.status, ActionItem.pic_id, ActionItem.due_on, ActionItem.original_due_on,
               ActionItem.assigned_on, moved.c.at)
        .outerjoin(moved, moved.c.subject_id == ActionItem.id)
        .where(ActionItem.assigned_on <= held_on)
    )  # fmt: skip
    wanted = ActionItem.status.in_(OPEN)
    ended = ActionItem.id.in_(_ended_since(previous)) if previous else None
    rows = db.session.execute(question.where(wanted if ended is None else or_(wanted, ended)))
    return [
        ActionFacts(
            id=row.id,
            status=row.status,
            has_pic=row.pic_id is not None,
            due_on=row.due_on,
            original_due_on=row.original_due_on,
            last_moved_on=row.at.astimezone(JAKARTA).date() if row.at else row.assigned_on,
        )
        for row in rows
    ]


def _ended_since(previous: Review) -> Select[int]:
    """Actions that ended after that sitting closed, or during it without having been before it."""
    was_before_it = select(ReviewItem.action_id).where(
        ReviewItem.review_id == previous.id, ReviewItem.action_id.is_not(None)
    )
    return select(Event.subject_id).where(
        Event.subject == ActionItem.__tablename__,
        Event.verb.in_([f"moved_{status}" for status in ActionStatus if status not in OPEN]),
        or_(
            Event.at > previous.closed_at,
            (Event.at > previous.opened_at) & Event.subject_id.not_in(was_before_it),
        ),
    )


def proposals_at_opening(held_on: date) -> list[ProposalFacts]:
    """Proposals nobody has answered, and those put off."""
    question = select(Proposal.id, Proposal.status, Proposal.status_since, Proposal.revisit_on).where(
        Proposal.status.in_(UNANSWERED), Proposal.raised_on <= held_on
    )
    return [ProposalFacts(**row._mapping) for row in db.session.execute(question)]


def left_open_by(previous: Review) -> tuple[dict[int, Before], dict[int, Before]]:
    """What the last closed sitting left open: by action, and by proposal."""
    columns = (ReviewItem.action_id, ReviewItem.proposal_id, ReviewItem.due_after, ReviewItem.weeks)
    states = [*OPEN, *UNANSWERED]
    rows = db.session.execute(
        select(*columns).filter_by(review_id=previous.id).where(ReviewItem.state_after.in_(states))
    ).all()
    actions = {row.action_id: Before(row.due_after, row.weeks) for row in rows if row.action_id}
    return actions, {row.proposal_id: Before(row.due_after, row.weeks) for row in rows if row.proposal_id}


# --- The figures and the rows behind them ---


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
    question = select(ReviewItem).filter_by(review_id=review_id).options(*_WITH_THING)
    columns = {"movement": wanted.movement, "queue_group": wanted.group, "decision": wanted.decision}
    question = question.filter_by(**{name: value for name, value in columns.items() if value})
    return page_of(question.order_by(ReviewItem.id), bookmark)


def decided(review_id: int) -> Sequence[ReviewItem]:
    """What was decided, in the order in which it was."""
    question = select(ReviewItem).filter_by(review_id=review_id).where(ReviewItem.turn.is_not(None))
    return db.session.scalars(question.options(*_WITH_THING).order_by(ReviewItem.turn)).all()


# --- The queue ---


def stops(review_id: int) -> list[Stop]:
    """The queue as this viewer goes through it."""
    question = (
        select(ReviewItem.id, ReviewItem.decision)
        .filter_by(review_id=review_id)
        .where(ReviewItem.position.is_not(None))
        .order_by(ReviewItem.position)
    )
    return [Stop(row.id, row.decision is not None) for row in db.session.execute(question)]


def last_decided(review_id: int, account_id: int | None) -> ReviewItem | None:
    """What this account decided last in the sitting, and has not undone."""
    question = select(ReviewItem).filter_by(review_id=review_id, decided_by_id=account_id).options(*_WITH_THING)
    return db.session.scalar(question.order_by(ReviewItem.turn.desc()).limit(1))


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
    found = db.session.scalar(question.options(*_WITH_THING, *loaded))
    if found is None:
        raise NotFound
    return found


def last_event(item: ReviewItem) -> Event | None:
    """What happened last to the thing itself."""
    thing = item.thing
    question = select(Event).filter_by(subject=thing.__tablename__, subject_id=thing.id)
    return db.session.scalar(question.order_by(Event.id.desc()).limit(1))


def open_hold(action_id: int) -> int | None:
    """The number of what holds an action up, if anything does."""
    return db.session.scalar(select(ActionHold.id).filter_by(action_id=action_id, ended_on=None))


def next_turn(review_id: int) -> int:
    """The number of the next decision of the sitting. Ask with the sitting locked."""
    return (db.session.scalar(select(func.max(ReviewItem.turn)).filter_by(review_id=review_id)) or 0) + 1


# --- Closing ---


def participants(review_id: int) -> Sequence[Account]:
    """Who opened, decided in or closed the sitting."""
    took_part = select(Event.by_account_id).filter_by(subject=Review.__tablename__, subject_id=review_id)
    question = select(Account).where(Account.id.in_(took_part)).options(selectinload(Account.person))
    return db.session.scalars(question.order_by(Account.id)).all()


def meeting_of(review: Review) -> Meeting:
    """The sitting's meeting, with its attendance."""
    return meetings.meeting(review.meeting_id, to_change=True)


Outcome = tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[bool]]


def outcomes() -> list[Outcome]:
    """For actions and for proposals: status, due date, and which things are theirs; to be written beside each."""
    action, proposal = ActionItem.__table__.c, Proposal.__table__.c
    return [
        (
            select(action.status).where(action.id == ReviewItem.action_id).scalar_subquery(),
            select(action.due_on).where(action.id == ReviewItem.action_id).scalar_subquery(),
            ReviewItem.action_id.is_not(None),
        ),
        (
            select(proposal.status).where(proposal.id == ReviewItem.proposal_id).scalar_subquery(),
            select(proposal.revisit_on).where(proposal.id == ReviewItem.proposal_id).scalar_subquery(),
            ReviewItem.proposal_id.is_not(None),
        ),
    ]


def content_of(review: Review, *, closed_by: str, closed_at: datetime) -> dict[str, Any]:
    """All that the sitting saw and decided, as plain JSON values; what is not known is null."""
    question = select(ReviewItem).filter_by(review_id=review.id).options(*_WITH_THING, joinedload(
        ReviewItem.proposal).joinedload(Proposal.responsible_unit))  # fmt: skip
    rows = db.session.scalars(question.order_by(ReviewItem.id).execution_options(populate_existing=True)).all()
    return {
        "schema": 1, "week": review.week, "held_on": review.held_on.isoformat(),
        "next_on": review.next_on.isoformat(), "previous": review.previous.week if review.previous else None,
        "opened_at": review.opened_at.isoformat(), "opened_by": review.opened_by_name,
        "closed_at": closed_at.isoformat(), "closed_by": closed_by,
        "participants": [one.person.full_name if one.person else one.display_name for one in participants(review.id)],
        "items": [_content(row) for row in rows],
    }  # fmt: skip


def _content(row: ReviewItem) -> dict[str, Any]:
    thing, action, proposal = row.thing, row.action, row.proposal
    unit = thing.responsible_unit
    names = ("movement", "queue_group", "weeks", "state_before", "state_after", "decision", "turn", "reason", "note",
             "decided_by_name")  # fmt: skip
    days = ("due_before", "due_after", "decided_at")
    return {name: getattr(row, name) for name in names} | {
        name: value.isoformat() if (value := getattr(row, name)) else None for name in days
    } | {
        "item": row.id, "kind": thing.__tablename__, "id": thing.id, "code": thing.code,
        "classification": thing.classification, "text_id": action.text_id if action else proposal and proposal.title_id,
        "text_en": action.text_en if action else proposal and proposal.title_en,
        "pic": action.pic.full_name if action and action.pic else None,
        "unit_id": unit.name_id if unit else None, "unit_en": unit.name_en if unit else None,
    }  # fmt: skip


def frozen(review: Review) -> dict[str, Any]:
    """What a closed sitting said, from its stored bytes, without what the viewer may not see."""
    content: dict[str, Any] = json.loads(review.content or "{}")
    seen = set(db.session.scalars(select(ReviewItem.id).filter_by(review_id=review.id)))
    content["items"] = [one for one in content["items"] if one["item"] in seen]
    return content


# --- Over the weeks ---


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
        .where(Review.status == _CLOSED).group_by(Review.week).order_by(Review.week.desc()).limit(limit)
    )  # fmt: skip
    return [WeekFigures(week, *map(int, found)) for week, *found in db.session.execute(question)][::-1]
