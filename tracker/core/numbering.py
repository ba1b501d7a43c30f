"""Running codes such as R-2020-001: one series per kind and year, no number used twice."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.constraints import retry_on_violation
from tracker.core.db import Model, db

retry_on_violation("pk_code_series")


class CodeSeries(Model):
    __tablename__ = "code_series"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_code(prefix: str, year: int) -> str:
    """Take the next code of the series. The row stays locked until the transaction ends."""
    series = db.session.scalar(select(CodeSeries).filter_by(prefix=prefix, year=year).with_for_update())
    if series is None:
        series = CodeSeries(prefix=prefix, year=year, last=0)
        db.session.add(series)
    series.last += 1
    return f"{prefix}-{year}-{series.last:03}"
