"""Change the status of proposals. Callers commit."""

from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections import commands as corrections
from tracker.proposals import queries, rules
from tracker.proposals.commands.decided import change_of_authority
from tracker.proposals.commands.drafts import Move
from tracker.proposals.commands.register import assignment, assignment_change
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.rules import ProposalStatus, RelationKind, Step


def move_proposal(proposal: Proposal, move: Move, *, by: Actor, at: datetime) -> None:
    """Raises NotPossible if the rules do not allow the step. The event keeps all details of `move`."""
    step, before, assignment_before = move.step, proposal.status, assignment(proposal)
    ensure_possible(proposal, step, at=at)
    if queries.lacking(proposal, step):
        raise NotPossible(_l("Information that this step needs is missing."))
    if step.to is ProposalStatus.MERGED:
        _merge(proposal, step, by=by, at=at)
    proposal.status, proposal.status_since = step.to, step.on
    proposal.revisit_on = step.revisit_on if step.to is ProposalStatus.DEFERRED else None
    proposal.not_actionable_reason = step.reason_code if step.to is ProposalStatus.NOT_ACTIONABLE else None
    if move.authority_id:
        _name_authority(proposal, move, rests_on_it=before in rules.DECIDED, by=by, at=at)
    record(
        proposal, f"moved_{step.to}", by=by, at=at, on=step.on, meeting_id=move.meeting_id, from_state=before,
        to_state=step.to, reason=step.reason, evidence=step.evidence,
        reason_code=step.reason_code, authority_id=move.authority_id, statement_id=move.statement_id,
        mentions=[move.quoted] if move.quoted else (),
        revisit_on=step.revisit_on.isoformat() if step.revisit_on else None,
        **({"confirmed_by_as_written": move.confirmed_by} if move.confirmed_by else {}),
        **assignment_change(proposal, assignment_before),
    )  # fmt: skip


def ensure_possible(proposal: Proposal, step: Step, *, at: datetime) -> None:
    """Refuse a step that the status or the day does not allow. What it lacks is checked by `queries.lacking`."""
    if not rules.can_move(proposal.status, step.to):
        raise NotPossible(_l("The proposal cannot change from its current status to that one."))
    ensure_day(step.on, since=proposal.status_since, at=at)


def _name_authority(proposal: Proposal, move: Move, *, rests_on_it: bool, by: Actor, at: datetime) -> None:
    """A decision sets the authority. A later step that is not a decision and names another authority corrects it."""
    is_decision = not proposal.is_decided or proposal.status in rules.DECISIONS
    if rests_on_it and not is_decision and proposal.decision_authority_id != move.authority_id:
        ensure_reason(move.step.reason, corrections.IS_DECIDED)
        changes = {"decision_authority_id": change_of_authority(proposal, move.authority_id)}
        mentions = [move.quoted] if move.quoted else []
        corrections.correct(proposal, changes, reason=move.step.reason, mentions=mentions, by=by, at=at)
    proposal.decision_authority_id = move.authority_id


def _merge(proposal: Proposal, step: Step, *, by: Actor, at: datetime) -> None:
    survivor = queries.in_full(step.survivor_id or 0)
    if survivor.status not in rules.OPEN:
        raise NotPossible(_l("A proposal can only be merged into one that is open."), field="survivor")
    if rules.would_form_cycle(proposal.id, survivor.id, queries.mergers()):
        raise NotPossible(_l("A proposal cannot be merged into itself."), field="survivor")
    proposal.survivor_id = survivor.id
    db.session.add(ProposalRelation(from_id=proposal.id, to_id=survivor.id, kind=RelationKind.MERGED_INTO))
    record(survivor, "took_in", by=by, at=at, on=step.on, reason=step.reason, mentions=[proposal])
