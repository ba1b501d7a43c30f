"""The table of runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import VIEWER, PartOfClassified, in_preview
from tracker.imports.rules.kinds import ImportKind, RunState


class ImportRun(PartOfClassified, Versioned, Model):
    """The import of one file or pasted table. Only the account that began it sees it: the file may hold anything."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(
            "(run_state IN ('stored', 'undoing', 'undone')) = (stored_at IS NOT NULL)", name="stored_has_moment"
        ),
        CheckConstraint("(run_state = 'undone') = (undone_at IS NOT NULL)", name="undone_has_moment"),
        Index("ix_import_run_made_by", "made_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_kind: Mapped[ImportKind] = mapped_column(codes(ImportKind, "import_kind"))
    run_state: Mapped[RunState] = mapped_column(codes(RunState, "run_state"), default=RunState.PREPARED)
    #: Whether it records what happened long ago.
    is_history: Mapped[bool]
    #: The uploaded name, cleaned; for pasted cells the name given to them.
    name: Mapped[str]
    is_pasted: Mapped[bool]
    size: Mapped[int]
    #: SHA-256 of the content in the store, in hexadecimal.
    mark: Mapped[str]
    #: By heading, folded: the field chosen by hand, or "" to leave the column out.
    chosen: Mapped[dict[str, Any]]
    #: By question: the id of the row that is meant, or "new".
    answers: Mapped[dict[str, Any]]
    #: What storing it would do, as shown last. Made of the file and the registers, so it is not audited.
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: Why it could not be stored or undone outside the request.
    refusal: Mapped[str | None]
    #: Which rows it added and changed. It may mention rows that only few may see, so it is never shown or audited.
    undo_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    at: Mapped[datetime]
    stored_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """A preview shows none: a run belongs to one of both accounts at most."""
        return false() if in_preview() else cls.made_by_id == VIEWER.account

    @property
    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = (self.plan or {}).get("counts", {})
        return counts
