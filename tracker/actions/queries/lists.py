"""Queries for the actions of a proposal, meeting, statement or person."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, union

from tracker.actions.models import ActionItem
from tracker.actions.queries.detail import OF_ROWS, WITH_SUPPORTERS
from tracker.actions.rules import OPEN
from tracker.core.db import db


def of_proposals(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    if not proposal_ids:
        return []
    return db.session.scalars(_OF_PROPOSALS, {"proposals": proposal_ids}).all()


_OF_PROPOSALS = (
    select(ActionItem)
    .where(ActionItem.proposal_id.in_(bindparam("proposals", expanding=True)))
    .options(*OF_ROWS)
    .order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
)


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
    query = _of_origins(tuple(origin for origin, _ in origins))
    return db.session.scalars(query, {origin.key: ids for origin, ids in origins}).unique().all()


@cache
def _of_origins(origins: tuple[Any, ...]) -> Select[ActionItem]:
    # A union, because with OR both databases may scan the whole table instead of using the indexes.
    either = union(*(select(ActionItem.id).where(it.in_(bindparam(it.key, expanding=True))) for it in origins))
    query = select(ActionItem).where(ActionItem.id.in_(either)).options(*OF_ROWS, *WITH_SUPPORTERS)
    return query.order_by(ActionItem.id)


def of_pic(person_id: int) -> Sequence[ActionItem]:
    query = select(ActionItem).where(ActionItem.pic_id == person_id, ActionItem.is_unfinished()).options(*OF_ROWS)
    return db.session.scalars(query.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()
