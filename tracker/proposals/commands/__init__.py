"""Record, edit, move and link proposals, one file per purpose. Callers commit."""

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
from tracker.proposals.commands.register import assign_unit, edit_proposal, ensure_not_below, hand_to, propose
from tracker.proposals.commands.relations import (
    EFFECT_TAKEN,
    clarify_relation,
    link_target,
    record_effect,
    relate,
    set_effect,
    settle_link,
    suggest_target,
)
from tracker.proposals.commands.steps import ensure_possible, move_proposal

__all__ = [
    "EFFECT_TAKEN",
    "LinkDraft",
    "Move",
    "ProponentDraft",
    "ProposalDraft",
    "RealisedEffect",
    "SettlementDraft",
    "add_proponent",
    "answer_attribution",
    "assign_unit",
    "carry_back",
    "carry_forward",
    "clarify_relation",
    "edit_proposal",
    "ensure_not_below",
    "ensure_possible",
    "hand_to",
    "link_target",
    "move_proposal",
    "propose",
    "record_effect",
    "relate",
    "remove_proponent",
    "set_effect",
    "settle_attribution",
    "settle_link",
    "suggest_target",
]  # fmt: skip
