"""Things people do with period schemes. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.periods.models import Period, PeriodScheme


@dataclass(frozen=True, kw_only=True)
class PeriodDraft:
    """What is said of one period; a number where it is one that exists."""

    code: str
    last_month: int
    name_id: str
    name_en: str | None = None
    period_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SchemeDraft:
    """What is said of a way to cut the year."""

    code: str
    name_id: str
    name_en: str | None = None
    periods: Sequence[PeriodDraft] = ()


def keep_scheme(
    scheme: PeriodScheme | None, draft: SchemeDraft, *, in_use: frozenset[int], by: Actor, at: datetime
) -> PeriodScheme:
    """Record a way to cut the year, or change one. A period `in_use`, under which values are recorded, stays."""
    is_new = scheme is None
    scheme = scheme or PeriodScheme(periods=[])
    scheme.code, scheme.name_id, scheme.name_en = draft.code, draft.name_id, draft.name_en
    known = {period.id: period for period in scheme.periods}
    kept = {told.period_id for told in draft.periods if told.period_id in known}
    if in_use - kept:
        raise NotPossible(_l("A period under which values are recorded cannot be removed."))
    for number in known.keys() - kept:
        db.session.delete(known[number])
    for told in draft.periods:
        period = known.get(told.period_id or 0) or Period(scheme=scheme)
        period.code, period.last_month = told.code, told.last_month
        period.name_id, period.name_en = told.name_id, told.name_en
    db.session.add(scheme)
    db.session.flush()  # the event needs its number
    record(scheme, "added" if is_new else "edited", by=by, at=at)
    return scheme
