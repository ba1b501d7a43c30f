"""Queries for one proposal and its parts."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import joinedload, undefer, with_polymorphic

from tracker.audit.models import Event
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.proposals import rules
from tracker.proposals.models import Proponent, Proposal, ProposalRelation, TargetLink
from tracker.proposals.rules import Attribution, Needs, Step
from tracker.targets.models import Indicator, IndicatorValue, Target

_ANY_TARGET = with_polymorphic(Target, [Indicator], aliased=True, flat=True)
_IN_FULL = (
    select(Proposal)
    .where(Proposal.id == bindparam("asked_for"))
    .options(
        joinedload(Proposal.proponents).joinedload(Proponent.person),
        joinedload(Proposal.proponents).joinedload(Proponent.position),
        joinedload(Proposal.target_links)
        .joinedload(TargetLink.target.of_type(_ANY_TARGET))
        .options(
            undefer(_ANY_TARGET.has_target_value),
            joinedload(_ANY_TARGET.Indicator.values).joinedload(IndicatorValue.period),
        ),
        joinedload(Proposal.target_links).joinedload(TargetLink.made_to),
        joinedload(Proposal.responsible_unit),
        joinedload(Proposal.decision_authority),
        joinedload(Proposal.survivor),
    )
)


def in_full(proposal_id: int, *, to_change: bool = False) -> Proposal:
    """Load everything that the page of the proposal shows. `to_change` locks the row."""
    query = _IN_FULL.with_for_update(of=Proposal) if to_change else _IN_FULL
    proposal = db.session.scalars(query, {"asked_for": proposal_id}).unique().one_or_none()
    if proposal is None:
        raise NotFound
    return proposal


def id_of_code(code: str) -> int:
    proposal_id = db.session.scalar(select(Proposal.id).filter_by(code=code))
    if proposal_id is None:
        raise NotFound
    return proposal_id


def proponent(proposal: Proposal, proponent_id: int) -> Proponent:
    return among(proposal.proponents, proponent_id)


def attribution_before(proponent: Proponent) -> Attribution:
    """Attribution before the current answer of the person named; unconfirmed if no event records it."""
    query = select(Event).filter_by(
        subject=Proposal.__tablename__, subject_id=proponent.proposal_id, verb=f"attribution_{proponent.attribution}"
    )
    for event in db.session.scalars(query.order_by(Event.id.desc())):
        if event.details.get("proponent_id") == proponent.id and event.from_state:
            return Attribution(event.from_state)
    return Attribution.UNCONFIRMED


def first_step_on(proposal_id: int) -> date | None:
    return db.session.scalar(_steps(proposal_id).order_by(Event.on).limit(1))


def last_step_on(proposal_id: int) -> date | None:
    return db.session.scalar(_steps(proposal_id).order_by(Event.on.desc()).limit(1))


def _steps(proposal_id: int) -> Select[date | None]:
    steps = select(Event.on).filter_by(subject=Proposal.__tablename__, subject_id=proposal_id)
    return steps.where(Event.verb.startswith("moved_"), Event.on.is_not(None))


def link(proposal: Proposal, link_id: int) -> TargetLink:
    return among(proposal.target_links, link_id)


Row = TypeVar("Row", Proponent, TargetLink, ProposalRelation)


def among(rows: Sequence[Row], row_id: int) -> Row:
    """The row with this id; NotFound if it is not among `rows`."""
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFound


def lacking(proposal: Proposal, step: Step) -> list[Needs]:
    """What this step lacks. Counts all actions of the proposal, including those that the viewer may not see."""
    total, open_count = _actions_of(proposal.id)
    return rules.lacking(
        step, before=proposal.status, actions=total, open_actions=open_count,
        is_history=proposal.is_history_on(step.on),
    )  # fmt: skip


def _actions_of(proposal_id: int) -> tuple[int, int]:
    """Number of actions that follow from a proposal: (all, open)."""
    actions = Model.metadata.tables["action_item"].c  # actions is a feature above this one, so it cannot be imported
    is_open = case((actions.closed_on.is_(None), 1), else_=0)
    query = select(func.count(), func.coalesce(func.sum(is_open), 0)).where(actions.proposal_id == proposal_id)
    total, open_count = db.session.execute(query).one()
    return int(total), int(open_count)
