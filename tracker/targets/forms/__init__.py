"""Forms for targets, one file per purpose."""

from tracker.targets.forms.cascade import TargetFilterForm
from tracker.targets.forms.kinds import FORMS, TargetForm
from tracker.targets.forms.steps import MoveForm, VersionForm
from tracker.targets.forms.values import EditValueForm, NewValueForm, ValueForm

__all__ = [
    "FORMS",
    "EditValueForm",
    "MoveForm",
    "NewValueForm",
    "TargetFilterForm",
    "TargetForm",
    "ValueForm",
    "VersionForm",
]
