"""Reassign actions."""

from datetime import date, datetime

from tracker.actions import queries as action_queries
from tracker.actions.changes.commands.open_only import ensure_open
from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy_gettext as _l


def reassign(
    action: ActionItem, *, pic_id: int | None, responsible_unit_id: int | None, reason: str, on: date | None = None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Raises NotPossible if neither PIC nor unit would change."""
    ensure_open(action)
    if on is not None:
        ensure_day(on, since=action.assigned_on, at=at)
    before = action_queries.assignment(action.pic_id, action.responsible_unit_id)
    after = action_queries.assignment(pic_id, responsible_unit_id)
    if before == after:
        raise NotPossible(_l("Nothing would change: PIC and unit are already as chosen."), field="pic")
    action.pic_id, action.responsible_unit_id = pic_id, responsible_unit_id
    action.responsible_position_id = None  # the post was that of the former PIC or unit
    record(action, "reassigned", by=by, at=at, on=on, reason=reason, before=before, after=after)
