"""Queries for period schemes."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.calendar.periods.models import Period, PeriodScheme
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.wording import in_words


def schemes() -> Sequence[PeriodScheme]:
    return db.session.scalars(
        select(PeriodScheme).options(selectinload(PeriodScheme.periods)).order_by(PeriodScheme.id)
    ).all()


def scheme(scheme_id: int, *, to_change: bool = False) -> PeriodScheme:
    query = select(PeriodScheme).filter_by(id=scheme_id).options(selectinload(PeriodScheme.periods))
    row = db.session.scalar(query.with_for_update(of=PeriodScheme) if to_change else query)
    if row is None:
        raise NotFound
    return row


def is_code_taken(code: str, *, except_id: int | None) -> bool:
    holder_id = db.session.scalar(select(PeriodScheme.id).filter_by(code=code))
    return holder_id is not None and holder_id != except_id


def scheme_choices() -> list[tuple[int, str]]:
    """(id, name with codes) of every scheme."""
    return [
        (scheme.id, f"{in_words(scheme, 'name')} ({', '.join(period.code for period in scheme.periods)})")
        for scheme in schemes()
    ]


def period_codes(scheme_id: int | None) -> dict[int, str]:
    """Codes of the periods of a scheme by id; empty without a scheme."""
    return {period.id: period.code for period in scheme(scheme_id).periods} if scheme_id is not None else {}


def period_choices(scheme_id: int | None) -> list[tuple[int, str]]:
    """(id, code and name) of the periods of a scheme; empty without a scheme."""
    if scheme_id is None:
        return []
    return [(period.id, f"{period.code} – {in_words(period, 'name')}") for period in scheme(scheme_id).periods]


def end_of(period_id: int, year: int) -> date:
    """The last day of the period in this year."""
    month = db.session.get_one(Period, period_id).last_month
    return date(year, month, monthrange(year, month)[1])
