"""Queries for the facts with which a review is opened."""

from datetime import date

from sqlalchemy import Select, case, func, or_, select

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import (
    ActionFacts,
    PreviousState,
    ProposalFacts,
)

#: Prefix of the verbs of events that reviews record; these do not count as movement.
REVIEWED = "reviewed_"
#: Statuses of proposals that can be in the queue.
UNANSWERED = (ProposalStatus.SUBMITTED, ProposalStatus.DEFERRED)


def actions_at_opening(held_on: date, previous: Review | None) -> list[ActionFacts]:
    """All open actions, and those that were closed since the last closed review."""
    moved = (
        select(
            Event.subject_id,
            func.max(case((Event.is_history.is_(False), Event.at))).label("at"),
            func.max(case((Event.is_history.is_(True), Event.on))).label("on"),
        )
        .where(Event.subject == ActionItem.__tablename__, Event.verb.not_like(f"{REVIEWED}%"))
        .group_by(Event.subject_id)
        .subquery()
    )
    query = (
        select(ActionItem.id, ActionItem.status, ActionItem.pic_id, ActionItem.due_on, ActionItem.original_due_on,
               ActionItem.assigned_on, moved.c.at, moved.c.on)
        .outerjoin(moved, moved.c.subject_id == ActionItem.id)
        .where(ActionItem.assigned_on <= held_on)
    )  # fmt: skip
    is_open = ActionItem.is_unfinished()
    ended = ActionItem.id.in_(_ended_since(previous)) if previous else None
    rows = db.session.execute(query.where(is_open if ended is None else or_(is_open, ended)))
    return [
        ActionFacts(
            id=row.id,
            assigned_on=row.assigned_on,
            status=row.status,
            has_pic=row.pic_id is not None,
            due_on=row.due_on,
            original_due_on=row.original_due_on,
            last_moved_on=day_at(row.at) if row.at else row.on or row.assigned_on,
        )
        for row in rows
    ]


def _ended_since(previous: Review) -> Select[int]:
    """Actions closed after that review, or during it without having been one of its items.

    Actions that were closed on an earlier day but recorded only afterwards are left out.
    """
    items_before = select(ReviewItem.action_id).where(
        ReviewItem.review_id == previous.id, ReviewItem.action_id.is_not(None)
    )
    return select(Event.subject_id).where(
        Event.subject == ActionItem.__tablename__,
        Event.verb.in_([f"moved_{status}" for status in ActionStatus if status not in OPEN]),
        Event.is_history.is_(False),
        or_(
            (Event.at > previous.closed_at) & or_(Event.on >= previous.held_on, Event.subject_id.in_(items_before)),
            (Event.at > previous.opened_at) & Event.subject_id.not_in(items_before),
        ),
    )


def proposals_at_opening(held_on: date) -> list[ProposalFacts]:
    query = select(Proposal.id, Proposal.raised_on, Proposal.status, Proposal.status_since, Proposal.revisit_on).where(
        Proposal.status.in_(UNANSWERED), Proposal.raised_on <= held_on
    )
    return [ProposalFacts(**row._mapping) for row in db.session.execute(query)]


def open_after(previous: Review) -> tuple[dict[int, PreviousState], dict[int, PreviousState]]:
    """State of what was still open when the review was closed: by action id and by proposal id."""
    columns = (ReviewItem.action_id, ReviewItem.proposal_id, ReviewItem.due_after, ReviewItem.sittings)
    states = [*OPEN, *UNANSWERED]
    rows = db.session.execute(
        select(*columns).filter_by(review_id=previous.id).where(ReviewItem.state_after.in_(states))
    ).all()
    actions = {row.action_id: PreviousState(row.due_after, row.sittings) for row in rows if row.action_id}
    return actions, {row.proposal_id: PreviousState(row.due_after, row.sittings) for row in rows if row.proposal_id}
