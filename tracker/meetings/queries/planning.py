"""What somebody who plans or logs a meeting should know of its day."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from tracker.core.db import db
from tracker.core.word_diff import same_words
from tracker.meetings.models import Meeting


def of_the_same_name(name: str, day: dt.date, *, except_id: int | None = None) -> Sequence[Meeting]:
    """Meetings on this day that are called the same, but for case, spaces and punctuation."""
    found = db.session.scalars(select(Meeting).filter_by(date=day).order_by(Meeting.id))
    return [one for one in found if one.id != except_id and same_words(one.name_id, name)]
