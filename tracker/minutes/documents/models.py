"""The table of Word templates. The newest row is active; rows are never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model


class WordTemplate(Model):
    """An activated template: a file of the office, or the built-in one if `mark` is null."""

    __tablename__ = "word_template"
    __table_args__ = (CheckConstraint("(mark IS NULL) = (name IS NULL)", name="file_has_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 digest of the stored file.
    mark: Mapped[str | None]
    name: Mapped[str | None]
    by_name: Mapped[str]
    at: Mapped[datetime]
