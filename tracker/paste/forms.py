"""Forms of pasted texts: the text itself, then what was found in it, each piece to keep, mend or skip."""

from collections.abc import Sequence

from wtforms import BooleanField, FieldList, FormField, HiddenField, ValidationError

from tracker.core.fields import Code, Line, Paragraph, Pick, Quote
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.meetings.commands import StatementDraft
from tracker.meetings.rules import AttendanceRole, Attendee, StatementKind
from tracker.paste.rules import Piece, Recognition

MOST_PIECES = 200
LONGEST_KEY = 64
_KEEP = _l("Keep")


class TextForm(PageForm):
    """A text to cut."""

    text = Quote(_l("Text of the notes or the press release"), needed=_l("Paste the text."))
    #: The key of the line of the live minutes that this text was typed into.
    typed_key = HiddenField()


class PieceRow(PartForm):
    """One piece of the text."""

    is_kept = BooleanField(_KEEP)
    kind = Code(StatementKind, _l("Kind"), needed=_l("Choose the kind of statement."))
    speaker = Pick(_l("Speaker"))
    speaker_note = Line(_l("Speaker, where it is nobody on the list"))
    quote = Quote(_l("Quote, word for word"))
    gist = Paragraph(_l("Gist in Indonesian"))

    def validate_gist(self, field: Paragraph) -> None:
        """A statement says something."""
        if self.is_kept.data and not field.data and not self.quote.data:
            raise ValidationError(say("Write the quote, the gist, or both."))

    def draft(self) -> StatementDraft:
        """What the commands want."""
        return StatementDraft(
            kind=self.kind.data,
            quote=self.quote.data,
            gist_id=self.gist.data,
            speaker_id=self.speaker.data,
            speaker_note=None if self.speaker.data else self.speaker_note.data,
        )


class PiecesForm(PageForm):
    """The pieces, in the order of the text."""

    pieces = FieldList(FormField(PieceRow), max_entries=MOST_PIECES)
    typed_key = HiddenField()

    @classmethod
    def of(cls, pieces: Sequence[Piece], typed_key: str | None) -> "PiecesForm":
        """The form that proposes these pieces."""
        rows = [
            {
                "is_kept": piece.is_kept, "kind": piece.kind, "quote": piece.quote, "gist": piece.gist,
                "speaker": piece.speaker.id if piece.speaker else None,
                "speaker_note": None if piece.speaker else piece.speaker_name,
            }
            for piece in pieces
        ]  # fmt: skip
        return cls(formdata=None, data={"pieces": rows, "typed_key": typed_key})

    def offer(self, speakers: Sequence[tuple[int, str]]) -> None:
        """Set whom each piece can be said by."""
        for entry in self.pieces.entries:
            entry.form.speaker.offer(speakers, say("Nobody on the list"))

    def validate_pieces(self, _: FieldList) -> None:
        """Something is kept."""
        if not self.drafts():
            raise ValidationError(say("Tick at least one piece to keep."))

    def drafts(self) -> list[StatementDraft]:
        """The pieces to keep."""
        return [entry.form.draft() for entry in self.pieces.entries if entry.form.is_kept.data]


class NamesForm(PageForm):
    """A list of names."""

    names = Paragraph(_l("Names, one a line"), needed=_l("Paste the names."))


class NameRow(PartForm):
    """One name of the list."""

    is_kept = BooleanField(_KEEP)
    name = Line(_l("Name or post"))
    post = Line(_l("Post as written"))
    role = Code(AttendanceRole, _l("Role"), needed=_l("Choose a role."))

    def attendee(self) -> Attendee:
        """What the commands want."""
        return Attendee(role=self.role.data, name=self.name.data, post=self.post.data)


class RowsForm(PageForm):
    """The names, in the order of the list."""

    rows = FieldList(FormField(NameRow), max_entries=MOST_PIECES)

    @classmethod
    def of(cls, attendees: Sequence[Attendee], becomes: Sequence[Recognition]) -> "RowsForm":
        """The form that proposes these rows; who is there already is not added again."""
        rows = [
            {"is_kept": what is not Recognition.THERE, "name": one.name, "post": one.post, "role": one.role}
            for one, what in zip(attendees, becomes, strict=True)
        ]
        return cls(formdata=None, data={"rows": rows})

    def attendees(self) -> list[Attendee]:
        """The rows to keep."""
        kept = (entry.form for entry in self.rows.entries if entry.form.is_kept.data)
        return [form.attendee() for form in kept if form.name.data]

    def validate_rows(self, _: FieldList) -> None:
        """Somebody is kept, and at most one presides."""
        kept = self.attendees()
        if not kept:
            raise ValidationError(say("Tick at least one name to keep."))
        if sum(one.role is AttendanceRole.CHAIR for one in kept) > 1:
            raise ValidationError(say("A meeting has one chair."))
