"""Forms for series."""

from wtforms import ValidationError

from tracker.core.fields import Clock, Code, Day, Items, Line, Pick, PickSeveral
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.series.commands import NextDraft, SeriesDraft
from tracker.meetings.series.models import MeetingSeries
from tracker.meetings.series.rules import Rhythm


class SeriesForm(PageForm):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the name of the series."))
    name_en = Line(_l("Name in English"))
    rhythm = Code(Rhythm, _l("How often it meets"))

    @classmethod
    def of(cls, series: MeetingSeries) -> "SeriesForm":
        names = ("name_id", "name_en", "rhythm", "version")
        return cls(formdata=None, data={name: getattr(series, name) for name in names})

    def draft(self) -> SeriesDraft:
        return SeriesDraft(name_id=self.name_id.data, name_en=self.name_en.data, rhythm=self.rhythm.data)


class JoinForm(PageForm):
    series = Pick(_l("Series"), needed=_l("Choose the series."))


class NextForm(PageForm):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the meeting's name."))
    date = Day(_l("Date"), needed=_l("Enter the date."))
    start_time = Clock(_l("Starts at"))
    end_time = Clock(_l("Ends at"))
    venue = Line(_l("Venue"))
    venue_detail = Line(_l("Venue in detail"))
    chair = Pick(_l("Chair of the meeting"))
    agenda = Items(_l("Agenda"))
    carried = PickSeveral(_l("Carried over: not discussed at the last meeting"))

    def validate_end_time(self, field: Clock) -> None:
        """Refused because the last day cannot be entered here, only when the meeting is edited."""
        if field.data and self.start_time.data and field.data < self.start_time.data:
            raise ValidationError(
                gettext("That is before it starts. Leave it empty if the meeting runs past midnight.")
            )

    def draft(self) -> NextDraft:
        return NextDraft(
            name_id=self.name_id.data,
            date=self.date.data,
            start_time=self.start_time.data,
            end_time=self.end_time.data,
            venue=self.venue.data,
            venue_detail=self.venue_detail.data,
            chair_id=self.chair.data,
        )
