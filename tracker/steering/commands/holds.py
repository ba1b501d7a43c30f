"""What holds an action up, and that it moves again."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions import commands as actions
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import HoldKind
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.steering.commands.open_only import refuse_closed


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
    actions.end_hold(action, draft.since)
    held = ActionHold(
        kind=draft.kind, waiting_for=draft.waiting_for, since=draft.since, reason=draft.reason, by_name=by.name, at=at
    )
    db.session.flush()  # the one before must have ended: only one may be open
    action.holds.append(held)
    verb, whom = f"held_{draft.kind}", draft.waiting_for
    record(action, verb, by=by, at=at, on=draft.since, reason=draft.reason, waiting_for=whom)
    return held


def release(action: ActionItem, note: str | None = None, *, by: Actor, at: datetime) -> None:
    """It moves again."""
    if not actions.end_hold(action, at.astimezone(JAKARTA).date()):
        raise NotPossible(_l("Nothing holds this action up."))
    record(action, "released", by=by, at=at, reason=note)
