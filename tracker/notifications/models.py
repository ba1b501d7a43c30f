"""The outbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Account
from tracker.core.db import Model, codes
from tracker.notifications.rules import NoticeKind, NoticeState


class Notice(Model):
    """A mail to an account. Its text is not stored: it is written when the mail is sent."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_due", "due_at", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        Index("ix_notice_state", "state", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Event and account, or week and account, so that no mail is sent twice.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(codes(NoticeKind, "kind"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: The row it is about; None for a digest.
    subject_id: Mapped[int | None]
    state: Mapped[NoticeState] = mapped_column(codes(NoticeState, "state"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    #: Leased to a worker until then; afterwards another may take it.
    taken_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    #: The name of the exception, never the text of the mail.
    fault: Mapped[str | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
