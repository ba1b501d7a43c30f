"""Forms for merging two rows that are the same person or post."""

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, FormField, HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import Combobox, Needed, Rows
from tracker.core.forms import FilterForm, PageForm, PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people.queries import Twin
from tracker.people.rules import Keep

#: The page supplies the labels: the two names.
_EITHER = [SelectChoice(Keep.FIRST.value, ""), SelectChoice(Keep.SECOND.value, "")]
_ANY = [*_EITHER, SelectChoice(Keep.BOTH.value, "")]


class OtherForm(FilterForm):
    other = Combobox(_l("The other entry"))


class TwinPart(PartForm):
    key = HiddenField()
    keep = RadioField(_l("Row to keep"), choices=_ANY, validators=[Needed(_l("Choose which row to keep."))])


class MergeForm(PageForm):
    keeps = RadioField(_l("Name to keep"), choices=_EITHER, validators=[Needed(_l("Choose which name to keep."))])
    accounts = RadioField(_l("Accounts"), choices=_ANY, default=Keep.BOTH.value)
    twins = Rows(FormField(TwinPart))
    despite_numbers = BooleanField(_l("It is one person, although the two civil-service numbers differ"))
    #: Set by the page if the civil-service numbers differ and a confirmation is needed.
    numbers_differ = False

    @classmethod
    def proposing(cls, keeps: Keep, twins: Mapping[str, Keep]) -> "MergeForm":
        parts = [{"key": key, "keep": keep.value} for key, keep in twins.items()]
        return cls(formdata=None, data={"keeps": keeps.value, "twins": parts, "accounts": Keep.BOTH.value})

    def validate_despite_numbers(self, field: BooleanField) -> None:
        """Different civil-service numbers usually mean different persons, so a confirmation is required."""
        if self.numbers_differ and not field.data:
            raise ValidationError(gettext("The two civil-service numbers differ. Confirm that it is one person."))

    def answers(self, twins: Sequence[Twin]) -> dict[Twin, Keep] | None:
        """The choice for each twin; None if the form did not ask about one of them."""
        chosen = {part.form.key.data: Keep(part.form.keep.data) for part in self.twins.entries if part.form.keep.data}
        if any(twin.key not in chosen for twin in twins):
            return None
        return {twin: chosen[twin.key] for twin in twins}
