"""Tables of accounts and sign-ins."""

from datetime import datetime
from types import MappingProxyType

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.rules import DueDatesAs
from tracker.audit.models import NamesSomebody
from tracker.audit.rules import Part
from tracker.core.actor import Classification, Role
from tracker.core.db import Model, Versioned, codes
from tracker.people.models import Person


class Account(NamesSomebody, Versioned, Model):
    __tablename__ = "account"
    parts = MappingProxyType({"person_id": Part.OWNER})

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str | None]
    clearance: Mapped[Classification] = mapped_column(
        codes(Classification, "clearance"), default=Classification.ORDINARY
    )
    created_at: Mapped[datetime]
    #: Without an address no notices are sent.
    email: Mapped[str | None]
    wants_digest: Mapped[bool] = mapped_column(default=True)
    #: Identifies the account at its first office sign-in; set by an administrator, in lower case.
    office_address: Mapped[str | None] = mapped_column(unique=True)
    #: When the tour of the first sign-in was finished or skipped.
    toured_at: Mapped[datetime | None]
    #: When the open invitation was made; its link was made at the same moment. None once a password is set.
    invited_at: Mapped[datetime | None] = mapped_column(sort_order=1)
    #: When the office sign-in asked for this account, until an administrator answers.
    asked_at: Mapped[datetime | None] = mapped_column(sort_order=2)

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    roles: Mapped[list["AccountRole"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class AccountRole(Model):
    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(codes(Role, "role"), primary_key=True)

    account: Mapped[Account] = relationship(back_populates="roles", lazy="raise_on_sql")


class Grant(Model):
    """Access of an account to one classified meeting (need to know). Its clearance must be high enough as well."""

    __tablename__ = "meeting_grant"
    __table_args__ = (UniqueConstraint("meeting_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str]
    by_name: Mapped[str]
    at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class SignIn(Model):
    """A sign-in in one browser. Only its token's hash is stored; ending it ends it for every copy of the cookie."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: When password and code were last entered in this browser.
    proved_at: Mapped[datetime]
    address: Mapped[str | None]
    browser: Mapped[str | None]
    #: The preview that this browser shows; ignored once expired.
    preview_id: Mapped[int | None] = mapped_column(ForeignKey("preview.id"))

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class CalendarAddress(Model):
    """The secret address of a calendar, for a program that cannot sign in. Only the hash of its token is stored."""

    __tablename__ = "calendar_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    due_dates: Mapped[DueDatesAs] = mapped_column(codes(DueDatesAs, "due_dates"))
    made_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    #: What fetched it last, as it calls itself.
    program: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class ApiToken(Model):
    """With it a program acts for the account, with part of its rights. Only the hash of the token is stored."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: Codes of `ApiFeature`.
    features: Mapped[list[str]]
    may_write: Mapped[bool]
    #: Whether it shows what is secret or top secret, if the account may see it.
    reads_secret: Mapped[bool]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    #: What used it last, as it calls itself.
    program: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Preview(Model):
    """`account` sees the pages as `reader` does, at most until `until`."""

    __tablename__ = "preview"
    __table_args__ = (
        CheckConstraint("account_id <> reader_id", name="of_another"),
        CheckConstraint("until > begun_at", name="some_time"),
        CheckConstraint("ended_at >= begun_at AND ended_at <= until", name="ends_in_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id], lazy="raise_on_sql")
    reader: Mapped[Account] = relationship(foreign_keys=[reader_id], lazy="raise_on_sql")


class SecondStep(Model):
    """The encrypted seed of an account's one-time codes (RFC 6238)."""

    __tablename__ = "second_step"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    sealed_seed: Mapped[str]
    #: The time step of the last accepted code; earlier codes are refused.
    last_step: Mapped[int]
    since: Mapped[datetime]


class RecoveryCode(Model):
    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
