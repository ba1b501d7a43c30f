"""What rows share on whose words somebody decides. No table of its own: events keep both texts (ADR 61)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.core.db import Model


class Decidable(Model):
    """A row whose words somebody decides on; changing them afterwards is a correction."""

    __abstract__ = True

    #: The columns that hold those words.
    decided_words: ClassVar[tuple[str, ...]]
    #: Who may say that the decision stands on corrected words, but for whoever has had one of these parts in the row.
    judged_by: ClassVar[Role]
    not_judged_by: ClassVar[frozenset[Part]] = frozenset({Part.CORRECTED})

    #: Since when it stands corrected after a decision; null once somebody has answered that.
    corrected_at: Mapped[datetime | None] = mapped_column(sort_order=2000)

    @property
    def is_decided(self) -> bool:
        """Whether something rests on these words."""
        raise NotImplementedError


def index_of_corrected(table: str) -> Index:
    """The index by which what waits for an answer is found."""
    is_open = text("corrected_at IS NOT NULL")
    return Index(f"ix_{table}_corrected", "corrected_at", sqlite_where=is_open, postgresql_where=is_open)
