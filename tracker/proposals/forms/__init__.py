"""Forms for proposals, one file per purpose."""

from tracker.proposals.forms.filter import ProposalFilterForm, ProposedBeforeForm
from tracker.proposals.forms.parts import (
    AnswerForm,
    EffectForm,
    LinkForm,
    ProponentForm,
    RemoveProponentForm,
    SettleForm,
)
from tracker.proposals.forms.proposal import EditProposalForm, NewProposalForm, ProposalForm
from tracker.proposals.forms.relations import ClarifyForm, RelationForm
from tracker.proposals.forms.steps import MoveForm

__all__ = [
    "AnswerForm", "ClarifyForm", "EditProposalForm", "EffectForm", "LinkForm", "MoveForm", "NewProposalForm",
    "ProponentForm", "ProposalFilterForm", "ProposalForm", "ProposedBeforeForm", "RelationForm",
    "RemoveProponentForm", "SettleForm",
]  # fmt: skip
