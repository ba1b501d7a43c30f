"""Tables of events and audit entries. Rows are only added; triggers refuse to change or delete them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import DDL, JSON, CheckConstraint, ForeignKey, Index, event, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audit.rules import Part
from tracker.core.db import Model, codes


class Event(Model):
    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject", "subject_id", "id"), Index("ix_event_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Table name and id of the row.
    subject: Mapped[str]
    subject_id: Mapped[int]
    verb: Mapped[str]
    at: Mapped[datetime]
    #: The day it took effect, if that is not the day it was recorded.
    on: Mapped[date | None]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    #: No foreign key, as for the subject: an event stays when an import that added the meeting is undone.
    meeting_id: Mapped[int | None]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    reason: Mapped[str | None]
    evidence: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Other rows it repeats text of, as “table:id”. Only those who see all of them see the event.
    mentions: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    #: Recorded later, as history: no mail and no news of the day on which it was recorded (ADR 93).
    is_history: Mapped[bool] = mapped_column(default=False, server_default=false())


class Involvement(Model):
    """A part that an account or a person had in a row. Nobody may judge a row in which they had a part (ADR 59).

    Rows are only added. Merging two persons changes the person id.
    """

    __tablename__ = "involvement"
    __table_args__ = (
        CheckConstraint("account_id IS NOT NULL OR person_id IS NOT NULL", name="somebody"),
        Index("ix_involvement_subject", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    subject_id: Mapped[int]
    part: Mapped[Part] = mapped_column(codes(Part, "part"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: The person in charge, or the person linked to the account at that time.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class NamesSomebody:
    """Mixin for rows with columns that name a person. Everybody ever named there has the part."""

    parts: ClassVar[Mapping[str, Part]]


class Historic:
    """Mixin for rows that can be recorded as history, long after they began (ADR 93)."""

    #: The day on which it was recorded as history. A step with an earlier date happened before, and is history too.
    history_until: Mapped[date | None] = mapped_column(sort_order=1002)

    def is_history_on(self, day: date | None) -> bool:
        return self.history_until is not None and day is not None and day < self.history_until


class AuditEntry(Model):
    """A change of a row, or a reading of a secret row, linked by hash to the entry before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_row", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    #: A `Change`. A reading has its page, and the row of that page, in `after`.
    change: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)

    @property
    def columns(self) -> list[str]:
        return sorted({**(self.before or {}), **(self.after or {})}) if self.change == "update" else []

    @property
    def page(self) -> str | None:
        return (self.after or {}).get("page") if self.change == "read" else None

    @property
    def page_of(self) -> tuple[str, str] | None:
        """(table name, row id) of the page on which it was read, if it is the page of a row."""
        table, _, row_id = (self.after or {}).get("of", "").partition(":") if self.change == "read" else ("", "", "")
        return (table, row_id) if row_id else None

    @property
    def seen_as(self) -> str | None:
        return (self.after or {}).get("seen_as") if self.change == "read" else None

    @property
    def reason(self) -> str | None:
        """The reason given for exporting classified personal data."""
        return (self.after or {}).get("reason") if self.change == "read" else None


class AuditHead(Model):
    """The end of the chain: a single row that each writer locks, so that entries form one sequence."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    hash: Mapped[str]


SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in ("event", "audit_entry")
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END$$"
    ),
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in ("event", "audit_entry")
    ),
)
for _statement in SQLITE_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="postgresql"))
