"""The outbox."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Account
from tracker.core.db import Model, codes
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.people.models import Person


class Notice(Model):
    """A mail to an account, or to a person without one. Its text is not stored: it is written when the mail is sent."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_recipient"),
        Index("ix_notice_due", "due_at", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        Index("ix_notice_state", "state", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Event and recipient, or week and account, so that no mail is sent twice.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(codes(NoticeKind, "kind"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
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

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, sort_order=1)

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
