"""What is asked of a period."""

from decimal import Decimal

from wtforms import ValidationError

from tracker.core.fields import Line, Number, Paragraph, Pick, Year
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.targets.commands import (
    ValueDraft,
)
from tracker.targets.models import IndicatorValue


class ValueForm(PageForm):
    """Target and actual of one period."""

    year = Year(_l("Year"), needed=_l("Enter the year."))
    period = Pick(_l("Period"), needed=_l("Choose the period."))
    target_value = Number(_l("Target value"))
    target_upper = Number(_l("Upper bound"))
    actual_value = Number(_l("Actual value"))
    note = Line(_l("Note"))
    evidence = Paragraph(_l("Evidence"))

    @classmethod
    def of(cls, value: IndicatorValue) -> "ValueForm":
        """The form as stored."""
        form = cls(formdata=None, obj=value)
        form.year.data = Decimal(value.year)
        form.period.data = value.period_id
        return form

    def validate_target_upper(self, field: Number) -> None:
        """The bounds are in order."""
        lower = self.target_value.data
        if field.data is not None and (lower is None or field.data < lower):
            raise ValidationError(say("The upper bound needs a target value that is not above it."))

    def draft(self) -> ValueDraft:
        """What the commands want."""
        return ValueDraft(
            year=int(self.year.data or 0),
            period_id=self.period.data,
            target_value=self.target_value.data,
            target_upper=self.target_upper.data,
            actual_value=self.actual_value.data,
            note=self.note.data,
            evidence=self.evidence.data,
        )
