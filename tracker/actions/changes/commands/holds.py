"""Put actions on hold and resume them."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions import commands as actions
from tracker.actions.changes.commands.open_only import ensure_open
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import HoldKind
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True)
class HoldDraft:
    """`waiting_for` names the obstacle or the outside party."""

    kind: HoldKind
    waiting_for: str
    since: date
    reason: str | None = None


def hold(action: ActionItem, draft: HoldDraft, *, by: Actor, at: datetime) -> ActionHold:
    """Start a hold; the hold in force before, if any, ends on the same day."""
    ensure_open(action)
    ensure_day(draft.since, since=_latest_hold_day(action), at=at, field="since")
    actions.end_hold(action, draft.since)
    started = ActionHold(
        kind=draft.kind, waiting_for=draft.waiting_for, since=draft.since, reason=draft.reason, by_name=by.name, at=at
    )
    db.session.flush()  # end the previous hold first, since only one may be open
    action.holds.append(started)
    verb = f"held_{draft.kind}"
    record(action, verb, by=by, at=at, on=draft.since, reason=draft.reason, waiting_for=draft.waiting_for)
    return started


def release(action: ActionItem, note: str | None = None, *, on: date | None = None, by: Actor, at: datetime) -> None:
    on = on or day_at(at)
    if action.hold is None:
        raise NotPossible(_l("This action is not on hold."))
    ensure_day(on, since=action.hold.since, at=at)
    actions.end_hold(action, on)
    record(action, "released", by=by, at=at, on=on, reason=note)


def _latest_hold_day(action: ActionItem) -> date:
    """The latest day on which a hold began or ended, or the day of assignment if there was none."""
    return max([action.assigned_on, *(hold.ended_on or hold.since for hold in action.holds)])
