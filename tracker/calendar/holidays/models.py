"""The table of days off."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.db import Model, Versioned, codes


class Holiday(Versioned, Model):
    """A day off besides Saturdays and Sundays. Decrees change in the middle of a year, so it can be edited."""

    __tablename__ = "holiday"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: One row a day: where two holidays fall together, the name has both.
    date: Mapped[dt.date] = mapped_column(unique=True)
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    kind: Mapped[HolidayKind] = mapped_column(codes(HolidayKind, "kind"))
    #: False while the day is an estimate: no decree yet, or the moon decides.
    is_confirmed: Mapped[bool] = mapped_column(default=True)
