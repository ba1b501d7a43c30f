"""Tables of period schemes."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, Versioned


class PeriodScheme(Versioned, Model):
    """A division of the year (cumulative quarters, four-month terms, half-years …), kept by administrators."""

    __tablename__ = "period_scheme"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_id: Mapped[str]
    name_en: Mapped[str | None]

    periods: Mapped[list["Period"]] = relationship(
        back_populates="scheme", order_by="Period.last_month, Period.id", lazy="raise_on_sql"
    )


class Period(Model):
    """One period of a scheme, for example B09: cumulative to the ninth month."""

    __tablename__ = "period"
    __table_args__ = (
        UniqueConstraint("scheme_id", "code"),
        CheckConstraint("last_month BETWEEN 1 AND 12", name="ends_in_a_month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("period_scheme.id"))
    code: Mapped[str]
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    #: The month with which the period ends.
    last_month: Mapped[int]

    scheme: Mapped[PeriodScheme] = relationship(back_populates="periods", lazy="raise_on_sql")
