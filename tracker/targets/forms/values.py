"""Form for the values of a period."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from wtforms import ValidationError

from tracker.audit.forms import WithHistory
from tracker.calendar.periods import queries as periods
from tracker.core import clock
from tracker.core.fields import Line, Number, Paragraph, Pick, Year
from tracker.core.forms import Hint, HintedForm
from tracker.core.wording import gettext, label, number
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.targets import queries
from tracker.targets.commands import ValueDraft
from tracker.targets.models import Indicator, IndicatorValue
from tracker.targets.rules import Doubt


class ValueForm(HintedForm):
    year = Year(_l("Year"), needed=_l("Enter the year."))
    period = Pick(_l("Period"), needed=_l("Choose the period."))
    target_value = Number(_l("Target value"))
    target_upper = Number(_l("Upper bound"))
    actual_value = Number(_l("Actual value"))
    note = Line(_l("Note"))
    evidence = Paragraph(_l("Evidence"))

    @classmethod
    def of(cls, value: IndicatorValue) -> Self:
        form = cls(formdata=None, obj=value)
        form.year.data = Decimal(value.year)
        form.period.data = value.period_id
        return form

    def validate_target_upper(self, field: Number) -> None:
        lower = self.target_value.data
        if field.data is not None and (lower is None or field.data < lower):
            raise ValidationError(gettext("The upper bound needs a target value that is not above it."))

    def offer_periods_of(self, indicator: Indicator) -> Self:
        self.period.offer(periods.period_choices(indicator.scheme_id))
        return self

    def numbers(self) -> dict[str, Decimal | None]:
        return {name: self[name].data for name in ("target_value", "target_upper", "actual_value")}

    def doubts(self, indicator: Indicator, stored: "ValueForm | None" = None) -> list[tuple[str, Doubt]]:
        """Doubts about the numbers, unless they are those already stored."""
        draft = self.draft()
        if stored and (self.numbers(), draft.year, draft.period_id) == (
            stored.numbers(), int(stored.year.data or 0), stored.period.data,
        ):  # fmt: skip
            return []
        return queries.doubts(indicator, self.numbers(), draft.year, draft.period_id, clock.today())

    def hints_of(self, doubts: Iterable[tuple[str, Doubt]]) -> list[Hint]:
        """Doubts, confirmed by saving again; a different number is asked about again."""
        return [
            Hint(
                f"{name}-{doubt}-{self[name].data}",
                gettext("%(field)s %(value)s: %(doubt)s. Save it as it is?", field=self[name].label.text,
                        value=number(self[name].data), doubt=label(doubt)),
            )
            for name, doubt in doubts
        ]  # fmt: skip

    def draft(self) -> ValueDraft:
        return ValueDraft(
            year=int(self.year.data or 0),
            period_id=self.period.data,
            target_value=self.target_value.data,
            target_upper=self.target_upper.data,
            actual_value=self.actual_value.data,
            note=self.note.data,
            evidence=self.evidence.data,
        )


class NewValueForm(WithHistory, ValueForm):
    """The values of a period that has none yet."""


class EditValueForm(WithCorrectionReason, ValueForm):
    """The values of a period as they are changed; of one that was reported, with a reason."""
