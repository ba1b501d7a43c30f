"""Change due dates."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions import policy, rules
from tracker.actions.models import ActionItem, DueDateChange
from tracker.audit.commands import record
from tracker.audit.queries import parts_of
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True)
class Promise:
    due_on: date
    reason: str | None = None
    agreed_by: str | None = None


def move_due_date(action: ActionItem, promise: Promise, *, on: date | None = None, by: Actor, at: datetime) -> None:
    """Add a promise. Changing an existing due date needs a reason, and nobody may change their own."""
    ensure_movable(action, promise, by=by)
    if on is not None:
        ensure_day(on, since=action.assigned_on, at=at)
    change = DueDateChange(
        from_on=action.due_on,
        to_on=promise.due_on,
        reason=promise.reason,
        agreed_by=promise.agreed_by,
        at=at,
        by_name=by.name,
    )
    action.promises.append(change)
    before, action.due_on = action.due_on, promise.due_on
    action.original_due_on = action.original_due_on or promise.due_on
    record(
        action, "due_date_moved", by=by, at=at, on=on, reason=promise.reason,
        before=before.isoformat() if before else None, after=promise.due_on.isoformat(), agreed_by=promise.agreed_by,
    )  # fmt: skip


def ensure_movable(action: ActionItem, promise: Promise, *, by: Actor) -> None:
    """Refuse another date for a closed action, without a reason, or by somebody in charge of it or who asked for one.

    The first date is free.
    """
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed; its due date can no longer be changed."))
    if action.due_on is not None and not promise.reason:
        raise NotPossible(_l("Give the reason for moving the due date."), field="reason")
    if action.due_on is not None and parts_of(by, action) & policy.NOT_DATED_BY:
        raise NotPossible(
            _l("You are or were in charge of it, or asked for another date, so somebody else has to change the date.")
        )
