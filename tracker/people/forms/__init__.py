"""Forms for persons, units and posts."""

from tracker.people.forms.held import NO_POST, HeldQuestion
from tracker.people.forms.merging import MergeForm, OtherForm
from tracker.people.forms.register import (
    AsOfForm,
    FormerNameForm,
    HoldingForm,
    PeopleFilterForm,
    PersonForm,
    PositionForm,
    PostHeldForm,
    PostOrderForm,
    UnitForm,
    UnitOrderForm,
    ensure_nip,
)

__all__ = [
    "NO_POST",
    "AsOfForm",
    "FormerNameForm",
    "HeldQuestion",
    "HoldingForm",
    "MergeForm",
    "OtherForm",
    "PeopleFilterForm",
    "PersonForm",
    "PositionForm",
    "PostHeldForm",
    "PostOrderForm",
    "UnitForm",
    "UnitOrderForm",
    "ensure_nip",
]  # fmt: skip
