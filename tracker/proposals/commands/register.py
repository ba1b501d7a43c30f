"""Putting proposals into the register, and changing what is said of them. Nothing here commits."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy as _l
from tracker.core.wording import long_day
from tracker.corrections import commands as corrections
from tracker.proposals import queries
from tracker.proposals.commands.drafts import ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus


def propose(draft: ProposalDraft, *, by: Actor, at: datetime) -> Proposal:
    """Put a proposal into the register."""
    ensure_day(draft.raised_on, since=draft.raised_on, at=at, field="raised_on")
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


def edit_proposal(
    proposal: Proposal, draft: ProposalDraft, *, reason: str | None = None, by: Actor, at: datetime
) -> None:
    """Change what is said of a proposal; its status changes only by a step. Words that were decided on need a reason.

    Its classification, too: that of the draft is the least that the meeting it comes from asks for.
    """
    _ensure_before_steps(proposal, draft.raised_on, at=at)
    is_moved = draft.raised_in_id != proposal.raised_in_id
    if is_moved and proposal.classification.rank < draft.classification.rank:
        raise NotPossible(
            _l("The proposal has a lower classification than its source. Raise its classification first."),
            field="raised_in",
        )
    before = in_charge(proposal)
    values = {name: value for name, value in asdict(draft).items() if name != "classification"}  # has a step of its own
    are_others_kept = all(
        value == getattr(proposal, name) for name, value in values.items() if name not in proposal.decided_words
    )
    is_correction = corrections.take(proposal, values, reason=reason, by=by, at=at)
    if proposal.status is ProposalStatus.SUBMITTED:
        proposal.status_since = queries.last_step_on(proposal.id) or proposal.raised_on
    if not (is_correction and are_others_kept):
        record(proposal, "edited", by=by, at=at, **change_of_charge(proposal, before))


def _ensure_before_steps(proposal: Proposal, raised_on: date, *, at: datetime) -> None:
    """It was raised before anything became of it."""
    ensure_day(raised_on, since=raised_on, at=at, field="raised_on")
    first = queries.first_step_on(proposal.id)
    if first and raised_on > first:
        raise NotPossible(
            _l("Enter %(day)s or an earlier date: the step after it happened then.", day=long_day(first)),
            field="raised_on",
        )


def entrust(
    proposal: Proposal, unit_id: int | None, *, reason: str | None, on: date | None = None, by: Actor, at: datetime
) -> None:
    """Give the proposal to another unit."""
    before = in_charge(proposal)
    proposal.responsible_unit_id = unit_id
    record(proposal, "edited", by=by, at=at, on=on, reason=reason, **change_of_charge(proposal, before))


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
