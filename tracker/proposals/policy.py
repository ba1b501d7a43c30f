"""Who may do what with proposals. Source: domain.md 7.2 and 7.3."""

from collections.abc import Set

from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import REOPENABLE, ProposalStatus

S = ProposalStatus
_RECORDS = (Role.SECRETARIAT, Role.DECISION_MAKER)
#: Who may take each step. The secretariat records decisions made by others, naming the authority.
_MOVERS: dict[ProposalStatus, tuple[Role, ...]] = {
    S.UNDER_DISCUSSION: (Role.SECRETARIAT, Role.REVIEWER, Role.DECISION_MAKER),
    S.APPROVED: _RECORDS,
    S.REJECTED: _RECORDS,
    S.DEFERRED: (*_RECORDS, Role.REVIEWER),
    S.IN_FOLLOW_UP: (Role.SECRETARIAT, Role.REVIEWER),
    S.REALISED: (Role.REVIEWER, Role.DECISION_MAKER),
    S.NOT_ACTIONABLE: _RECORDS,
    S.MERGED: (Role.SECRETARIAT, Role.REVIEWER),
    S.WITHDRAWN: (Role.SECRETARIAT,),
}


@both
def may_edit(actor: Actor) -> bool:
    """The secretariat keeps the register."""
    return actor.has(Role.SECRETARIAT)


@both
def may_keep(actor: Actor) -> bool:
    """Say who has to act, split and relate: the secretariat and the reviewer."""
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@lent
def is_proponent(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor's own person stands behind the proposal."""
    return actor.person_id is not None and any(row.person_id == actor.person_id for row in proposal.proponents)


@lent
def may_move(actor: Actor, proposal: Proposal, to: ProposalStatus) -> bool:
    """Whether this actor may take the proposal there. Reopening is the decision maker's alone."""
    if to is S.UNDER_DISCUSSION and proposal.status in REOPENABLE:
        return actor.has(Role.DECISION_MAKER)
    if to is S.WITHDRAWN and is_proponent(actor, proposal):
        return True
    return actor.has(*_MOVERS.get(to, ()))


@lent
def may_answer_attribution(actor: Actor, proponent: Proponent) -> bool:
    """Confirming or disputing is up to the person named, and nobody else."""
    return actor.person_id is not None and actor.person_id == proponent.person_id


@both
def may_record_effect(actor: Actor) -> bool:
    """Say what a proposal did to a target: those who follow up and those who keep the register."""
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@both
def may_settle_attribution(actor: Actor, had: Set[Part]) -> bool:
    """End a dispute about who stands behind a proposal: whoever keeps the register, never the person named.

    `had` is what the actor has ever had to do with this attribution.
    """
    return may_edit(actor) and Part.NAMED not in had


@lent
def may_settle_link(actor: Actor, had: Set[Part]) -> bool:
    """Confirm or reject the link to a target, which somebody else suggested; `had` as above, of the link."""
    return actor.has(Role.DECISION_MAKER) and Part.SUGGESTED not in had
