"""The form for a new meeting: what everybody knows of it, its people, and what few meetings need."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Self

from wtforms import FormField, HiddenField, ValidationError

from tracker.audit.forms import WithHistory
from tracker.core.actor import Classification
from tracker.core.errors import NotAccepted
from tracker.core.fields import Code, Comboboxes, Lines, Rows
from tracker.core.forms import PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.forms import NEW, MeetingForm, SeatQuestions
from tracker.meetings.intake.forms.names import MOST_NAMES
from tracker.meetings.intake.forms.pieces import PiecesPart, rows_of
from tracker.meetings.intake.forms.source import TextForm, carried_over
from tracker.meetings.intake.rules import LONGEST_ROW, Header, Reading, attendees_of, is_a_list
from tracker.meetings.models import Meeting
from tracker.meetings.queries import SeatAnswer, Seats
from tracker.meetings.rules import AttendanceRole, Attendee, Question
from tracker.people import queries as people
from tracker.people.rules import folded


class Door(StrEnum):
    """How a meeting is begun: from a plan, just held, or from a text."""

    HELD = "held"
    UPCOMING = "upcoming"
    TEXT = "text"


class AskedName(SeatQuestions, PartForm):
    """Who is meant by a name of the list."""


class NewMeetingForm(WithHistory, MeetingForm):
    door = HiddenField(default=Door.HELD)
    classification = Code(
        Classification, _l("Classification"), needed=_l("Choose a classification."), default=Classification.ORDINARY
    )
    people = Comboboxes(_l("Participants"))
    names = Lines(_l("Names and posts, one per line"))
    asked = Rows(FormField(AskedName), max_entries=MOST_NAMES)

    def offered(self, meeting: Meeting | None = None) -> Self:
        self.people.offer(people.PERSONS, gettext("Search for a name"))
        return super().offered(meeting)

    def draft(self) -> MeetingDraft:
        return replace(super().draft(), classification=self.classification.data)

    def picked(self) -> list[tuple[Attendee, SeatAnswer]]:
        return [
            (Attendee(role=AttendanceRole.PARTICIPANT, name=choice.name), SeatAnswer(person_id=choice.id))
            for choice in self.people.chosen
        ]

    def attendees(self) -> list[Attendee]:
        return attendees_of("\n".join(self.names.entries()), MOST_NAMES)

    def validate_names(self, field: Lines) -> None:
        if field.entries() and not is_a_list("\n".join(field.entries())):
            raise ValidationError(
                gettext("Put each name on a line of its own: a line has at most %(max)d characters.", max=LONGEST_ROW)
            )
        if field.entries() and not 0 < len(self.attendees()) <= MOST_NAMES:
            raise ValidationError(gettext("Paste at least one name, and at most %(max)d.", max=MOST_NAMES))

    def settle(self, lines: Sequence[tuple[Attendee, SeatAnswer]], seats: Seats) -> list[tuple[Attendee, SeatAnswer]]:
        """Each line with who is meant, and in which post. `NotAccepted` if that is not clear: then the form asks."""
        given = {folded(entry.form.asked_about.data or ""): entry.form for entry in self.asked.entries}
        settled, is_clear = [], True
        for attendee, known in lines:
            asked = given.get(folded(attendee.name))
            answer = asked.answer(attendee.name) if asked else known
            if known.person_id:
                answer = replace(answer, person_id=known.person_id, is_new=False)
            seating = seats.seating(attendee, answer)
            if seating.questions - {Question.SECOND_ROW}:
                is_clear = False
                asked = asked or self.asked.append_entry().form
                asked.ask(replace(seating, questions=seating.questions - {Question.SECOND_ROW}), attendee.name)
            elif asked:  # asked again with its answer, as another line may not be clear yet
                if asked.meant.data:
                    asked.meant.ask([(asked.meant.data, _said(asked.meant.data, seating.person))])
                asked.held.ask((str(post.position_id), post.words) for post in seating.posts)
            settled.append((attendee, answer))
        if not is_clear:
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
        return settled

    def fill(self, usual: Mapping[str, Any]) -> None:
        """Fill empty fields with the usual values."""
        for name, value in usual.items():
            if not self[name].data:
                self[name].data, self[name].raw_data = value, None


class TextMeetingForm(PiecesPart, NewMeetingForm):
    """A meeting with its people and statements, as read in a text."""

    @classmethod
    def read_in(cls, asked: TextForm, header: Header, present: Sequence[str], reading: Reading) -> Self:
        data = {
            "door": Door.TEXT, **carried_over(asked, reading), "names": list(present), "agenda": list(reading.agenda),
            "pieces": rows_of(reading.pieces), **header.values,
        }  # fmt: skip
        return cls(formdata=None, data=data)

    def read_again(self, before: Self, after: Self) -> None:
        super().read_again(before, after)
        for name in _READ:
            if not self[name].process_errors and _held(self[name]) == _held(before[name]):
                self[name].data, self[name].raw_data = after[name].data, None

    def offer(self, speakers: Sequence[tuple[int, str]]) -> None:
        """There is no attendance list yet: speakers are named."""
        super().offer(speakers)
        for entry in self.pieces.entries:
            entry.form.speaker_note.label.text = entry.form.speaker.label.text

    def facts(self) -> list[tuple[str, str]]:
        names = ("name_id", "date_as_written", "venue", "venue_detail", "city", "source_publisher", "source_author",
                 "source_url")  # fmt: skip
        return [(self[name].id, self[name].data) for name in names if self[name].data]


#: What is read about a meeting besides what was said.
_READ = (
    "name_id", "date", "date_as_written", "weekday_as_written", "time_as_written", "start_time", "end_time", "timezone",
    "venue", "venue_detail", "city", "document_number", "source_type", "source_publisher", "source_author",
    "source_url", "names", "agenda",
)  # fmt: skip


def _held(field: Any) -> Any:
    """What a field holds, however it is typed."""
    if isinstance(field, Lines):
        return field.entries()
    return " ".join(field.data.split()) if isinstance(field.data, str) else field.data


def _said(meant: str | None, person: Any) -> str:
    return gettext("somebody new") if meant == NEW or person is None else str(person.full_name)
