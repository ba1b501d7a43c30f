"""Tables of series and the order of their meetings."""

from sqlalchemy import ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.copies import CopiedName
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.models import Meeting
from tracker.meetings.series.rules import Rhythm


class MeetingSeries(PartOfClassified, Versioned, Model):
    """A series of meetings (rangkaian rapat). It always has at least one meeting."""

    __tablename__ = "meeting_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_id: Mapped[str] = mapped_column(CopiedName("id"))
    name_en: Mapped[str | None] = mapped_column(CopiedName("en"))
    rhythm: Mapped[Rhythm | None] = mapped_column(codes(Rhythm, "rhythm"))
    #: The meeting its name was copied from; the name is shown only where that meeting is visible.
    named_after_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)

    meetings: Mapped[list[Meeting]] = relationship(
        secondary="series_meeting",
        primaryjoin="MeetingSeries.id == SeriesMeeting.series_id",
        secondaryjoin="SeriesMeeting.meeting_id == Meeting.id",
        viewonly=True,
        lazy="raise_on_sql",
    )

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return cls.meetings.any()


class SeriesMeeting(PartOfClassified, Model):
    __tablename__ = "series_meeting"
    __table_args__ = (
        Index("ix_series_meeting_series", "series_id"),
        Index("ix_series_meeting_previous", "previous_id"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    #: The meeting before it, whose minutes it approves.
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))

    series: Mapped[MeetingSeries] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id], lazy="raise_on_sql")
    previous: Mapped[Meeting | None] = relationship(foreign_keys=[previous_id], lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)
