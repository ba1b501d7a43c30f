"""Forms for period schemes."""

from wtforms import FormField, HiddenField, ValidationError

from tracker.calendar.periods.commands import PeriodDraft, SchemeDraft
from tracker.calendar.periods.models import PeriodScheme
from tracker.core.fields import Line, Number, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.request import row_number
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l

MORE_PERIODS = 2
MOST_PERIODS = 24
LAST_MONTH = 12


class PeriodRow(PartForm):
    number = HiddenField()
    code = Line(_l("Code"), longest=12)
    last_month = Number(_l("Last month (1 to 12)"))
    name_id = Line(_l("Name in Indonesian"))
    name_en = Line(_l("Name in English"))

    def is_empty(self) -> bool:
        return not (self.code.data or self.name_id.data or self.name_en.data or self.last_month.data)

    def is_whole(self) -> bool:
        return self.is_empty() or bool(self.code.data and self.name_id.data and self.last_month.data)

    def validate_last_month(self, field: Number) -> None:
        if field.data is not None and (field.data % 1 or not 1 <= field.data <= LAST_MONTH):
            raise ValidationError(gettext("Enter a month from 1 to 12."))

    def draft(self) -> PeriodDraft:
        return PeriodDraft(
            period_id=row_number(self.number.data),
            code=self.code.data or "",
            last_month=int(self.last_month.data or 0),
            name_id=self.name_id.data or "",
            name_en=self.name_en.data,
        )


class SchemeForm(PageForm):
    code = Line(_l("Code"), needed=_l("Enter a code."), longest=20)
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter a name."))
    name_en = Line(_l("Name in English"))
    periods = Rows(FormField(PeriodRow), max_entries=MOST_PERIODS)

    @classmethod
    def of(cls, scheme: PeriodScheme | None) -> "SchemeForm":
        """The stored scheme plus empty rows for more periods."""
        own = ("code", "name_id", "name_en", "version")
        form = cls(formdata=None, data={name: getattr(scheme, name) for name in own} if scheme else None)
        for period in scheme.periods if scheme else ():
            row = {name: getattr(period, name) for name in ("code", "last_month", "name_id", "name_en")}
            form.periods.append_entry({**row, "number": period.id})
        for _ in range(min(MORE_PERIODS, MOST_PERIODS - len(form.periods))):
            form.periods.append_entry()
        return form

    def validate_periods(self, field: Rows) -> None:
        rows = [entry.form for entry in field.entries if not entry.form.is_empty()]
        codes = [row.code.data for row in rows]
        if not rows:
            first = field.entries[0] if field.entries else field.append_entry()
            self._refuse(first.form, gettext("A scheme has at least one period."))
        for row in rows:
            if not row.is_whole():
                self._refuse(row, gettext("A period has a code, a name and the month with which it ends."))
            if codes.count(row.code.data) > 1:
                self._refuse(row, gettext("Each code can be used only once in a scheme."))

    @staticmethod
    def _refuse(row: PeriodRow, sentence: str) -> None:
        row.code.errors = [sentence]
        raise ValidationError(sentence)

    def draft(self) -> SchemeDraft:
        rows = [entry.form.draft() for entry in self.periods.entries if not entry.form.is_empty()]
        return SchemeDraft(
            code=self.code.data or "", name_id=self.name_id.data or "", name_en=self.name_en.data, periods=rows
        )
