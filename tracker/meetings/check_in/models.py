"""The table of those who typed their name at the door."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.check_in.rules import ArrivalState
from tracker.meetings.models import Meeting


class Arrival(PartOfClassified, Model):
    """A name typed beside the code of the room; nobody is present by it until the secretariat confirms it."""

    __tablename__ = "meeting_arrival"
    __table_args__ = (
        # A name waits once, however often the button is pressed.
        Index(
            "ix_meeting_arrival_waits_once",
            "meeting_id",
            "folded",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str]
    #: The name as it is compared.
    folded: Mapped[str]
    #: Whom they say they represent.
    on_behalf_of: Mapped[str | None]
    arrived_at: Mapped[datetime]
    state: Mapped[ArrivalState] = mapped_column(codes(ArrivalState, "state"))

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)
