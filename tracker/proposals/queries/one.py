"""A proposal and what hangs on it, to show or to change."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectin_polymorphic, undefer

from tracker.audit.models import Event
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.proposals import rules
from tracker.proposals.models import Proponent, Proposal, ProposalRelation, TargetLink
from tracker.proposals.queries.loading import AT_ONCE
from tracker.proposals.rules import Attribution, Needs, Step
from tracker.targets.models import Indicator, Target

_IN_FULL = (
    *AT_ONCE,
    joinedload(Proposal.proponents).joinedload(Proponent.position),
    joinedload(Proposal.target_links)
    .joinedload(TargetLink.target)
    .options(undefer(Target.has_target_value), selectin_polymorphic(Target, [Indicator])),
    joinedload(Proposal.target_links).joinedload(TargetLink.made_to),
    joinedload(Proposal.responsible_unit),
    joinedload(Proposal.decision_authority),
    joinedload(Proposal.survivor),
)


def in_full(proposal_id: int, *, to_change: bool = False) -> Proposal:
    """One proposal with its proponents, links and authorities."""
    question = select(Proposal).filter_by(id=proposal_id).options(*_IN_FULL)
    question = question.with_for_update(of=Proposal) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def id_of_code(code: str) -> int:
    """The number of the proposal with this code."""
    found = db.session.scalar(select(Proposal.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def proponent(proposal: Proposal, proponent_id: int) -> Proponent:
    """One of this proposal's proponents."""
    return among(proposal.proponents, proponent_id)


def attribution_before(proponent: Proponent) -> Attribution:
    """How sure it was before the person named gave the present answer; unconfirmed where no event tells."""
    told = select(Event).filter_by(
        subject=Proposal.__tablename__, subject_id=proponent.proposal_id, verb=f"attribution_{proponent.attribution}"
    )
    for event in db.session.scalars(told.order_by(Event.id.desc())):
        if event.details.get("proponent_id") == proponent.id and event.from_state:
            return Attribution(event.from_state)
    return Attribution.UNCONFIRMED


def first_step_on(proposal_id: int) -> date | None:
    """The day of the first step after it was raised."""
    return db.session.scalar(_steps(proposal_id).order_by(Event.on).limit(1))


def last_step_on(proposal_id: int) -> date | None:
    """The day of the last step after it was raised."""
    return db.session.scalar(_steps(proposal_id).order_by(Event.on.desc()).limit(1))


def _steps(proposal_id: int) -> Select[date | None]:
    steps = select(Event.on).filter_by(subject=Proposal.__tablename__, subject_id=proposal_id)
    return steps.where(Event.verb.startswith("moved_"), Event.on.is_not(None))


def link(proposal: Proposal, link_id: int) -> TargetLink:
    """One of this proposal's links to targets."""
    return among(proposal.target_links, link_id)


Row = TypeVar("Row", Proponent, TargetLink, ProposalRelation)


def among(rows: Sequence[Row], row_id: int) -> Row:
    """The row of that number, if it is one of these."""
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotFound
    return found


def lacking(proposal: Proposal, step: Step) -> list[Needs]:
    """What this step of the proposal still needs; its actions are counted here, also those the viewer may not see."""
    every, unfinished = _actions_of(proposal.id)
    return rules.lacking(step, before=proposal.status, actions=every, open_actions=unfinished)


def _actions_of(proposal_id: int) -> tuple[int, int]:
    """How many actions follow from a proposal, and how many of them are open."""
    actions = Model.metadata.tables["action_item"].c  # a feature above this one: its table is named, not imported
    is_open = case((actions.closed_on.is_(None), 1), else_=0)
    question = select(func.count(), func.coalesce(func.sum(is_open), 0)).where(actions.proposal_id == proposal_id)
    every, unfinished = db.session.execute(question).one()
    return int(every), int(unfinished)
