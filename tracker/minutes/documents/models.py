"""The table of Word templates: each row takes over from the one before it, and none is ever changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model


class WordTemplate(Model):
    """A template put in force: a file of the office, or, without a mark, the built-in one."""

    __tablename__ = "word_template"
    __table_args__ = (CheckConstraint("(mark IS NULL) = (name IS NULL)", name="file_has_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the file in the store.
    mark: Mapped[str | None]
    name: Mapped[str | None]
    by_name: Mapped[str]
    at: Mapped[datetime]
