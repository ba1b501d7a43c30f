"""Questions about what is asked, escalated and changed about actions."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.actions.changes import policy
from tracker.actions.changes.models import BulkChange, BulkChangeRow, DueDateRequest, Escalation
from tracker.actions.changes.rules import EscalationEnd, RequestState
from tracker.actions.models import ActionItem
from tracker.actions.queries import WATCHES
from tracker.audit.queries import parts_in
from tracker.audit.rules import Part
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.people import queries as people
from tracker.proposals.models import Proposal
from tracker.proposals.queries import WATCHES as PROPOSAL_WATCHES


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


def open_request(action_id: int) -> DueDateRequest | None:
    """The request of this action that still waits for its answer; there is one at most."""
    return db.session.scalar(select(DueDateRequest).filter_by(action_id=action_id, state=RequestState.ASKED))


def requests_lapsed(action_id: int, at: datetime) -> Sequence[DueDateRequest]:
    """The requests that ended when the action was closed at this moment."""
    lapsed = select(DueDateRequest).filter_by(action_id=action_id, state=RequestState.LAPSED, answered_at=at)
    return db.session.scalars(lapsed).all()


def _escalations_of(thing: ActionItem | Proposal) -> Select[Escalation]:
    owner = Escalation.action_id if isinstance(thing, ActionItem) else Escalation.proposal_id
    return select(Escalation).where(owner == thing.id).order_by(Escalation.id.desc())


def escalations(thing: ActionItem | Proposal) -> Sequence[Escalation]:
    """Before whom it was brought, the newest first, and what was answered."""
    loaded = (joinedload(Escalation.position), joinedload(Escalation.person))
    return db.session.scalars(_escalations_of(thing).options(*loaded)).all()


def latest_escalation(thing: ActionItem | Proposal) -> Escalation | None:
    """Before whom it was brought last."""
    loaded = (joinedload(Escalation.position), joinedload(Escalation.person))
    return db.session.scalar(_escalations_of(thing).options(*loaded).limit(1))


def answerable(escalations: Iterable[Escalation], actor: Actor) -> dict[int, bool]:
    """Those that wait for an answer which the actor's duties allow: whether they give it, or leave it to others."""
    waiting = [one for one in escalations if one.ended_at is None]
    if not waiting:
        return {}
    posts, had = (
        people.posts_of(actor.person_id, clock.today()),
        parts_in(actor, Escalation, [one.id for one in waiting]),
    )
    nothing: frozenset[Part] = frozenset()
    return {
        one.id: policy.may_answer_escalation(actor, one, posts, had[one.id])
        for one in waiting
        if policy.may_answer_escalation(actor, one, posts, nothing)
    }


def open_escalations(thing: ActionItem | Proposal) -> Sequence[Escalation]:
    """Those that nobody has answered yet."""
    return db.session.scalars(_escalations_of(thing).where(Escalation.ended_at.is_(None))).all()


def escalations_lapsed(thing: ActionItem | Proposal, at: datetime) -> Sequence[Escalation]:
    """Those that ended when it was closed at this moment."""
    return db.session.scalars(_escalations_of(thing).filter_by(ended_as=EscalationEnd.LAPSED, ended_at=at)).all()


def escalation(thing: ActionItem | Proposal, escalation_id: int, *, to_change: bool = False) -> Escalation:
    """One escalation of an action or a proposal, with before whom it was brought."""
    question = _escalations_of(thing).where(Escalation.id == escalation_id)
    question = question.options(selectinload(Escalation.position), selectinload(Escalation.person))
    found = db.session.scalar(question.with_for_update(of=Escalation) if to_change else question)
    if found is None:
        raise NotFound
    return found


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


def rows_in_all(change: BulkChange) -> int:
    """How many actions it changed, with those that its reader may no longer see."""
    table = BulkChangeRow.__table__  # past the session's criteria of what is seen
    return db.session.scalar(select(func.count()).where(table.c.bulk_change_id == change.id)) or 0


def last_bulk_change_of(account_id: int | None) -> BulkChange | None:
    """What an account changed last in bulk, if that has not been undone."""
    question = select(BulkChange).where(BulkChange.by_account_id == account_id).options(selectinload(BulkChange.rows))
    found = db.session.scalar(question.order_by(BulkChange.id.desc()).limit(1))
    return found if found and found.undone_at is None else None


def _is_escalated(owner: Any, number: Any) -> Callable[[date], ColumnElement[bool]]:
    waiting = aliased(Escalation)
    return lambda _: exists().where(getattr(waiting, owner) == number, waiting.ended_at.is_(None))


WATCHES["escalated"] = _is_escalated("action_id", ActionItem.id)
PROPOSAL_WATCHES["escalated"] = _is_escalated("proposal_id", Proposal.id)
