"""The table of versions of minutes. Database triggers refuse any change of an approved version."""

import datetime as dt
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ColumnElement, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.models import Meeting
from tracker.minutes.rules import MinutesState


class MinutesVersion(PartOfClassified, Versioned, Model):
    """A submission of the minutes of a meeting. `content` is stored exactly as `content_hash` was computed from it."""

    __tablename__ = "minutes_version"
    __table_args__ = (
        CheckConstraint("state = 'correcting' OR content IS NOT NULL", name="has_content"),
        CheckConstraint("state <> 'returned' OR return_note IS NOT NULL", name="returned_with_note"),
        Index("ix_minutes_version_meeting", "meeting_id", "id"),
        Index("ix_minutes_version_state", "state", "meeting_id"),
        Index(
            "ix_minutes_version_approved_once",
            "meeting_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'approved'"),
            postgresql_where=text("state = 'approved'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    #: 1 for the first text to be approved; each correction adds 1.
    number: Mapped[int]
    state: Mapped[MinutesState] = mapped_column(codes(MinutesState, "state"))
    content: Mapped[str | None]
    content_hash: Mapped[str | None]
    correction_reason: Mapped[str | None]
    submitted_by_name: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    return_note: Mapped[str | None]
    #: The chair's notes when returning it, by statement id.
    line_notes: Mapped[dict[str, Any] | None] = mapped_column(sort_order=1)
    decided_by_name: Mapped[str | None]
    decided_post: Mapped[str | None]
    decided_on: Mapped[dt.date | None]
    decided_at: Mapped[datetime | None]
    #: Where the signed copy is filed, if it was approved on paper.
    signed_copy_note: Mapped[str | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)


SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER minutes_version_no_{verb.lower()} BEFORE {verb} ON minutes_version WHEN OLD.state = 'approved' "
    "BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    (
        "CREATE FUNCTION refuse_thaw() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'approved minutes are frozen'; END$$"
    ),
    (
        "CREATE TRIGGER minutes_version_frozen BEFORE UPDATE OR DELETE ON minutes_version "
        "FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_thaw()"
    ),
)
for _statement in SQLITE_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
