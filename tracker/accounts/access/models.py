"""Tables of links and office identities. Tokens are stored only as hashes."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.access import rules
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.core.db import Model, codes


class AccessLink(Model):
    """A link with which the password of the account can be set once."""

    __tablename__ = "access_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(codes(LinkKind, "kind"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    def is_usable(self, now: datetime) -> bool:
        """The account must be loaded."""
        return rules.is_usable(self.kind, self.made_at, self.used_at, self.account.invited_at, now)


class ResetRequest(Model):
    """A request for a new password. Only the worker checks whether the account exists, so the page cannot reveal it."""

    __tablename__ = "reset_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    asked_at: Mapped[datetime]


class OfficeIdentity(Model):
    """The account's identity at the office sign-in: issuer and subject (OpenID Connect Core, 5.7)."""

    __tablename__ = "office_identity"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    since: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
