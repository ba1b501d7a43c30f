"""Forms of series."""

from tracker.core.fields import Code, Day, Items, Line, Pick, PickSeveral
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l
from tracker.series.commands import SeriesDraft
from tracker.series.models import MeetingSeries
from tracker.series.rules import Rhythm


class SeriesForm(PageForm):
    """What is said of a series."""

    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the name of the series."))
    name_en = Line(_l("Name in English"))
    rhythm = Code(Rhythm, _l("How often it meets"))

    @classmethod
    def of(cls, series: MeetingSeries) -> "SeriesForm":
        """The form as stored."""
        names = ("name_id", "name_en", "rhythm", "version")
        return cls(formdata=None, data={name: getattr(series, name) for name in names})

    def draft(self) -> SeriesDraft:
        """What the commands want."""
        return SeriesDraft(name_id=self.name_id.data, name_en=self.name_en.data, rhythm=self.rhythm.data)


class JoinForm(PageForm):
    """Which series a meeting belongs to."""

    series = Pick(_l("Series"), needed=_l("Choose the series."))


class NextForm(PageForm):
    """The next meeting of a series."""

    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the meeting's name."))
    date = Day(_l("Date"), needed=_l("Enter the date."))
    agenda = Items(_l("Agenda"))
    carried = PickSeveral(_l("Carried over: not discussed at the last meeting"))
