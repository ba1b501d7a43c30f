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
from tracker.core.wording import lazy_gettext as _l

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


def save_scheme(
    scheme: PeriodScheme | None, draft: SchemeDraft, *, in_use: frozenset[int], by: Actor, at: datetime
) -> PeriodScheme:
    """Create or update a scheme. Periods `in_use` (values are recorded for them) cannot be removed."""
    is_new = scheme is None
    if queries.is_code_taken(draft.code, except_id=scheme.id if scheme else None):
        raise CODE_TAKEN.refusal()
    scheme = scheme or PeriodScheme(periods=[])
    existing = {period.id: period for period in scheme.periods}
    remaining = {period_draft.period_id for period_draft in draft.periods if period_draft.period_id in existing}
    if in_use - remaining:
        raise NotPossible(_l("A period under which values are recorded cannot be removed."), field="periods")
    scheme.code, scheme.name_id, scheme.name_en = draft.code, draft.name_id, draft.name_en
    for period_id in existing.keys() - remaining:
        db.session.delete(existing[period_id])
    _clear_moved_codes(existing, draft.periods)
    for period_draft in draft.periods:
        period = existing.get(period_draft.period_id or 0) or Period(scheme=scheme)
        period.code, period.last_month = period_draft.code, period_draft.last_month
        period.name_id, period.name_en = period_draft.name_id, period_draft.name_en
    db.session.add(scheme)
    db.session.flush()  # the event needs its number
    record(scheme, "added" if is_new else "edited", by=by, at=at)
    return scheme


def _clear_moved_codes(existing: Mapping[int, Period], drafts: Sequence[PeriodDraft]) -> None:
    """Clear codes that move from one period to another: unique constraints are checked row by row."""
    changed = [
        draft for draft in drafts if draft.period_id in existing and existing[draft.period_id or 0].code != draft.code
    ]
    for draft in changed:
        existing[draft.period_id or 0].code = f"-{draft.period_id}"
    db.session.flush()
