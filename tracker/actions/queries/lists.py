"""Queries for the actions of a proposal, meeting, statement or person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, union

from tracker.actions.models import ActionItem
from tracker.actions.queries.detail import OF_ROWS, WITH_SUPPORTERS
from tracker.actions.rules import OPEN
from tracker.core.db import db


def of_proposals(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    if not proposal_ids:
        return []
    query = select(ActionItem).where(ActionItem.proposal_id.in_(proposal_ids)).options(*OF_ROWS)
    return db.session.scalars(query.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()


def open_of(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    return [action for action in of_proposals(proposal_ids) if action.status in OPEN]


def of_meeting(meeting_id: int) -> Sequence[ActionItem]:
    query = select(ActionItem).filter_by(meeting_id=meeting_id).options(*OF_ROWS, *WITH_SUPPORTERS)
    return db.session.scalars(query.order_by(ActionItem.id)).unique().all()


def of_meeting_and_later(meeting_id: int, proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    return _of_either((ActionItem.meeting_id, [meeting_id]), (ActionItem.proposal_id, proposal_ids))


def of_proposals_and_statements(
    proposal_ids: Sequence[int], statement_ids: Sequence[int], named: Sequence[int]
) -> Sequence[ActionItem]:
    """Actions that implement these proposals or statements, or are named in the statements (`named`: action ids)."""
    return _of_either(
        (ActionItem.proposal_id, proposal_ids), (ActionItem.statement_id, statement_ids), (ActionItem.id, named)
    )


def _of_either(*origins: tuple[Any, Sequence[int]]) -> Sequence[ActionItem]:
    # A union, because with OR both databases may scan the whole table instead of using the indexes.
    either = union(*(select(ActionItem.id).where(origin.in_(ids)) for origin, ids in origins))
    query = select(ActionItem).where(ActionItem.id.in_(either)).options(*OF_ROWS, *WITH_SUPPORTERS)
    return db.session.scalars(query.order_by(ActionItem.id)).unique().all()


def of_pic(person_id: int) -> Sequence[ActionItem]:
    query = select(ActionItem).where(ActionItem.pic_id == person_id, ActionItem.is_unfinished()).options(*OF_ROWS)
    return db.session.scalars(query.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()
