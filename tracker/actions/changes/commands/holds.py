"""What holds an action up, and that it moves again."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions import commands as actions
from tracker.actions.changes.commands.open_only import refuse_closed
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import HoldKind
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy as _l


@dataclass(frozen=True, kw_only=True)
class HoldDraft:
    """What holds an action up: an obstacle or somebody outside, whom one waits for, since when, why."""

    kind: HoldKind
    waiting_for: str
    since: date
    reason: str | None = None


def hold(action: ActionItem, draft: HoldDraft, *, by: Actor, at: datetime) -> ActionHold:
    """Say what holds an action up; what held it up before ends on that day."""
    refuse_closed(action)
    ensure_day(draft.since, since=_last_held(action), at=at, field="since")
    actions.end_hold(action, draft.since)
    held = ActionHold(
        kind=draft.kind, waiting_for=draft.waiting_for, since=draft.since, reason=draft.reason, by_name=by.name, at=at
    )
    db.session.flush()  # the one before must have ended: only one may be open
    action.holds.append(held)
    verb, whom = f"held_{draft.kind}", draft.waiting_for
    record(action, verb, by=by, at=at, on=draft.since, reason=draft.reason, waiting_for=whom)
    return held


def release(action: ActionItem, note: str | None = None, *, on: date | None = None, by: Actor, at: datetime) -> None:
    """It moves again, from today on or from an earlier day."""
    on = on or day_at(at)
    if action.hold is None:
        raise NotPossible(_l("This action is not on hold."))
    ensure_day(on, since=action.hold.since, at=at)
    actions.end_hold(action, on)
    record(action, "released", by=by, at=at, on=on, reason=note)


def _last_held(action: ActionItem) -> date:
    """The last day on which a hold began or ended; else that on which the action was assigned."""
    return max([action.assigned_on, *(held.ended_on or held.since for held in action.holds)])
