"""Change several actions at once, and undo that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.changes import queries
from tracker.actions.changes.commands.open_only import ensure_open
from tracker.actions.changes.commands.reassigning import reassign
from tracker.actions.changes.models import BulkChange, BulkChangeRow
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True)
class BulkDraft:
    """Attributes that are None stay unchanged."""

    reason: str
    due_on: date | None = None
    pic_id: int | None = None
    responsible_unit_id: int | None = None
    agreed_by: str | None = None


def change_several(chosen: Sequence[ActionItem], draft: BulkDraft, *, by: Actor, at: datetime) -> BulkChange:
    """Change all of these actions or none, with an event for each."""
    for action in chosen:
        _ensure_changeable(action, draft, by=by)
    change = BulkChange(by_account_id=by.account_id, at=at, rows=[])
    db.session.add(change)
    for action in chosen:
        before = _state(action)
        _change(action, draft, by=by, at=at)
        db.session.flush()  # increments the version of the action
        change.rows.append(BulkChangeRow(action_id=action.id, before=before, version_after=action.version))
    return change


def _ensure_changeable(action: ActionItem, draft: BulkDraft, *, by: Actor) -> None:
    ensure_open(action)
    if draft.due_on and draft.due_on != action.due_on:
        actions.ensure_movable(action, _promise(draft, draft.due_on, by), by=by)


def _promise(draft: BulkDraft, due_on: date, by: Actor) -> Promise:
    return Promise(due_on=due_on, reason=draft.reason, agreed_by=draft.agreed_by or by.name)


def _change(action: ActionItem, draft: BulkDraft, *, by: Actor, at: datetime) -> None:
    ids = {
        "pic_id": draft.pic_id or action.pic_id,
        "responsible_unit_id": draft.responsible_unit_id or action.responsible_unit_id,
    }
    if ids != {name: getattr(action, name) for name in ids}:
        reassign(
            action, pic_id=ids["pic_id"], responsible_unit_id=ids["responsible_unit_id"], reason=draft.reason,
            by=by, at=at,
        )  # fmt: skip
    if draft.due_on and draft.due_on != action.due_on:
        actions.move_due_date(action, _promise(draft, draft.due_on, by), by=by, at=at)


def undo_bulk_change(change: BulkChange, chosen: Sequence[ActionItem], *, by: Actor, at: datetime) -> None:
    """Restore all actions, or none if one of them was changed since."""
    by_id = {action.id: action for action in chosen}
    if change.undone_at is not None:
        raise NotPossible(_l("This has been undone already."))
    if len(change.rows) < queries.count_rows(change):
        raise NotPossible(_l("Some of these actions are no longer open to you. Nothing was undone."))
    if any(row.action_id not in by_id or by_id[row.action_id].version != row.version_after for row in change.rows):
        raise NotPossible(_l("Some of these actions have been changed since. Nothing was undone."))
    for row in change.rows:
        _restore(by_id[row.action_id], row.before, by=by, at=at)
    change.undone_at = at


def _restore(action: ActionItem, before: dict[str, Any], *, by: Actor, at: datetime) -> None:
    current = _state(action)
    if current["due_on"] != before["due_on"]:
        action.promises[-1].withdrawn_at = at
    _set(action, {name: value for name, value in before.items() if not name.endswith("due_on")})
    action.due_on, action.original_due_on = _day(before["due_on"]), _day(before["original_due_on"])
    named = [action_queries.assignment(state["pic_id"], state["responsible_unit_id"]) for state in (current, before)]
    record(action, "bulk_change_undone", by=by, at=at, before=current | named[0], after=before | named[1])


def _state(action: ActionItem) -> dict[str, Any]:
    days = {name: getattr(action, name) for name in ("due_on", "original_due_on")}
    return {
        "pic_id": action.pic_id,
        "responsible_unit_id": action.responsible_unit_id,
        "responsible_position_id": action.responsible_position_id,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _set(action: ActionItem, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(action, name, value)
