"""Add and edit period schemes. Callers commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.audit.commands import record
from tracker.calendar.periods import queries
from tracker.calendar.periods.models import Period, PeriodScheme
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l

CODE_TAKEN = taken("uq_period_scheme_code", _l("There is already a scheme with this code."), field="code")


@dataclass(frozen=True, kw_only=True)
class PeriodDraft:
    code: str
    last_month: int
    name_id: str
    name_en: str | None = None
    period_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SchemeDraft:
    code: str
    name_id: str
    name_en: str | None = None
    periods: Sequence[PeriodDraft] = ()


def keep_scheme(
    scheme: PeriodScheme | None, draft: SchemeDraft, *, in_use: frozenset[int], by: Actor, at: datetime
) -> PeriodScheme:
    """Create or update a scheme. Periods `in_use` (values are recorded for them) cannot be removed."""
    is_new = scheme is None
    if queries.is_code_taken(draft.code, except_id=scheme.id if scheme else None):
        raise CODE_TAKEN.refusal()
    scheme = scheme or PeriodScheme(periods=[])
    scheme.code, scheme.name_id, scheme.name_en = draft.code, draft.name_id, draft.name_en
    known = {period.id: period for period in scheme.periods}
    kept = {told.period_id for told in draft.periods if told.period_id in known}
    if in_use - kept:
        raise NotPossible(_l("A period under which values are recorded cannot be removed."), field="periods")
    for number in known.keys() - kept:
        db.session.delete(known[number])
    _let_go_of_codes(known, draft.periods)
    for told in draft.periods:
        period = known.get(told.period_id or 0) or Period(scheme=scheme)
        period.code, period.last_month = told.code, told.last_month
        period.name_id, period.name_en = told.name_id, told.name_en
    db.session.add(scheme)
    db.session.flush()  # the event needs its number
    record(scheme, "added" if is_new else "edited", by=by, at=at)
    return scheme


def _let_go_of_codes(known: Mapping[int, Period], wanted: Sequence[PeriodDraft]) -> None:
    """Clear codes that move from one period to another: unique constraints are checked row by row."""
    changed = [one for one in wanted if one.period_id in known and known[one.period_id or 0].code != one.code]
    for one in changed:
        known[one.period_id or 0].code = f"-{one.period_id}"
    db.session.flush()
