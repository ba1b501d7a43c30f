"""Forms that edit, move and carry over agenda items, and move and split statements."""

from wtforms import BooleanField, ValidationError

from tracker.core.errors import NotPossible
from tracker.core.fields import Code, Combobox, Line, Pick, Quote
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import AgendaItem
from tracker.meetings.rules import SetAside


class AgendaItemForm(PageForm):
    text = Line(_l("Agenda item"), needed=_l("Enter the agenda item."))
    after = Pick(_l("Placed after"))
    set_aside = Code(SetAside, _l("Not discussed, because it was"))

    @classmethod
    def of(cls, item: AgendaItem, after: AgendaItem | None) -> "AgendaItemForm":
        form = cls(formdata=None, data={"text": item.text, "set_aside": item.set_aside})
        form.after.data = after.id if after else None
        return form


class CarryForm(PageForm):
    to = Combobox(_l("To the meeting"), needed=_l("Choose the meeting."))


class MoveStatementForm(PageForm):
    after = Pick(_l("Right after"))
    agenda_item = Pick(_l("Or under the agenda item"))
    is_first = BooleanField(_l("First under that agenda item"))


class SplitStatementForm(PageForm):
    second = Quote(_l("Start of the second part"), needed=_l("Enter the first words of the second part."))

    def offset_in(self, text: str) -> int:
        """After how many characters the text is divided. Expects `check_words` to have passed."""
        return text.index((self.second.data or "").strip())

    def check_words(self, text: str) -> None:
        """The words must occur in the text just once, and not at its beginning."""
        words = (self.second.data or "").strip()
        if text.count(words) != 1:
            raise NotPossible(
                _l("These words must occur exactly once in the statement. Enter more of them."), field="second"
            )
        if not text[: text.index(words)].strip():
            raise NotPossible(_l("The first part would be empty."), field="second")

    def validate_second(self, field: Quote) -> None:
        if not (field.data or "").strip():
            raise ValidationError(gettext("Enter the first words of the second part."))
