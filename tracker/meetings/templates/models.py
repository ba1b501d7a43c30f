"""The table of templates. Meetings do not reference the template from which they were filled in."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model, Versioned, codes
from tracker.meetings.rules import MeetingMode, MeetingType


class MeetingTemplate(Versioned, Model):
    """The usual values for meetings of one type; null if they vary."""

    __tablename__ = "meeting_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_type: Mapped[MeetingType] = mapped_column(codes(MeetingType, "meeting_type"), unique=True)
    venue: Mapped[str | None]
    venue_detail: Mapped[str | None]
    city: Mapped[str | None]
    mode: Mapped[MeetingMode | None] = mapped_column(codes(MeetingMode, "mode"))
    organiser_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    agenda: Mapped[list[str]]
    #: Posts as typed in the roll-call, with the prefix of their role: «p Direktur Jenderal HAM».
    posts: Mapped[list[str]]
