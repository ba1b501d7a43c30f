"""Queries for the hints shown when a meeting is planned or logged."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from tracker.core.db import db
from tracker.core.word_diff import same_words
from tracker.meetings.models import Meeting


def same_name_on_day(name: str, day: dt.date, *, except_id: int | None = None) -> Sequence[Meeting]:
    """Meetings on this day with the same name, ignoring case, spaces and punctuation."""
    meetings = db.session.scalars(select(Meeting).filter_by(date=day).order_by(Meeting.id))
    return [meeting for meeting in meetings if meeting.id != except_id and same_words(meeting.name_id, name)]
