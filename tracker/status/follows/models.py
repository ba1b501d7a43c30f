"""The table of what accounts follow."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model


class Follow(Model):
    """What one account follows, and when it last looked. Names nothing; what it points to is asked for separately."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("account_id", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: The table and number of the thing, as in events.
    subject: Mapped[str]
    subject_id: Mapped[int]
    followed_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
