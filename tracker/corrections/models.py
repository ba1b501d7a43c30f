"""Base class of rows whose texts are decided on. There is no table: events keep both texts (ADR 61)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.core.db import Model


class Decidable(Model):
    """A row whose texts are decided on; changing them afterwards is a correction."""

    __abstract__ = True

    #: Columns of those texts.
    decided_columns: ClassVar[tuple[str, ...]]
    #: The role that confirms corrections, and the parts in the row that exclude somebody from it.
    judged_by: ClassVar[Role]
    not_judged_by: ClassVar[frozenset[Part]] = frozenset({Part.CORRECTED})

    #: When it was corrected after a decision; null once the correction was answered.
    corrected_at: Mapped[datetime | None] = mapped_column(sort_order=2000)

    @property
    def is_decided(self) -> bool:
        raise NotImplementedError


def index_of_corrected(table: str) -> Index:
    is_open = text("corrected_at IS NOT NULL")
    return Index(f"ix_{table}_corrected", "corrected_at", sqlite_where=is_open, postgresql_where=is_open)
