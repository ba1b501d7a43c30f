"""Questions about the actions of something: of proposals, of a meeting, of a person."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select, union

from tracker.actions.models import ActionItem
from tracker.actions.queries.one import OF_ROWS
from tracker.actions.rules import OPEN, ActionStatus
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


def of_statements(statement_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What carries out these decisions and directives."""
    question = select(ActionItem).where(ActionItem.statement_id.in_(statement_ids)).options(*OF_ROWS)
    return db.session.scalars(question.order_by(ActionItem.id)).all()


def of_meeting(proposal_ids: Sequence[int], statement_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from a meeting: from its proposals, or from what was decided and directed in it."""
    # United: asked for either with OR, both databases may rather read the whole table.
    origins = ((ActionItem.proposal_id, proposal_ids), (ActionItem.statement_id, statement_ids))
    either = union(*(select(ActionItem.id).where(origin.in_(numbers)) for origin, numbers in origins))
    question = select(ActionItem).where(ActionItem.id.in_(either)).options(*OF_ROWS)
    return db.session.scalars(question.order_by(ActionItem.id)).all()


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


def awaiting_verification(limit: int) -> Sequence[ActionItem]:
    """Finished work that nobody has verified yet, the oldest first."""
    waiting = select(ActionItem).filter_by(status=ActionStatus.AWAITING_VERIFICATION).options(*OF_ROWS)
    return db.session.scalars(waiting.order_by(ActionItem.status_since, ActionItem.id).limit(limit)).all()
