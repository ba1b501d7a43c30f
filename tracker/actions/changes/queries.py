"""Queries for requests, escalations and bulk changes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.actions.changes import policy
from tracker.actions.changes.models import BulkChange, BulkChangeRow, DueDateRequest, Escalation
from tracker.actions.changes.rules import EscalationEnd, RequestState
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.queries import OF_ROWS, WATCHES
from tracker.actions.rules import ActionStatus, HoldKind
from tracker.audit.queries import parts_in
from tracker.audit.rules import Part
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf
from tracker.people import queries as people
from tracker.proposals.models import Proposal
from tracker.proposals.queries import WATCHES as PROPOSAL_WATCHES

_request, _escalation = aliased(DueDateRequest), aliased(Escalation)


def requests_of(action_id: int) -> RowsOf:
    return RowsOf(_request, _of_action, {"changed_action": action_id})


def _of_action(columns: Any) -> ColumnElement[bool]:
    criterion: ColumnElement[bool] = columns.action_id == bindparam("changed_action")
    return criterion


def request(action_id: int, request_id: int, *, to_change: bool = False) -> DueDateRequest:
    query = select(DueDateRequest).filter_by(id=request_id, action_id=action_id)
    stored = db.session.scalar(query.with_for_update() if to_change else query)
    if stored is None:
        raise NotFound
    return stored


def all_requests(action_id: int) -> Sequence[DueDateRequest]:
    """The newest first."""
    query = select(DueDateRequest).filter_by(action_id=action_id)
    return db.session.scalars(query.order_by(DueDateRequest.id.desc())).all()


def open_request(action_id: int) -> DueDateRequest | None:
    """The unanswered request of an action; there is at most one."""
    return db.session.scalar(select(DueDateRequest).filter_by(action_id=action_id, state=RequestState.ASKED))


@dataclass(frozen=True)
class Own:
    """An open action of the reader, with what it waits for, if it waits for others."""

    action: ActionItem
    hold: ActionHold | None
    request: DueDateRequest | None

    @property
    def waits_for_others(self) -> bool:
        is_reported = self.action.status is ActionStatus.AWAITING_VERIFICATION
        return is_reported or self.hold is not None or self.request is not None


def is_in_charge(actor: Actor) -> ColumnElement[bool]:
    """Whether an action is in the actor's charge, or of their units if nobody is in charge."""
    is_mine = and_(ActionItem.pic_id.is_not(None), ActionItem.pic_id == actor.person_id)
    if actor.unit_ids:
        is_mine |= ActionItem.pic_id.is_(None) & ActionItem.responsible_unit_id.in_(sorted(actor.unit_ids))
    return is_mine


def own_open(actor: Actor) -> Sequence[Own]:
    """Open actions in the actor's charge, or of their units if nobody is; those that are due first come first."""
    holds = (ActionHold.action_id == ActionItem.id) & ActionHold.ended_on.is_(None)
    asked = (DueDateRequest.action_id == ActionItem.id) & (DueDateRequest.state == RequestState.ASKED)
    query = select(ActionItem, ActionHold, DueDateRequest).where(ActionItem.is_unfinished(), is_in_charge(actor))
    query = query.outerjoin(ActionHold, holds & (ActionHold.kind == HoldKind.WAITING_OUTSIDE))
    query = query.outerjoin(DueDateRequest, asked).options(*OF_ROWS)
    ordered = query.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
    return [Own(*row) for row in db.session.execute(ordered)]


def requests_lapsed(action_id: int, at: datetime) -> Sequence[DueDateRequest]:
    """Requests that lapsed when the action was closed at this moment."""
    lapsed = select(DueDateRequest).filter_by(action_id=action_id, state=RequestState.LAPSED, answered_at=at)
    return db.session.scalars(lapsed).all()


def _escalations_of(subject: ActionItem | Proposal) -> Select[Escalation]:
    owner = Escalation.action_id if isinstance(subject, ActionItem) else Escalation.proposal_id
    return select(Escalation).where(owner == subject.id).order_by(Escalation.id.desc())


def escalations_of(subject: ActionItem | Proposal) -> RowsOf:
    """Escalations with their recipients."""
    if isinstance(subject, ActionItem):
        return RowsOf(_escalation, _of_action, {"changed_action": subject.id}, _WITH_RECIPIENT)
    return RowsOf(_escalation, _of_proposal, {"changed_proposal": subject.id}, _WITH_RECIPIENT)


_WITH_RECIPIENT = (joinedload(_escalation.position), joinedload(_escalation.person))


def _of_proposal(columns: Any) -> ColumnElement[bool]:
    criterion: ColumnElement[bool] = columns.proposal_id == bindparam("changed_proposal")
    return criterion


def latest_escalation(subject: ActionItem | Proposal) -> Escalation | None:
    loaded = (joinedload(Escalation.position), joinedload(Escalation.person))
    return db.session.scalar(_escalations_of(subject).options(*loaded).limit(1))


def answerable(escalations: Iterable[Escalation], actor: Actor) -> dict[int, bool]:
    """Open escalations that the actor's roles and posts allow to answer, by id; False if their parts forbid it."""
    waiting = [escalation for escalation in escalations if escalation.ended_at is None]
    if not waiting:
        return {}
    posts, parts = (
        people.posts_of(actor.person_id, clock.today()),
        parts_in(actor, Escalation, [escalation.id for escalation in waiting]),
    )
    no_parts: frozenset[Part] = frozenset()
    return {
        escalation.id: policy.may_answer_escalation(actor, escalation, posts, parts[escalation.id])
        for escalation in waiting
        if policy.may_answer_escalation(actor, escalation, posts, no_parts)
    }


def open_escalations(subject: ActionItem | Proposal) -> Sequence[Escalation]:
    return db.session.scalars(_escalations_of(subject).where(Escalation.ended_at.is_(None))).all()


def escalations_lapsed(subject: ActionItem | Proposal, at: datetime) -> Sequence[Escalation]:
    """Escalations that lapsed when the subject was closed at this moment."""
    return db.session.scalars(_escalations_of(subject).filter_by(ended_as=EscalationEnd.LAPSED, ended_at=at)).all()


def escalation(subject: ActionItem | Proposal, escalation_id: int, *, to_change: bool = False) -> Escalation:
    query = _escalations_of(subject).where(Escalation.id == escalation_id)
    query = query.options(selectinload(Escalation.position), selectinload(Escalation.person))
    stored = db.session.scalar(query.with_for_update(of=Escalation) if to_change else query)
    if stored is None:
        raise NotFound
    return stored


def actions_by_ids(action_ids: Iterable[int], *, to_change: bool = False) -> Sequence[ActionItem]:
    """Actions that the viewer may see. `to_change` locks them in the order of ids, which avoids deadlocks."""
    loaded = (ActionItem.promises, ActionItem.pic, ActionItem.responsible_unit)
    query = select(ActionItem).where(ActionItem.id.in_(list(action_ids))).order_by(ActionItem.id)
    query = query.options(*(selectinload(relation) for relation in loaded))
    return db.session.scalars(query.with_for_update(of=ActionItem) if to_change else query).all()


def bulk_change(change_id: int, *, to_change: bool = False) -> BulkChange:
    query = select(BulkChange).filter_by(id=change_id).options(selectinload(BulkChange.rows))
    stored = db.session.scalar(query.with_for_update(of=BulkChange) if to_change else query)
    if stored is None:
        raise NotFound
    return stored


def count_rows(change: BulkChange) -> int:
    """Number of actions it changed, including those that the viewer may no longer see."""
    table = BulkChangeRow.__table__  # bypasses the criteria of visibility
    return db.session.scalar(select(func.count()).where(table.c.bulk_change_id == change.id)) or 0


def last_bulk_change_of(account_id: int | None) -> BulkChange | None:
    """The last bulk change of an account, unless it was undone."""
    query = select(BulkChange).where(BulkChange.by_account_id == account_id).options(selectinload(BulkChange.rows))
    last = db.session.scalar(query.order_by(BulkChange.id.desc()).limit(1))
    return last if last and last.undone_at is None else None


def _is_escalated(owner: Any, subject_id: Any) -> Callable[[date], ColumnElement[bool]]:
    unanswered = aliased(Escalation)
    return lambda _: exists().where(getattr(unanswered, owner) == subject_id, unanswered.ended_at.is_(None))


WATCHES["escalated"] = _is_escalated("action_id", ActionItem.id)
PROPOSAL_WATCHES["escalated"] = _is_escalated("proposal_id", Proposal.id)
