"""Forms for persons, units and posts."""

from tracker.people.forms.held import NO_POST, HeldQuestion
from tracker.people.forms.merging import MergeForm, OtherForm
from tracker.people.forms.register import (
    NIP_LENGTH,
    FormerNameForm,
    HoldingForm,
    PeopleFilterForm,
    PersonForm,
    PositionForm,
    PostHeldForm,
    UnitForm,
)

__all__ = [
    "NIP_LENGTH", "NO_POST", "FormerNameForm", "HeldQuestion", "HoldingForm", "MergeForm", "OtherForm",
    "PeopleFilterForm", "PersonForm", "PositionForm", "PostHeldForm", "UnitForm",
]  # fmt: skip
