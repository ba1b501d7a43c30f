"""Forms for attendance rows, and the questions asked when a name is ambiguous."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField, ValidationError

from tracker.core.fields import Asked, Code, Combobox, Line
from tracker.core.forms import PageForm
from tracker.core.request import row_number
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import CHAIR_TAKEN
from tracker.meetings.models import Attendance
from tracker.meetings.queries import Candidate, SeatAnswer, Seating
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Attendee, Question
from tracker.people.forms import NO_POST, HeldQuestion
from tracker.people.rules import folded, parsed

#: Choice for a person who is not in the register.
NEW = "new"


class SeatQuestions(HeldQuestion):
    meant = Asked(_l("Who is it?"))
    again = BooleanField(_l("Add a second row"))
    #: The name that was asked about; the answers apply only to it.
    asked_about = HiddenField()
    #: Whether the box for a second row is shown.
    asks_again = False

    def answer(self, name: str) -> SeatAnswer:
        """The answers, if they are about this name."""
        if folded(self.asked_about.data or "") != folded(name):
            return SeatAnswer(is_second_row=False)
        meant, held = self.meant.data or "", self.held.data or ""
        return SeatAnswer(
            person_id=row_number(meant),
            is_new=meant == NEW,
            position_id=row_number(held),
            has_no_post=held == NO_POST,
            is_second_row=self.again.data,
        )

    def ask(self, seating: Seating, name: str) -> None:
        self.asked_about.data = name
        if Question.WHO in seating.questions:
            self.ask_who(name, seating.candidates)
        if seating.person is not None and row_number(self.meant.data):
            self.meant.ask([(str(seating.person.id), seating.person.full_name)])
        if Question.POST in seating.questions:
            self.ask_post(seating.person.full_name if seating.person else name, seating.posts)
        if Question.SECOND_ROW in seating.questions:
            self.asks_again = True
            who = seating.person.full_name if seating.person else seating.attendee.name
            self.again.errors = [
                gettext("%(name)s is already on the list%(as)s.", name=who, **{"as": _row_details(seating)})
            ]

    def ask_who(self, name: str, candidates: Sequence[Candidate]) -> None:
        choices = [(str(candidate.person.id), candidate_label(candidate)) for candidate in candidates]
        self.meant.ask(
            [*choices, (NEW, gettext("somebody new"))],
            gettext("“%(name)s” may be in the register. Choose who it is.", name=name),
        )
        if len(candidates) == 1:
            self.meant.propose(choices[0][0])


def candidate_label(candidate: Candidate) -> str:
    posts = ", ".join(f"{post.words} ({post.unit})" if post.unit else post.words for post in candidate.posts)
    on_the_list = gettext("on the attendance list") if candidate.is_on_the_list else ""
    provisional = gettext("provisional") if candidate.person.is_provisional else ""
    details = [part for part in (posts, on_the_list, provisional, "" if posts else candidate.person.note) if part]
    return f"{candidate.person.full_name} – {'; '.join(details)}" if details else candidate.person.full_name


def _row_details(seating: Seating) -> str:
    row = seating.row
    if row is None:
        return ""
    return f" ({', '.join(filter(None, (row.post_as_written, label(row.role), label(row.status))))})"


class AttendanceForm(SeatQuestions, PageForm):
    person = Combobox(_l("Person"))
    position = Combobox(_l("Post"))
    post_as_written = Line(_l("Post as written"))
    role = Code(AttendanceRole, _l("Role"))
    status = Code(AttendanceStatus, _l("Attendance"))
    new_name = Line(_l("Name, if the person is not in the register"))
    unit_as_written = Line(_l("Unit or body as written"))
    represented_by = Line(_l("Represented by"))
    note = Line(_l("Note"))

    @classmethod
    def of(cls, row: Attendance) -> "AttendanceForm":
        names = ("post_as_written", "unit_as_written", "role", "status", "represented_by", "note", "version")
        form = cls(formdata=None, data={name: getattr(row, name) for name in names})
        form.person.data, form.position.data = row.person_id, row.position_id
        return form

    def suggest(self, represented_by: str | None, note: str | None, status: AttendanceStatus) -> None:
        """Fill in what was answered to the invitation; what was typed stays."""
        self.status.data = status
        self.represented_by.data = represented_by or self.represented_by.data
        self.note.data = self.note.data or note

    def is_empty(self) -> bool:
        return not (self.person.data or self.position.data or self.post_as_written.data or self.new_name.data)

    def name_meant(self) -> str:
        """The name, or the post if no person is named, that the questions are about."""
        return self.new_name.data or self.person.words or self.post_as_written.data or self.position.words or ""

    def attendee(self, title: str | None) -> Attendee:
        """The row as if typed in the roll-call; `title` is that of the chosen post."""
        name = parsed(self.new_name.data or "")
        is_person = bool(self.person.data or self.new_name.data)
        return Attendee(
            name=name.core or (self.name_meant() if is_person else self.post_as_written.data or title or ""),
            title_prefix=name.prefix,
            title_suffix=name.suffix,
            post=self.post_as_written.data if is_person else None,
            unit=self.unit_as_written.data,
            role=self.role.data or AttendanceRole.PARTICIPANT,
            status=self.status.data or AttendanceStatus.PRESENT,
            represented_by=self.represented_by.data,
            note=self.note.data,
        )

    def seat_answer(self, *, is_same_person: bool) -> SeatAnswer:
        """Who is meant, according to the form. A post that was removed from the row is not filled in again."""
        answer = self.answer(self.name_meant())
        if self.new_name.data:
            return answer
        if not self.person.data:
            return replace(answer, is_post=True)
        return replace(answer, person_id=self.person.data, has_no_post=answer.has_no_post or is_same_person)

    def validate_person(self, field: Combobox) -> None:
        if self.is_empty():
            raise ValidationError(gettext("Choose a person or a post, or write the post."))

    def validate_new_name(self, field: Line) -> None:
        if field.data and self.person.data:
            raise ValidationError(gettext("Choose the person or write a new name, not both."))


def ensure_one_chair(rows: Iterable[Any]) -> None:
    chairs = [row for row in rows if row.role.data is AttendanceRole.CHAIR]
    for row in chairs[1:]:
        row.role.errors = [str(CHAIR_TAKEN.sentence)]
    if len(chairs) > 1:
        raise ValidationError(str(CHAIR_TAKEN.sentence))
