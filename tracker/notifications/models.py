"""The outbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Account
from tracker.core.db import Model, codes
from tracker.notifications.rules import NoticeKind, NoticeState


class Notice(Model):
    """One mail to one account. It holds no word of what it tells: that is asked for when it is sent."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_due", "due_at", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        Index("ix_notice_state", "state", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Why this mail and no second one: its event and account, or its week and account.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(codes(NoticeKind, "kind"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: The row it is about; None for a digest.
    subject_id: Mapped[int | None]
    state: Mapped[NoticeState] = mapped_column(codes(NoticeState, "state"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    #: A worker has it until then; afterwards, should that worker have died, another may take it.
    taken_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    #: The kind of fault, never what the mail says.
    fault: Mapped[str | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
