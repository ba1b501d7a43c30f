"""Forms of the live minutes besides the line being typed. Each is one line; the screen holds many of them."""

from wtforms import ValidationError

from tracker.core.fields import Code, Item, Line, Paragraph, Pick, Quote
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.live.commands import Words
from tracker.meetings.forms import SeatQuestions
from tracker.meetings.models import Statement
from tracker.meetings.rules import StatementKind


class TypingForm(PageForm):
    """What is in the box while it is still being typed."""

    line = Quote(_l("Next line"))


class ChangeForm(PageForm):
    """A stored line."""

    kind = Code(StatementKind, _l("Kind"), needed=_l("Choose the kind of statement."))
    speaker = Pick(_l("Speaker"))
    quote = Quote(_l("Quote, word for word"))
    gist_id = Paragraph(_l("Gist in Indonesian"))

    @classmethod
    def of(cls, statement: Statement) -> "ChangeForm":
        """The line as stored."""
        form = cls(
            formdata=None, data={name: getattr(statement, name) for name in ("kind", "quote", "gist_id", "version")}
        )
        form.speaker.data = statement.speaker_id
        return form

    def validate_gist_id(self, field: Paragraph) -> None:
        """A statement says something."""
        if not field.data and not self.quote.data:
            raise ValidationError(say("Write the quote, the gist, or both."))

    def words(self) -> Words:
        """What the commands want."""
        return Words(
            kind=self.kind.data, quote=self.quote.data, gist_id=self.gist_id.data, speaker_id=self.speaker.data
        )


class SeatForm(SeatQuestions, PageForm):
    """Who the speaker of a line is, where that is not clear."""


class RollCallForm(SeatQuestions, PageForm):
    """One more on the attendance list."""

    attendee = Line(_l("Name, post"), needed=_l("Write a name or a post."))


class AgendaForm(PageForm):
    """One more item of the agenda."""

    item = Item(_l("Agenda item"), needed=_l("Write the agenda item."))
