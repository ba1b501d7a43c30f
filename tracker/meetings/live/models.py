"""Drafts of lines that are still being typed."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.models import Meeting


class TypedLine(PartOfClassified, Model):
    """A draft. Its key becomes the form key of the line when that is stored."""

    __tablename__ = "typed_line"
    __table_args__ = (Index("ix_typed_line_meeting", "meeting_id", "account_id"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    typed_at: Mapped[datetime]
    #: Increases with each save, so that outdated saves are recognised.
    step: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)
