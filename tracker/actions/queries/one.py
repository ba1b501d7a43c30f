"""Questions about one action."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.errors import NotFound

OF_ROWS = (
    joinedload(ActionItem.pic),
    joinedload(ActionItem.responsible_unit),
    joinedload(ActionItem.proposal),
)


def in_full(action_id: int, *, to_change: bool = False) -> ActionItem:
    """One action with everything its page shows."""
    loaded = (
        *OF_ROWS,
        joinedload(ActionItem.supporting_units),
        joinedload(ActionItem.promises),
        joinedload(ActionItem.holds),
        selectinload(ActionItem.updates),
    )
    question = select(ActionItem).filter_by(id=action_id).options(*loaded)
    question = question.with_for_update(of=ActionItem) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def id_of_code(code: str) -> int:
    """The number of the action with this code."""
    found = db.session.scalar(select(ActionItem.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found
