"""The parts that were read in a text: to keep, correct or skip."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wtforms import BooleanField, FormField, HiddenField, ValidationError

from tracker.core.fields import Code, Day, Line, Paragraph, Pick, Quote, Rows
from tracker.core.forms import PartForm
from tracker.core.request import row_number
from tracker.core.texts import shortened
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import StatementDraft
from tracker.meetings.forms import ensure_words
from tracker.meetings.intake.commands import PieceDraft, TaskDraft
from tracker.meetings.intake.formats import Place, Places
from tracker.meetings.intake.forms.source import HiddenText, SourcePart, TextForm, TypedForm, carried_over
from tracker.meetings.intake.rules import (
    Piece,
    Reading,
    Stretch,
    corrected,
    joined,
    marked,
    split_at_line_end,
)
from tracker.meetings.rules import StatementKind

MOST_PARTS = 1000
TOO_MUCH = _l("This is too much at once: at most %(max)d parts.", max=MOST_PARTS)
#: Of the corrections that could not be kept.
MOST_SHOWN, LONGEST_SHOWN = 10, 80


class PieceRow(PartForm):
    is_kept = BooleanField(_l("Include"))
    #: Where its words begin in the source.
    at = HiddenField()
    is_sure = HiddenField()
    is_action = BooleanField(_l("An action follows from it"))
    what = HiddenText()
    pic = Line(_l("Who is to do it"))
    due_on = Day(_l("Due date"))
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

    @property
    def who(self) -> str | None:
        """The speaker, as shown."""
        chosen = (choice.label for choice in self.speaker.choices if choice.value == self.speaker.data)
        return next(chosen, None) if self.speaker.data else self.speaker_note.data

    @property
    def start(self) -> int | None:
        return row_number(self.at.data)

    def draft(self) -> PieceDraft:
        said = StatementDraft(
            kind=self.kind.data,
            quote=self.quote.data,
            gist_id=self.gist.data,
            speaker_id=self.speaker.data,
            speaker_note=None if self.speaker.data else self.speaker_note.data,
        )
        return PieceDraft(statement=said, task=self._task() if self.is_action.data else None, start=self.start)

    def _task(self) -> TaskDraft:
        what = self.what.data if self.what.data and self.what.data in self.words else self.words
        return TaskDraft(what=what, pic=self.pic.data, due_on=self.due_on.data)


class PiecesPart(SourcePart):
    """What was read in a text, beside the text."""

    pieces = Rows(FormField(PieceRow), max_entries=MOST_PARTS)
    #: The words of corrected parts that the other way of reading does not have.
    lost: Sequence[str] = ()

    def read_again(self, before: Self, after: Self) -> None:
        """Show what was read in another way, with what was corrected of what was read before."""
        rows, self.lost = corrected(*([entry.data for entry in form.pieces.entries] for form in (self, before, after)))
        self._refill(rows)
        self.manner.data = after.manner.data

    def lost_in_words(self) -> str:
        words = [f"“{shortened(words, LONGEST_SHOWN)}”" for words in self.lost[:MOST_SHOWN]]
        more = len(self.lost) - len(words)
        return "; ".join([*words, gettext("and %(count)d more", count=more)] if more else words)

    def offer(self, speakers: Sequence[tuple[int, str]]) -> None:
        for entry in self.pieces.entries:
            entry.form.speaker.offer(speakers, gettext("Nobody on the list"))

    def validate_pieces(self, _: Rows) -> None:
        if not self.drafts():
            raise ValidationError(gettext("Tick at least one part to include."))

    def drafts(self) -> list[PieceDraft]:
        return [entry.form.draft() for entry in self.pieces.entries if entry.form.is_kept.data]

    def stretches(self) -> list[Stretch]:
        """The text, with the places of the pieces."""
        pieces = [(entry.name, entry.form.start, entry.form.words) for entry in self.pieces.entries]
        return marked(self.source.plain.text, pieces, self.facts())

    def places(self) -> list[Place | None]:
        places = Places(self.source.plain)
        return [None if entry.form.start is None else places.of(entry.form.start) for entry in self.pieces.entries]

    def to_check(self) -> int:
        """How many parts are not sure."""
        return sum(not entry.form.is_sure.data for entry in self.pieces.entries)

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
            begins = row_number(row["at"]) or 0
            text = self.source.plain.text
            ats = [row["at"], str(max(begins, text.find(parts[1], begins))) if row["at"] else row["at"]]
            rows[split : split + 1] = [row | {part: words, "at": at} for words, at in zip(parts, ats, strict=True)]
        elif join is not None and 0 < join < len(rows):
            above, row = rows[join - 1], rows.pop(join)
            part = "quote" if above["quote"] else "gist"
            above[part] = joined(self.source.plain.text, above[part] or "", row["quote"] or row["gist"] or "")
        self._refill(rows)

    def _refill(self, rows: Sequence[Mapping[str, Any]]) -> None:
        while self.pieces.entries:
            self.pieces.pop_entry()
        for row in rows:
            self.pieces.append_entry(row)


def rows_of(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [
        {
            "is_kept": piece.is_kept, "kind": piece.kind, "quote": piece.quote, "gist": piece.gist,
            "speaker": piece.speaker.id if piece.speaker else None,
            "speaker_note": None if piece.speaker else piece.speaker_name, "at": str(piece.start),
            "is_sure": "y" if piece.is_sure or not piece.is_kept else "", "is_action": piece.task is not None,
            "what": piece.what, "pic": piece.pic, "due_on": piece.task.due_on if piece.task else None,
        }
        for piece in pieces
    ]  # fmt: skip


class PiecesForm(PiecesPart, TypedForm):
    @classmethod
    def of(cls, asked: TextForm, reading: Reading) -> "PiecesForm":
        typed = asked.typed()
        carried = {"typed_key": typed.key, "typed_step": typed.step} if typed else {}
        return cls(formdata=None, data={**carried_over(asked, reading), "pieces": rows_of(reading.pieces), **carried})
