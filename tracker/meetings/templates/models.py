"""The table of templates. A template is a habit, not a record: a meeting keeps nothing of it but what it filled in."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model, Versioned, codes
from tracker.meetings.rules import MeetingMode, MeetingType


class MeetingTemplate(Versioned, Model):
    """What meetings of one type usually have; what varies stays empty."""

    __tablename__ = "meeting_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_type: Mapped[MeetingType] = mapped_column(codes(MeetingType, "meeting_type"), unique=True)
    venue: Mapped[str | None]
    venue_detail: Mapped[str | None]
    city: Mapped[str | None]
    mode: Mapped[MeetingMode | None] = mapped_column(codes(MeetingMode, "mode"))
    organiser_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    agenda: Mapped[list[str]]
    #: Posts as in a roll-call, one an entry, with the mark of their role: «p Direktur Jenderal HAM».
    posts: Mapped[list[str]]
