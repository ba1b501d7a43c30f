"""The table of what accounts follow."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model


class Follow(Model):
    """A row that an account follows or has looked at. The row itself is loaded separately, and only if visible."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("account_id", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: Table and id of the row, as in events.
    subject: Mapped[str]
    subject_id: Mapped[int]
    followed_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
