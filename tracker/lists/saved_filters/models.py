"""The table of saved filters."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import Model, Versioned


class SavedFilter(Versioned, Model):
    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("account_id", "list_name", "name"),
        Index(
            "ix_saved_view_one_default",
            "account_id",
            "list_name",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
        Index("ix_saved_view_shared", "list_name", "is_shared"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: The list's name in its address.
    list_name: Mapped[str]
    name: Mapped[str]
    #: The filter as a query string, with parameters of the list only.
    query: Mapped[str]
    #: Whether the list opens with this filter.
    is_default: Mapped[bool] = mapped_column(default=False)

    is_shared: Mapped[bool] = mapped_column(default=False)
