"""Forms for pasted texts: the text, then its pieces to keep, correct or skip."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import BooleanField, FormField, HiddenField, ValidationError
from wtforms.widgets import HiddenInput

from tracker.core import clock, storage
from tracker.core.errors import NotFound
from tracker.core.fields import Asked, Code, Day, Line, Paragraph, Pick, Quote, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.media_types import UnacceptableFile, clean_name, media_type
from tracker.core.pages import me
from tracker.core.request import row_number
from tracker.core.settings import current_settings
from tracker.core.texts import shortened
from tracker.core.uploads import Upload
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import StatementDraft
from tracker.meetings.forms import NEW, SeatQuestions, candidate_label, ensure_one_chair, ensure_words
from tracker.meetings.intake import queries
from tracker.meetings.intake.commands import PieceDraft, TaskDraft
from tracker.meetings.intake.formats import Place, Places
from tracker.meetings.intake.formats.documents import (
    LONGEST_SOURCE,
    Unread,
    UnreadableFile,
    is_protected,
    plain_of_file,
)
from tracker.meetings.intake.queries import Source
from tracker.meetings.intake.rules import (
    LONGEST_ROW,
    Manner,
    Piece,
    Reading,
    Stretch,
    corrected,
    is_a_list,
    joined,
    marked,
    split_at_line_end,
)
from tracker.meetings.live.commands import Seen
from tracker.meetings.live.forms import seen
from tracker.meetings.queries import SeatAnswer, Seating, Seats
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Attendee, Question, StatementKind
from tracker.people.forms import ensure_nip
from tracker.people.rules import folded

#: Names of a list, and parts of a text.
MOST_PIECES, MOST_PARTS = 200, 1000
TOO_MUCH = _l("This is too much at once: at most %(max)d parts.", max=MOST_PARTS)
#: Of the corrections that could not be kept.
MOST_TOLD, LONGEST_TOLD = 10, 80
_LARGEST_FILE = 10 * 1024 * 1024


class HiddenText(Quote):
    """The text that was pasted, sent along byte for byte."""

    widget = HiddenInput()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_settings().secret_key, salt="text of a meeting")


class KeptFile(HiddenField):
    """A file that waits in storage until its minutes are confirmed: signed, so that nobody can name another."""

    def keep(self, upload: Any, account_id: int | None) -> None:
        storage.waiting().drop_old(clock.now())  # the worker does, too, but only where there is one
        mark = storage.waiting().put(upload.stream)
        self.data = _signer().dumps([mark, clean_name(upload.filename), upload.media_type, account_id])

    def found(self, account_id: int | None) -> Source | None:
        if not self.data:
            return None
        try:
            mark, name, media_type, kept_by = _signer().loads(self.data)
        except BadSignature as forged:
            raise NotFound from forged
        if kept_by != account_id:
            raise NotFound
        return queries.kept(mark, name, media_type)


class ReadableFile:
    """Refuses, in words, a file whose text cannot be read."""

    def __call__(self, _: object, field: Any) -> None:
        if not field.data:
            return
        stream, name = field.data.stream, clean_name(field.data.filename)
        try:
            if is_protected(stream):
                raise UnreadableFile(Unread.PASSWORD)
            field.data.media_type = media_type(stream, name, _LARGEST_FILE)
            plain_of_file(stream, field.data.media_type)
        except (UnacceptableFile, UnreadableFile) as refused:
            reason = refused.fault if isinstance(refused, UnacceptableFile) else refused.reason
            raise ValidationError(label(reason)) from refused
        finally:
            stream.seek(0)


_KEEP = _l("Include")
#: Form value for «no person» among the candidates.
POST_ALONE = "post"


class TypedForm(PageForm):
    """Carries the live minutes' draft that is deleted when its text is stored from here."""

    typed_key = HiddenField()
    typed_step = HiddenField()

    def typed(self) -> Seen | None:
        return seen(self.typed_key.data, self.typed_step.data)


class SourcePart:
    """The source of the pieces, from step to step."""

    text = HiddenText(longest=LONGEST_SOURCE)
    kept = KeptFile()
    manner = HiddenField()

    @cached_property
    def source(self) -> Source:
        text = self.text.data or ""
        return self.kept.found(me().account_id) or queries.pasted(text, gettext("Pasted text") + ".txt")

    def validate_kept(self, field: KeptFile) -> None:
        if field.data and field.found(me().account_id) is None:
            raise ValidationError(gettext("The file is kept for seven days, which are over. Choose it again."))

    def chosen_manner(self) -> Manner | None:
        return Manner(self.manner.data) if self.manner.data in set(Manner) else None


class TextForm(SourcePart, TypedForm):
    text = Quote(_l("Text of the notes or the press release"), longest=LONGEST_SOURCE)
    file = Upload(_l("Or a file"), also=(ReadableFile(),))
    #: How to read it, chosen after it was read in another way.
    again = HiddenField()

    def chosen_manner(self) -> Manner | None:
        return Manner(self.again.data) if self.again.data in set(Manner) else None

    def validate_text(self, field: Quote) -> None:
        if not (field.data or self.file.data or self.kept.data):
            raise ValidationError(gettext("Paste the text, or choose a file."))

    def former_manner(self) -> Manner | None:
        """How it was read, if it is now to be read in another way."""
        is_known = self.chosen_manner() and self.manner.data in set(Manner)
        return Manner(self.manner.data) if is_known else None

    def read_source(self) -> Source:
        """The file that was chosen, else the text."""
        if self.file.data:
            self.kept.keep(self.file.data, me().account_id)
        return self.source


class PieceRow(PartForm):
    is_kept = BooleanField(_KEEP)
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

    def told_lost(self) -> str:
        words = [f"“{shortened(words, LONGEST_TOLD)}”" for words in self.lost[:MOST_TOLD]]
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


def carried_over(asked: TextForm, reading: Reading) -> dict[str, Any]:
    """The source, for the next step: the file if there is one, else the text as pasted."""
    return {
        "text": "" if asked.kept.data else asked.text.data, "kept": asked.kept.data, "manner": reading.manner.value,
    }  # fmt: skip


class PiecesForm(PiecesPart, TypedForm):
    @classmethod
    def of(cls, asked: TextForm, reading: Reading) -> "PiecesForm":
        typed = asked.typed()
        carried = {"typed_key": typed.key, "typed_step": typed.step} if typed else {}
        return cls(formdata=None, data={**carried_over(asked, reading), "pieces": rows_of(reading.pieces), **carried})


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
