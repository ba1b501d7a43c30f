"""Forms for a meeting, its status, and the filter of the list."""

import datetime as dt
from typing import Self
from urllib.parse import urlsplit

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.calendar.holidays.rules import DAY
from tracker.core.clock import Zone
from tracker.core.fields import Clock, Code, Combobox, Day, Items, Line, Paragraph, Year
from tracker.core.forms import FilterForm, HintedForm, PageForm
from tracker.core.wording import gettext, long_day, weekday
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import rules
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.models import Meeting
from tracker.meetings.queries import ORDERS, MeetingFilter
from tracker.meetings.rules import (
    MeetingMode,
    MeetingStatus,
    MeetingType,
    SourceType,
)
from tracker.people import queries as people

_COMPLETE = {"yes": True, "no": False}


class MeetingForm(HintedForm):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the meeting's name."))
    name_en = Line(_l("Name in English"))
    meeting_type = Code(MeetingType, _l("Type"))
    date = Day(_l("Date"), needed=_l("Enter the date."))
    weekday_as_written = Line(_l("Weekday as written"), longest=40)
    date_as_written = Line(_l("Date as written"), longest=80)
    date_note = Line(_l("Note on the date"))
    date_note_en = Line(_l("Note on the date in English"))
    called_time = Clock(_l("Called for"))
    start_time = Clock(_l("Started at"))
    end_time = Clock(_l("Closed at"))
    ends_next_day = BooleanField(_l("Ends the next day"))
    end_on = Day(_l("Last day, of several"))
    time_as_written = Line(_l("Time as written"))
    timezone = Code(Zone, _l("Time zone"))
    venue = Line(_l("Venue"))
    venue_detail = Line(_l("Venue in detail"))
    city = Line(_l("City"))
    mode = Code(MeetingMode, _l("In person or online"))
    organiser_unit = Combobox(_l("Organiser"))
    organiser_is_inferred = BooleanField(_l("The source does not name the organiser; it is inferred"))
    invitation_number = Line(_l("Invitation number"))
    invitation_on = Day(_l("Invitation dated"))
    document_number = Line(_l("Number of the minutes"))
    copies_to = Paragraph(_l("Copies to, one per line"))
    source_type = Code(SourceType, _l("Source"), only=rules.SOURCES)
    source_publisher = Line(_l("Published by"))
    source_author = Line(_l("Posted by"))
    source_url = Line(_l("Link to the source"), longest=2000)
    attendance_is_complete = SelectField(
        _l("Is the attendance list complete?"),
        default="",
        choices=lambda: [
            SelectChoice("", gettext("not known")),
            SelectChoice("yes", gettext("Yes")),
            SelectChoice("no", gettext("No")),
        ],
    )
    agenda = Items(_l("Agenda"))
    opening = Paragraph(_l("Opening remarks"))
    closing = Paragraph(_l("Closing remarks"))
    note = Paragraph(_l("Recorder's note"))

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        stored = {name: getattr(meeting, name) for name in (*_STORED, "version")}
        complete = {True: "yes", False: "no", None: ""}[meeting.attendance_is_complete]
        agenda = [item.text for item in meeting.agenda]
        is_usual = meeting.zone is people.zone_of_unit(meeting.organiser_unit_id)
        data = {
            **stored,
            "agenda": agenda,
            "attendance_is_complete": complete,
            "timezone": None if is_usual else meeting.zone,
        }
        form = cls(formdata=None, data=data)
        form.organiser_unit.data = meeting.organiser_unit_id
        form.ends_next_day.data = meeting.end_on == meeting.date + DAY
        form.end_on.data = None if form.ends_next_day.data else meeting.end_on
        return form

    def validate_weekday_as_written(self, field: Line) -> None:
        has_note = self.date_note.data or self.date_note_en.data
        if self.date.data and rules.contradicts_weekday(self.date.data, field.data) and not has_note:
            raise ValidationError(
                gettext(
                    "%(day)s is a %(weekday)s, not %(written)s. "
                    "Correct it, or write a note on the date and save it as it is.",
                    day=long_day(self.date.data),
                    weekday=weekday(self.date.data),
                    written=field.data,
                )
            )

    def validate_end_time(self, field: Clock) -> None:
        is_before = bool(field.data and self.start_time.data and field.data < self.start_time.data)
        if is_before and not self.last_day():
            raise ValidationError(gettext("Does it end the next day? Tick that, or change the hour."))

    def validate_end_on(self, field: Day) -> None:
        if not (field.data and self.date.data):
            return
        if field.data < self.date.data:
            raise ValidationError(gettext("The last day is before the first."))
        if self.ends_next_day.data and field.data != self.date.data + DAY:
            raise ValidationError(gettext("Choose one: it ends the next day or on this day."))

    def last_day(self) -> dt.date | None:
        """The day on which it ends, if it is another day."""
        day: dt.date | None = self.end_on.data
        if self.date.data and self.ends_next_day.data:
            day = self.date.data + DAY
        return day if day != self.date.data else None

    def validate_source_url(self, field: Line) -> None:
        """Other schemes, such as javascript:, are refused."""
        if field.data and urlsplit(field.data).scheme not in {"http", "https"}:
            raise ValidationError(gettext("A link starts with https:// or http://."))

    def offered(self, meeting: Meeting | None = None) -> Self:
        """The form with its choices."""
        self.source_type.offer_also(meeting.source_type if meeting else None)
        self.organiser_unit.offer(people.UNITS, gettext("not yet set"))
        return self

    def draft(self) -> MeetingDraft:
        return MeetingDraft(
            **{name: self[name].data for name in _STORED},
            organiser_unit_id=self.organiser_unit.data,
            end_on=self.last_day(),
            attendance_is_complete=_COMPLETE.get(self.attendance_is_complete.data),
        )


#: Attributes with the same name in the form, the draft and the table.
_STORED = (
    "name_id", "name_en", "meeting_type", "date", "weekday_as_written", "date_as_written", "date_note",
    "date_note_en", "called_time", "start_time", "end_time", "time_as_written", "timezone", "venue",
    "venue_detail", "city", "mode", "organiser_is_inferred", "invitation_number", "invitation_on",
    "document_number", "copies_to", "source_type", "source_publisher", "source_author", "source_url", "opening",
    "closing", "note",
)  # fmt: skip


class MoveForm(PageForm):
    reason = Paragraph(_l("Reason"))

    def mark_required(self, to: MeetingStatus) -> None:
        """A step that needs no reason asks for a remark instead."""
        self.reason.flags.required = to in rules.NEEDS_REASON
        if not self.reason.flags.required:
            self.reason.label.text = gettext("Remarks")


class RescheduleForm(MoveForm):
    date = Day(_l("New date"), needed=_l("Enter the new date."))


class MeetingFilterForm(FilterForm):
    orders = tuple(ORDERS)

    q = Line(_l("Text or code"))
    meeting_type = Code(MeetingType, _l("Type"))
    status = Code(MeetingStatus, _l("Status"))
    year = Year(_l("Year"))
    unit = Combobox(_l("Organiser"))
    from_on = Day(_l("From"))
    to_on = Day(_l("Until"))

    def filter(self) -> MeetingFilter:
        return MeetingFilter(
            q=self.q.data,
            meeting_type=self.meeting_type.data,
            status=self.status.data,
            year=int(self.year.data) if self.year.data else None,
            unit_id=self.unit.data,
            from_on=self.from_on.data,
            to_on=self.to_on.data,
            order=self.order,
        )
