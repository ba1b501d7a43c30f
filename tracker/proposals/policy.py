"""Who may do what with proposals."""

from collections.abc import Set
from datetime import date

from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import REOPENABLE, ProposalStatus

S = ProposalStatus
_RECORDS = (Role.SECRETARIAT, Role.DECISION_MAKER)
#: Roles that may take each step. The secretariat records decisions of others, naming the authority.
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
    return actor.has(Role.SECRETARIAT)


@both
def may_manage(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@lent
def is_proponent(actor: Actor, proposal: Proposal) -> bool:
    return actor.person_id is not None and any(row.person_id == actor.person_id for row in proposal.proponents)


@lent
def may_move(actor: Actor, proposal: Proposal, to: ProposalStatus) -> bool:
    """Only decision makers reopen; proponents may withdraw their own proposal."""
    if to is S.UNDER_DISCUSSION and proposal.status in REOPENABLE:
        return actor.has(Role.DECISION_MAKER)
    if to is S.WITHDRAWN and is_proponent(actor, proposal):
        return True
    return actor.has(*_MOVERS.get(to, ()))


@lent
def may_record_realised(actor: Actor, proposal: Proposal, on: date | None) -> bool:
    """Record that it was realised before it was recorded as history, as its source says (ADR 93); no proponent may."""
    is_of_then = proposal.is_history_on(on) and actor.has(Role.SECRETARIAT)
    return is_of_then and not is_proponent(actor, proposal)


@lent
def may_answer_attribution(actor: Actor, proponent: Proponent) -> bool:
    """Only the person named may confirm or dispute."""
    return actor.person_id is not None and actor.person_id == proponent.person_id


@both
def may_record_effect(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@both
def may_settle_attribution(actor: Actor, parts: Set[Part]) -> bool:
    """Settle a disputed attribution; never the person named.

    `parts` are all parts that the actor ever had in this attribution.
    """
    return may_edit(actor) and Part.NAMED not in parts


@lent
def may_settle_link(actor: Actor, parts: Set[Part]) -> bool:
    """Confirm or reject a link to a target; never whoever suggested it. `parts` are those in the link."""
    return actor.has(Role.DECISION_MAKER) and Part.SUGGESTED not in parts
