"""Hints shown once before a meeting is stored: similar meetings, days off."""

import datetime as dt
from collections.abc import Iterator, Sequence

from flask import url_for

from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import SATURDAY
from tracker.core.forms import Hint
from tracker.core.wording import either, gettext, in_words, short_days, weekday
from tracker.meetings.models import Meeting


def planning_hints(same: Sequence[Meeting], day: dt.date, off: Holiday | None, *, today: dt.date) -> list[Hint]:
    return [*(_existing_meeting_hint(meeting) for meeting in same), *(_day_off_hints(day, off) if day >= today else ())]


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
    elif day.isoweekday() >= SATURDAY:
        yield Hint(f"weekend-{day}", gettext("Weekend: %(weekday)s", weekday=weekday(day)))
