"""Things people do with proposals; one file for each purpose. Nothing here commits."""

from tracker.proposals.commands.drafts import (
    LinkDraft,
    Move,
    ProponentDraft,
    ProposalDraft,
    RealisedEffect,
    SettlementDraft,
)
from tracker.proposals.commands.editions import carry_back, carry_forward
from tracker.proposals.commands.proponents import (
    add_proponent,
    answer_attribution,
    remove_proponent,
    settle_attribution,
)
from tracker.proposals.commands.register import edit_proposal, entrust, propose
from tracker.proposals.commands.relations import (
    EFFECT_TAKEN,
    clarify_relation,
    link_target,
    relate,
    set_effect,
    settle_link,
    suggest_target,
    tell_effect,
)
from tracker.proposals.commands.steps import move_proposal

__all__ = [
    "EFFECT_TAKEN", "LinkDraft", "Move", "ProponentDraft", "ProposalDraft", "RealisedEffect", "SettlementDraft",
    "add_proponent", "answer_attribution", "carry_back", "carry_forward", "clarify_relation", "edit_proposal",
    "entrust", "link_target", "move_proposal", "propose", "relate", "remove_proponent", "set_effect",
    "settle_attribution", "settle_link", "suggest_target", "tell_effect",
]  # fmt: skip
