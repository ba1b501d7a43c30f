"""Complete the proposal that a line raised. Callers commit."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from tracker.core.actor import Actor
from tracker.proposals.commands import ProposalDraft, edit_proposal, set_effect
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Effect


def complete_proposal(
    proposal: Proposal, title: str | None, effects: Mapping[int, Effect], *, reason: str | None, by: Actor, at: datetime
) -> None:
    """Set the title, and missing effects by id of the link to a target."""
    if title and title != proposal.title_id:
        stored = ProposalDraft(**{part.name: getattr(proposal, part.name) for part in fields(ProposalDraft)})
        edit_proposal(proposal, replace(stored, title_id=title), reason=reason, by=by, at=at)
    for link in proposal.target_links:
        effect = effects.get(link.id)
        if effect and link.effect is None:
            set_effect(proposal, link, effect, reason=reason, by=by, at=at)
