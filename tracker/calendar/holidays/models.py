"""The table of days off."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.db import Model, Versioned, codes


class Holiday(Versioned, Model):
    """A day off other than Saturday and Sunday."""

    __tablename__ = "holiday"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: One row per day: if two holidays coincide, the name mentions both.
    date: Mapped[dt.date] = mapped_column(unique=True)
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    kind: Mapped[HolidayKind] = mapped_column(codes(HolidayKind, "kind"))
    #: False while the date is an estimate, before the decree or the sighting of the moon.
    is_confirmed: Mapped[bool] = mapped_column(default=True)
