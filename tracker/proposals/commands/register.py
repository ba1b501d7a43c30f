"""Putting proposals into the register, and changing what is said of them. Nothing here commits."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.proposals.commands.drafts import ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus


def propose(draft: ProposalDraft, *, by: Actor, at: datetime) -> Proposal:
    """Put a proposal into the register."""
    proposal = Proposal(
        **asdict(draft),
        code=next_code("U", draft.raised_on.year),
        status=ProposalStatus.SUBMITTED,
        status_since=draft.raised_on,
        recorded_by_id=by.account_id,
        proponents=[],
        target_links=[],
    )
    db.session.add(proposal)
    db.session.flush()  # the event needs the proposal's number
    record(
        proposal, "proposed", by=by, at=at, on=draft.raised_on, meeting_id=draft.raised_in_id,
        to_state=ProposalStatus.SUBMITTED, after=in_charge(proposal),
    )  # fmt: skip
    return proposal


def edit_proposal(proposal: Proposal, draft: ProposalDraft, *, by: Actor, at: datetime) -> None:
    """Change what is said of a proposal; its status changes only by a step.

    Its classification, too: that of the draft is the least that the meeting it comes from asks for.
    """
    is_moved = draft.raised_in_id != proposal.raised_in_id
    if is_moved and proposal.classification.rank < draft.classification.rank:
        raise NotPossible(
            _l("The proposal is less secret than where it is said to come from. Classify it first."), field="raised_in"
        )
    before = in_charge(proposal)
    for name, value in asdict(draft).items():
        if name != "classification":  # that changes by a step of its own
            setattr(proposal, name, value)
    record(proposal, "edited", by=by, at=at, **change_of_charge(proposal, before))


def entrust(proposal: Proposal, unit_id: int | None, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Give the proposal to another unit."""
    before = in_charge(proposal)
    proposal.responsible_unit_id = unit_id
    record(proposal, "edited", by=by, at=at, reason=reason, **change_of_charge(proposal, before))


def in_charge(proposal: Proposal) -> dict[str, int | None]:
    """Who decides and which unit carries out, as events keep it."""
    return {
        "decision_authority_id": proposal.decision_authority_id,
        "responsible_unit_id": proposal.responsible_unit_id,
    }


def change_of_charge(proposal: Proposal, before: dict[str, int | None]) -> dict[str, Any]:
    """What an event keeps of who was and is in charge, where that changed."""
    after = in_charge(proposal)
    return {"before": before, "after": after} if before != after else {}
