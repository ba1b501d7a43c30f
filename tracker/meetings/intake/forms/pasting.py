"""Forms for pasted texts: the text, then its pieces to keep, correct or skip."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, FormField, HiddenField, ValidationError
from wtforms.widgets import HiddenInput

from tracker.core.fields import Asked, Code, Line, Paragraph, Pick, Quote, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import StatementDraft
from tracker.meetings.forms import NEW, SeatQuestions, candidate_label, ensure_one_chair, ensure_words
from tracker.meetings.intake.rules import LONGEST_ROW, Piece, Stretch, is_a_list, joined, marked, split_at_line_end
from tracker.meetings.live.commands import Seen
from tracker.meetings.live.forms import seen
from tracker.meetings.queries import SeatAnswer, Seating, Seats
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Attendee, Question, StatementKind
from tracker.people.forms import ensure_nip
from tracker.people.rules import folded

MOST_PIECES = 200
TOO_MUCH = _l("This is too much at once: at most %(max)d parts.", max=MOST_PIECES)


class HiddenText(Quote):
    """The text that was pasted, sent along byte for byte."""

    widget = HiddenInput()


_KEEP = _l("Include")
#: Form value for «no person» among the candidates.
POST_ALONE = "post"


class TypedForm(PageForm):
    """Carries the live minutes' draft that is deleted when its text is stored from here."""

    typed_key = HiddenField()
    typed_step = HiddenField()

    def typed(self) -> Seen | None:
        return seen(self.typed_key.data, self.typed_step.data)


class TextForm(TypedForm):
    text = Quote(_l("Text of the notes or the press release"), needed=_l("Paste the text."))


class PieceRow(PartForm):
    is_kept = BooleanField(_KEEP)
    kind = Code(StatementKind, _l("Kind"), needed=_l("Choose the kind of statement."))
    speaker = Pick(_l("Speaker"))
    speaker_note = Line(_l("Speaker, if not on the list"))
    quote = Quote(_l("Quote, word for word"))
    gist = Paragraph(_l("Gist in Indonesian"))

    def validate_gist(self, field: Paragraph) -> None:
        if self.is_kept.data:
            ensure_words(self.quote.data, field.data)

    @property
    def words(self) -> str:
        return self.quote.data or self.gist.data or ""

    def draft(self) -> StatementDraft:
        return StatementDraft(
            kind=self.kind.data,
            quote=self.quote.data,
            gist_id=self.gist.data,
            speaker_id=self.speaker.data,
            speaker_note=None if self.speaker.data else self.speaker_note.data,
        )


class PiecesPart:
    """What was read in a text, beside the text."""

    text = HiddenText()
    pieces = Rows(FormField(PieceRow), max_entries=MOST_PIECES)

    def offer(self, speakers: Sequence[tuple[int, str]]) -> None:
        for entry in self.pieces.entries:
            entry.form.speaker.offer(speakers, gettext("Nobody on the list"))

    def validate_pieces(self, _: Rows) -> None:
        if not self.drafts():
            raise ValidationError(gettext("Tick at least one part to include."))

    def drafts(self) -> list[StatementDraft]:
        return [entry.form.draft() for entry in self.pieces.entries if entry.form.is_kept.data]

    def source(self) -> list[Stretch]:
        """The text, with the places of the pieces."""
        pieces = [(entry.name, entry.form.words) for entry in self.pieces.entries]
        return marked(self.text.data or "", pieces, self.facts())

    def facts(self) -> list[tuple[str, str]]:
        """Fields that hold words of the text."""
        return []

    def rearrange(self, split: int | None, join: int | None) -> None:
        """Split a piece at the first line end within it, or join it with the piece above."""
        rows: list[dict[str, Any]] = [entry.data for entry in self.pieces.entries]
        if split is not None and split < len(rows):
            row = rows[split]
            part = "quote" if row["quote"] else "gist"
            parts = split_at_line_end(row[part] or "")
            if parts is None:
                self.pieces.entries[split].form[part].errors = [
                    gettext("Press Enter where this part is to be split, then choose “Split here”.")
                ]
                return
            rows[split : split + 1] = [row | {part: words} for words in parts]
        elif join is not None and 0 < join < len(rows):
            above, row = rows[join - 1], rows.pop(join)
            part = "quote" if above["quote"] else "gist"
            above[part] = joined(self.text.data or "", above[part] or "", row["quote"] or row["gist"] or "")
        self._refill(rows)

    def _refill(self, rows: Sequence[dict[str, Any]]) -> None:
        while self.pieces.entries:
            self.pieces.pop_entry()
        for row in rows:
            self.pieces.append_entry(row)


def rows_of(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [
        {
            "is_kept": piece.is_kept, "kind": piece.kind, "quote": piece.quote, "gist": piece.gist,
            "speaker": piece.speaker.id if piece.speaker else None,
            "speaker_note": None if piece.speaker else piece.speaker_name,
        }
        for piece in pieces
    ]  # fmt: skip


class PiecesForm(PiecesPart, TypedForm):
    @classmethod
    def of(cls, text: str, pieces: Sequence[Piece], typed: Seen | None) -> "PiecesForm":
        carried = {"typed_key": typed.key, "typed_step": typed.step} if typed else {}
        return cls(formdata=None, data={"text": text, "pieces": rows_of(pieces), **carried})


class NamesForm(PageForm):
    names = Paragraph(_l("Names, one per line"), needed=_l("Paste the names."))

    def validate_names(self, field: Paragraph) -> None:
        if not is_a_list(field.data or ""):
            raise ValidationError(
                gettext("Put each name on a line of its own: a line has at most %(max)d characters.", max=LONGEST_ROW)
            )


class NameRow(SeatQuestions, PartForm):
    is_kept = BooleanField(_KEEP)
    name = Line(_l("Name or post"))
    #: A person id, someone new, or no person; empty is the recognised person.
    meant = Asked(_l("Who is it?"))
    post = Line(_l("Post as written"))
    unit = Line(_l("Unit or body as written"))
    role = Code(AttendanceRole, _l("Role"), needed=_l("Choose a role."))
    status = Code(AttendanceStatus, _l("Attendance"), needed=_l("Choose whether they attended."))
    title_prefix = Line(_l("Title before the name"))
    title_suffix = Line(_l("Title after the name"))
    nip = Line(_l("Civil-service number (NIP)"))
    represented_by = Line(_l("Represented by"))
    note = Line(_l("Note"))
    #: Open questions; set by `resolve`.
    questions_left: frozenset[Question] = frozenset()

    def attendee(self) -> Attendee:
        words: dict[str, Any] = {name: self[name].data or None for name in _IN_WORDS}
        return Attendee(
            role=self.role.data or AttendanceRole.PARTICIPANT,
            status=self.status.data or AttendanceStatus.PRESENT,
            **words,
            name=self.name.data or "",
        )

    def seat_answer(self) -> SeatAnswer:
        """The answers given about who is meant; ticking a row again confirms the existing row."""
        answer = self.answer(self.name.data or "")
        return replace(answer, is_post=self.meant.data == POST_ALONE, is_second_row=False)

    def offer(self, seating: Seating) -> None:
        if folded(self.asked_about.data or "") != folded(self.name.data or ""):
            self.meant.data = self.held.data = None  # these answers were given about a different name
        self.asked_about.data = self.name.data
        persons = [(str(candidate.person.id), candidate_label(candidate)) for candidate in seating.candidates]
        if seating.person is not None:
            persons = [(str(seating.person.id), seating.person.full_name)]
        self.meant.ask([*persons, (NEW, gettext("somebody new")), (POST_ALONE, gettext("a post or body, no person"))])
        if len(persons) == 1 or not seating.candidates:
            self.meant.propose(persons[0][0] if persons else POST_ALONE if seating.is_post else NEW)
        if seating.posts and len(seating.posts) > 1:
            self.ask_post(self.name.data or "", seating.posts)
            self.held.errors = []

    def resolve(self, seats: Seats) -> Seating:
        """Determine the seating; open questions of a row that is kept are asked at its fields."""
        seating = seats.seating(self.attendee(), self.seat_answer())
        self.offer(seating)
        if not self.is_kept.data:
            return seating
        name = self.name.data or ""
        if Question.WHO in seating.questions:
            self.meant.errors = [gettext("“%(name)s” may be in the register. Choose who it is.", name=name)]
        if Question.POST in seating.questions:
            self.ask_post(seating.person.full_name if seating.person else name, seating.posts)
        self.questions_left = seating.questions - {Question.SECOND_ROW}
        return seating

    def is_unclear(self) -> bool:
        return bool(self.questions_left)

    def validate_nip(self, field: Line) -> None:
        """Only the length is checked."""
        if self.is_kept.data:
            ensure_nip(field.data)


_IN_WORDS = ("post", "unit", "title_prefix", "title_suffix", "nip", "represented_by", "note")


class RowsForm(PageForm):
    rows = Rows(FormField(NameRow), max_entries=MOST_PIECES)
    shown_at = MappingProxyType({"role": "rows"})

    @classmethod
    def of(cls, seatings: Sequence[Seating]) -> "RowsForm":
        """The form with these rows filled in; people already on the list are not selected."""
        rows = [
            {
                "is_kept": Question.SECOND_ROW not in seating.questions,
                **{name: getattr(seating.attendee, name) for name in ("name", "role", "status", *_IN_WORDS)},
            }
            for seating in seatings
        ]
        return cls(formdata=None, data={"rows": rows})

    def kept_rows(self) -> list[NameRow]:
        return [entry.form for entry in self.rows.entries if entry.form.is_kept.data and entry.form.name.data]

    def validate_rows(self, _: Rows) -> None:
        rows = self.kept_rows()
        if not rows:
            raise ValidationError(gettext("Tick at least one name to include."))
        ensure_one_chair(rows)
