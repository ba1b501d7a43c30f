"""Forms for statements."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, ValidationError

from tracker.core.actor import Classification
from tracker.core.fields import Code, Combobox, Comboboxes, Level, Line, Paragraph, Pick, Quote
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import StatementDraft
from tracker.meetings.models import Statement
from tracker.meetings.rules import (
    Bearing,
    StatementKind,
)


def ensure_words(quote: str | None, gist: str | None) -> None:
    if not quote and not gist:
        raise ValidationError(gettext("Enter the quote, the gist, or both."))


class StatementForm(PageForm):
    kind = Code(StatementKind, _l("Kind"), needed=_l("Choose the kind of statement."))
    speaker = Pick(_l("Speaker"))
    quote = Quote(_l("Quote, word for word"))
    gist_id = Paragraph(_l("Gist in Indonesian"))
    gist_en = Paragraph(_l("Gist in English"))
    speaker_note = Line(_l("Speaker, if not on the list"))
    on_behalf_of = Line(_l("On behalf of"))
    origin_meeting = Combobox(_l("Statement from an earlier meeting"))
    origin_note = Line(_l("Note on the source of the words"))
    agenda_item = Pick(_l("Agenda item"))
    has_sic = BooleanField(_l("Written as in the source [sic]"))
    recorder_note = Paragraph(_l("Recorder's note"))
    title_id = Line(_l("Raise a new proposal with this title"))
    title_en = Line(_l("Its title in English"))
    proposal = Combobox(_l("Or concerns the proposal"))
    bearing = Code(Bearing, _l("And"))
    targets = Comboboxes(_l("Mentions the targets"))

    @classmethod
    def of(cls, statement: Statement) -> "StatementForm":
        names = ("kind", "quote", "gist_id", "gist_en", "speaker_note", "on_behalf_of", "origin_note", "has_sic",
                 "recorder_note", "version")  # fmt: skip
        form = cls(formdata=None, data={name: getattr(statement, name) for name in names})
        form.speaker.data, form.agenda_item.data = statement.speaker_id, statement.agenda_item_id
        form.origin_meeting.data = statement.origin_meeting_id
        form.targets.data = [target.id for target in statement.targets]
        if statement.proposal_links:
            first = statement.proposal_links[0]
            form.proposal.data, form.bearing.data = first.proposal_id, first.bearing
        return form

    def validate_gist_id(self, field: Any) -> None:
        ensure_words(self.quote.data, field.data)

    def validate_title_id(self, field: Line) -> None:
        """A statement that raises a proposal gives it its text as title. Any other needs one in Indonesian."""
        concerns_one = self.proposal.data and self.bearing.data is not Bearing.MOTIVATES
        raises_one = self.kind.data is StatementKind.PROPOSAL and not concerns_one
        if self.title_en.data and not field.data and not raises_one:
            raise ValidationError(gettext("Enter a title."))

    def validate_bearing(self, field: Code) -> None:
        if self.proposal.data and not field.data:
            raise ValidationError(gettext("State how it relates to the proposal."))

    def draft(self) -> StatementDraft:
        return StatementDraft(
            kind=self.kind.data,
            quote=self.quote.data,
            gist_id=self.gist_id.data,
            gist_en=self.gist_en.data,
            agenda_item_id=self.agenda_item.data,
            speaker_id=self.speaker.data,
            speaker_note=self.speaker_note.data,
            on_behalf_of=self.on_behalf_of.data,
            origin_meeting_id=self.origin_meeting.data,
            origin_note=self.origin_note.data,
            has_sic=self.has_sic.data,
            recorder_note=self.recorder_note.data,
        )


class NewStatementForm(StatementForm):
    classification = Level(_l("Classification"))

    def draft(self) -> StatementDraft:
        return replace(super().draft(), classification=self.classification.data or Classification.ORDINARY)
