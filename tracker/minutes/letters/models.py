"""What an invitation letter says beyond its meeting, whose number and date of the invitation it carries."""

from sqlalchemy import ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, Versioned
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.models import Meeting
from tracker.people.models import Person, Position


class InvitationLetter(PartOfClassified, Versioned, Model):
    __tablename__ = "invitation_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    #: The town of the letterhead, which need not be that of the meeting.
    written_in: Mapped[str | None]
    signatory_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    enclosures: Mapped[str | None]
    request: Mapped[str | None]
    #: Who gets a copy of the letter (tembusan), one per line.
    copies_to: Mapped[str | None]

    signatory_position: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    signatory: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)
