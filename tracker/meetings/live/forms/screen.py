"""Forms of the live minutes other than the line being typed. The screen has many of them at once."""

from types import MappingProxyType

from wtforms import BooleanField, StringField

from tracker.core.fields import Code, Combobox, Comboboxes, Item, Line, Paragraph, Pick, Quote, Rows
from tracker.core.form_keys import KEY_SHAPE
from tracker.core.forms import PageForm
from tracker.core.request import row_number
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.meetings.forms import SeatQuestions, ensure_words
from tracker.meetings.live.commands import Draft, More, Words
from tracker.meetings.live.forms.line import MOST_CHIPS, effects_in, seen
from tracker.meetings.models import AgendaItem, Statement
from tracker.meetings.rules import StatementKind
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Effect


class TypingForm(PageForm):
    line = Quote(_l("Next line"))
    key = StringField()
    step = StringField()
    adopts = StringField()
    adopts_step = StringField()

    def draft(self) -> Draft | None:
        """The draft; None if the key is not valid."""
        key = self.key.data or ""
        if not KEY_SHAPE.fullmatch(key):
            return None
        return Draft(
            key=key,
            text=self.line.data or "",
            step=row_number(self.step.data),
            adopts=seen(self.adopts.data, self.adopts_step.data),
        )


class ChangeForm(WithCorrectionReason, PageForm):
    quote = Quote(_l("Quote, word for word"))
    gist_id = Paragraph(_l("Gist in Indonesian"))
    kind = Code(StatementKind, _l("Kind"), needed=_l("Choose the kind of statement."))
    speaker = Pick(_l("Speaker"))
    speaker_note = Line(_l("Speaker, if not on the list"))
    on_behalf_of = Line(_l("On behalf of"))
    agenda_item = Pick(_l("Agenda item"))
    targets = Comboboxes(_l("Mentions the targets"))
    origin_meeting = Combobox(_l("Statement from an earlier meeting"))
    origin_note = Line(_l("Note on the source of the words"))
    recorder_note = Paragraph(_l("Recorder's note"))
    has_sic = BooleanField(_l("Written as in the source [sic]"))
    #: Title of the proposal that the line raised, and its effects on targets as «12:supports».
    title = Line(_l("Title of the proposal"))
    effects = Rows(StringField(), max_entries=MOST_CHIPS)

    @classmethod
    def of(cls, statement: Statement, raised: Proposal | None) -> "ChangeForm":
        names = ("quote", "gist_id", "kind", "speaker_note", "on_behalf_of", "origin_note", "recorder_note", "has_sic",
                 "version")  # fmt: skip
        form = cls(formdata=None, data={name: getattr(statement, name) for name in names})
        form.speaker.data, form.agenda_item.data = statement.speaker_id, statement.agenda_item_id
        form.origin_meeting.data = statement.origin_meeting_id
        form.targets.data = [target.id for target in statement.targets]
        form.title.data = raised.title_id if raised else None
        return form

    def chosen_effects(self) -> dict[int, Effect]:
        """Chosen effects by link id."""
        return dict(effects_in(self.effects))

    def validate_gist_id(self, field: Paragraph) -> None:
        ensure_words(self.quote.data, field.data)

    def words(self) -> Words:
        more = More(
            speaker_note=None if self.speaker.data else self.speaker_note.data,
            on_behalf_of=self.on_behalf_of.data,
            origin_meeting_id=self.origin_meeting.data,
            origin_note=self.origin_note.data,
            agenda_item_id=self.agenda_item.data,
            has_sic=self.has_sic.data,
            recorder_note=self.recorder_note.data,
            target_ids=self.targets.data or (),
        )
        return Words(
            kind=self.kind.data,
            quote=self.quote.data,
            gist_id=self.gist_id.data,
            speaker_id=self.speaker.data,
            more=more,
        )


class SeatForm(SeatQuestions, PageForm):
    """Identify the speaker of a line if the name is ambiguous."""


class RollCallForm(SeatQuestions, PageForm):
    attendee = Line(_l("Name, post"), needed=_l("Enter a name or a post."))
    shown_at = MappingProxyType({"role": "attendee"})


class AgendaForm(PageForm):
    item = Item(_l("Agenda item"), needed=_l("Enter the agenda item."))


class DiscussedForm(PageForm):
    agenda_item = Pick(_l("Agenda item"))


class AgendaItemForm(PageForm):
    text = Item(_l("Agenda item"), needed=_l("Enter the agenda item."))

    @classmethod
    def of(cls, item: AgendaItem) -> "AgendaItemForm":
        return cls(formdata=None, data={"text": item.text})


class MoveForm(PageForm):
    """Move a line up or down, before or after another, or to the end of an agenda item (0 for none)."""

    way = StringField()
    item = StringField()
    before = StringField()
    after = StringField()


class SplitForm(PageForm):
    offset = StringField()
