"""Hints shown once before a meeting is stored: similar meetings, days off."""

import datetime as dt
from collections.abc import Iterator

from flask import url_for

from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import is_weekend
from tracker.core import clock
from tracker.core.forms import Hint
from tracker.core.wording import either, gettext, in_words, short_days, weekday
from tracker.meetings import queries
from tracker.meetings.forms.meeting import MeetingForm
from tracker.meetings.models import Meeting


def hints_about(form: MeetingForm, meeting: Meeting | None = None) -> list[Hint]:
    """Hints about this name and day; when editing, only if one of them changed."""
    name: str = form.name_id.data or ""
    day: dt.date = form.date.data
    if meeting and (meeting.name_id, meeting.date) == (name, day):
        return []
    same = queries.same_name_on_day(name, day, except_id=meeting.id if meeting else None)
    off = holidays.days_off(day, day).get(day)
    is_ahead = day >= clock.today()
    return [*(_existing_meeting_hint(each) for each in same), *(_day_off_hints(day, off) if is_ahead else ())]


def _existing_meeting_hint(meeting: Meeting) -> Hint:
    name = either(meeting.name_id, meeting.name_en)
    days = short_days(meeting.date, meeting.end_on)
    sentence = gettext("Already there: %(code)s %(name)s, %(days)s", code=meeting.code, name=name, days=days)
    return Hint(f"meeting-{meeting.id}", sentence, url_for("meetings.show", meeting_id=meeting.id))


def _day_off_hints(day: dt.date, off: Holiday | None) -> Iterator[Hint]:
    if off:
        yield Hint(
            f"off-{day}",
            gettext("Day off: %(name)s", name=in_words(off, "name")),
            url_for("holidays.index", year=day.year),
        )
    elif is_weekend(day):
        yield Hint(f"weekend-{day}", gettext("Weekend: %(weekday)s", weekday=weekday(day)))
