"""Names of a pasted attendance list, with what must be asked about each."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, FormField, ValidationError

from tracker.core.fields import Asked, Code, Line, Paragraph, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.forms import NEW, SeatQuestions, candidate_label, ensure_one_chair
from tracker.meetings.intake.rules import (
    LONGEST_ROW,
    is_a_list,
)
from tracker.meetings.queries import SeatAnswer, Seating, Seats
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Attendee, Question
from tracker.people.forms import ensure_nip
from tracker.people.rules import folded

MOST_NAMES = 200
#: Form value for «no person» among the candidates.
POST_ALONE = "post"


class NamesForm(PageForm):
    names = Paragraph(_l("Names, one per line"), needed=_l("Paste the names."))

    def validate_names(self, field: Paragraph) -> None:
        if not is_a_list(field.data or ""):
            raise ValidationError(
                gettext("Put each name on a line of its own: a line has at most %(max)d characters.", max=LONGEST_ROW)
            )


class NameRow(SeatQuestions, PartForm):
    is_kept = BooleanField(_l("Include"))
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
    rows = Rows(FormField(NameRow), max_entries=MOST_NAMES)
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
