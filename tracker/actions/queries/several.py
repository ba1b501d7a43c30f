"""Questions about the actions of something: of proposals, of a meeting, of a person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select, union

from tracker.actions.models import ActionItem
from tracker.actions.queries.one import OF_ROWS, WITH_SUPPORTERS
from tracker.actions.rules import OPEN
from tracker.core.db import db


def of_proposals(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from these proposals, the next due first."""
    if not proposal_ids:
        return []
    question = select(ActionItem).where(ActionItem.proposal_id.in_(proposal_ids)).options(*OF_ROWS)
    return db.session.scalars(question.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()


def open_of(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from these proposals and is not finished."""
    return [action for action in of_proposals(proposal_ids) if action.status in OPEN]


def of_meeting(meeting_id: int) -> Sequence[ActionItem]:
    """What was agreed at a meeting, in the order in which it was written down."""
    question = select(ActionItem).filter_by(meeting_id=meeting_id).options(*OF_ROWS, *WITH_SUPPORTERS)
    return db.session.scalars(question.order_by(ActionItem.id)).unique().all()


def of_meeting_and_later(meeting_id: int, proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What was agreed at a meeting, and what was agreed elsewhere on these proposals."""
    return _of_either((ActionItem.meeting_id, [meeting_id]), (ActionItem.proposal_id, proposal_ids))


def of_proposals_and_statements(
    proposal_ids: Sequence[int], statement_ids: Sequence[int], named: Sequence[int]
) -> Sequence[ActionItem]:
    """What serves these proposals, carries out these lines of minutes or is named in them."""
    return _of_either(
        (ActionItem.proposal_id, proposal_ids), (ActionItem.statement_id, statement_ids), (ActionItem.id, named)
    )


def _of_either(*origins: tuple[Any, Sequence[int]]) -> Sequence[ActionItem]:
    # United: asked for either with OR, both databases may rather read the whole table.
    either = union(*(select(ActionItem.id).where(origin.in_(numbers)) for origin, numbers in origins))
    question = select(ActionItem).where(ActionItem.id.in_(either)).options(*OF_ROWS, *WITH_SUPPORTERS)
    return db.session.scalars(question.order_by(ActionItem.id)).unique().all()


def of_pic(person_id: int) -> Sequence[ActionItem]:
    """What a person is in charge of and has not finished, the next due first."""
    question = select(ActionItem).where(ActionItem.pic_id == person_id, ActionItem.is_unfinished()).options(*OF_ROWS)
    return db.session.scalars(question.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()


def count_for_proposal(proposal_id: int) -> tuple[int, int]:
    """How many actions follow from a proposal: (all, still open)."""
    is_open = case((ActionItem.status.in_(OPEN), 1), else_=0)
    question = select(func.count(), func.coalesce(func.sum(is_open), 0)).where(ActionItem.proposal_id == proposal_id)
    every, unfinished = db.session.execute(question).one()
    return int(every), int(unfinished)


def overdue(today: date, limit: int) -> Sequence[ActionItem]:
    """The latest first: open actions whose due date has passed."""
    late = select(ActionItem).where(ActionItem.is_unfinished(), ActionItem.due_on < today).options(*OF_ROWS)
    return db.session.scalars(late.order_by(ActionItem.due_on, ActionItem.id).limit(limit)).all()
