"""Forms of the live minutes. Each is one line; the screen holds many of them."""

import re
from collections.abc import Sequence

from wtforms import BooleanField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import Code, Day, Item, Line, Paragraph, Pick, Quote
from tracker.core.forms import PageForm
from tracker.core.wording import label, say
from tracker.core.wording import lazy as _l
from tracker.live.commands import Earlier, Words
from tracker.live.rules import Meant, Mention, Understood
from tracker.meetings.models import Statement
from tracker.meetings.rules import StatementKind

_EARLIER = re.compile(r"(continues|same):(\d{1,9})")


#: What stands for «a follow-up» among the kinds.
ACTION = "action"


def kind_choices(nothing: str) -> list[SelectChoice]:
    """The kinds a line can become; the first, empty choice is what was read."""
    kinds = [SelectChoice(kind.value, label(kind)) for kind in StatementKind]
    return [SelectChoice("", nothing), *kinds, SelectChoice(ACTION, say("Follow-up"))]


def _read_as(mention: Mention | None) -> str | None:
    if mention is None:
        return None
    return mention.known.spellings[0] if mention.known else say("%(name)s, not known", name=mention.name)


class LineForm(PageForm):
    """The line being typed."""

    line = Quote(_l("Next line"), needed=_l("Write the line."))
    #: «continues:5» or «same:5», set by the suggestion beside the line.
    earlier = StringField()
    kind = SelectField(_l("Kind"), default="", choices=lambda: kind_choices(say("as typed")))
    speaker = Pick(_l("Who"))
    target = Pick(_l("Target"))
    due_on = Day(_l("Due"))
    seats_unknown = BooleanField(_l("Add the unknown name to the attendance list, provisionally"))

    def validate_earlier(self, field: StringField) -> None:
        """Only what the suggestions offer."""
        if field.data and not _EARLIER.fullmatch(field.data):
            raise ValidationError(say("Choose one of the earlier proposals shown."))

    def offer(
        self, speakers: Sequence[tuple[int, str]], targets: Sequence[tuple[int, str]], read: Understood | None
    ) -> None:
        """Set the choices of the chips; the first, empty one is what was read."""
        who, target = (next(iter(read.people), None), next(iter(read.targets), None)) if read else (None, None)
        self.speaker.offer(speakers, _read_as(who) or say("nobody named"))
        self.target.offer(targets, _read_as(target) or say("no target"))
        if read:
            self.kind.choices = kind_choices(label(read.kind) if read.kind else say("Follow-up"))

    def meant(self) -> Meant:
        """What was chosen on the chips."""
        is_action = self.kind.data == ACTION
        return Meant(
            kind=StatementKind(self.kind.data) if self.kind.data and not is_action else None,
            is_action=is_action,
            speaker_id=self.speaker.data,
            target_id=self.target.data,
            due_on=self.due_on.data,
        )

    def chosen(self) -> Earlier:
        """What the commands want."""
        found = _EARLIER.fullmatch(self.earlier.data or "")
        return Earlier(**{f"{found[1]}_id": int(found[2])}) if found else Earlier()


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


class RollCallForm(PageForm):
    """One more on the attendance list."""

    attendee = Line(_l("Name, post"), needed=_l("Write a name or a post."))


class AgendaForm(PageForm):
    """One more item of the agenda."""

    item = Item(_l("Agenda item"), needed=_l("Write the agenda item."))
