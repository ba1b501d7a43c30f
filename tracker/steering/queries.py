"""Questions about what is asked, escalated and changed about actions."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.steering.models import BulkChange, DueDateRequest, Escalation
from tracker.steering.rules import RequestState


def requests_of(action_id: int) -> Sequence[DueDateRequest]:
    """Every request for another date, the newest first."""
    question = select(DueDateRequest).filter_by(action_id=action_id).order_by(DueDateRequest.id.desc())
    return db.session.scalars(question).all()


def request(action_id: int, request_id: int, *, to_change: bool = False) -> DueDateRequest:
    """One request of an action."""
    question = select(DueDateRequest).filter_by(id=request_id, action_id=action_id)
    found = db.session.scalar(question.with_for_update() if to_change else question)
    if found is None:
        raise NotFound
    return found


def unanswered(limit: int) -> Sequence[DueDateRequest]:
    """Requests that nobody has answered yet, the oldest first, with their actions."""
    question = select(DueDateRequest).filter_by(state=RequestState.ASKED).order_by(DueDateRequest.id)
    return db.session.scalars(question.options(selectinload(DueDateRequest.action)).limit(limit)).all()


def has_unanswered(action_id: int) -> bool:
    """Whether a request of this action still waits for its answer."""
    question = select(DueDateRequest.id).filter_by(action_id=action_id, state=RequestState.ASKED)
    return db.session.scalar(question.limit(1)) is not None


def latest_escalation(action_id: int) -> Escalation | None:
    """To whom an action was brought last."""
    loaded = (joinedload(Escalation.position), joinedload(Escalation.person))
    question = select(Escalation).filter_by(action_id=action_id).options(*loaded)
    return db.session.scalar(question.order_by(Escalation.id.desc()).limit(1))


def several(action_ids: Iterable[int], *, to_change: bool = False) -> Sequence[ActionItem]:
    """These actions, as far as the viewer may see them, locked in one order so that nobody waits in a circle."""
    shown = (ActionItem.promises, ActionItem.pic, ActionItem.responsible_unit)
    question = select(ActionItem).where(ActionItem.id.in_(list(action_ids))).order_by(ActionItem.id)
    question = question.options(*(selectinload(part) for part in shown))
    return db.session.scalars(question.with_for_update(of=ActionItem) if to_change else question).all()


def bulk_change(change_id: int, *, to_change: bool = False) -> BulkChange:
    """One bulk change with what its actions were before."""
    question = select(BulkChange).filter_by(id=change_id).options(selectinload(BulkChange.rows))
    found = db.session.scalar(question.with_for_update(of=BulkChange) if to_change else question)
    if found is None:
        raise NotFound
    return found


def last_bulk_change_of(account_id: int | None) -> BulkChange | None:
    """What an account changed last in bulk, if that has not been undone."""
    question = select(BulkChange).where(BulkChange.by_account_id == account_id).options(selectinload(BulkChange.rows))
    found = db.session.scalar(question.order_by(BulkChange.id.desc()).limit(1))
    return found if found and found.undone_at is None else None
