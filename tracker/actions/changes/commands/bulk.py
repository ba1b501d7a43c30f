"""Changing several actions as one, and undoing it as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actions import commands as actions
from tracker.actions import queries as actions_asked
from tracker.actions.changes import queries
from tracker.actions.changes.commands.charge import reassign
from tracker.actions.changes.commands.open_only import refuse_closed
from tracker.actions.changes.models import BulkChange, BulkChangeRow
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l


@dataclass(frozen=True, kw_only=True)
class BulkDraft:
    """What is changed in several actions; what is left out stays as it is."""

    reason: str
    due_on: date | None = None
    pic_id: int | None = None
    responsible_unit_id: int | None = None
    agreed_by: str | None = None


def change_several(chosen: Sequence[ActionItem], draft: BulkDraft, *, by: Actor, at: datetime) -> BulkChange:
    """Change all of these, or none: another date, person or unit, each with its own event."""
    change = BulkChange(by_account_id=by.account_id, at=at, rows=[])
    db.session.add(change)
    for action in chosen:
        before = _state(action)
        _change(action, draft, by=by, at=at)
        db.session.flush()  # so that the action knows its next version
        change.rows.append(BulkChangeRow(action_id=action.id, before=before, version_after=action.version))
    return change


def _change(action: ActionItem, draft: BulkDraft, *, by: Actor, at: datetime) -> None:
    refuse_closed(action)
    wanted = {
        "pic_id": draft.pic_id or action.pic_id,
        "responsible_unit_id": draft.responsible_unit_id or action.responsible_unit_id,
    }
    if wanted != {name: getattr(action, name) for name in wanted}:
        reassign(
            action, pic_id=wanted["pic_id"], responsible_unit_id=wanted["responsible_unit_id"], reason=draft.reason,
            by=by, at=at,
        )  # fmt: skip
    if draft.due_on and draft.due_on != action.due_on:
        promise = Promise(due_on=draft.due_on, reason=draft.reason, agreed_by=draft.agreed_by or by.name)
        actions.move_due_date(action, promise, by=by, at=at)


def undo_bulk_change(change: BulkChange, chosen: Sequence[ActionItem], *, by: Actor, at: datetime) -> None:
    """Put every action back as it was, unless one of them has been changed since."""
    known = {action.id: action for action in chosen}
    if change.undone_at is not None:
        raise NotPossible(_l("This has been undone already."))
    if len(change.rows) < queries.rows_in_all(change):
        raise NotPossible(_l("Some of these actions are no longer open to you. Nothing was undone."))
    if any(row.action_id not in known or known[row.action_id].version != row.version_after for row in change.rows):
        raise NotPossible(_l("Some of these actions have been changed since. Nothing was undone."))
    for row in change.rows:
        _put_back(known[row.action_id], row.before, by=by, at=at)
    change.undone_at = at


def _put_back(action: ActionItem, before: dict[str, Any], *, by: Actor, at: datetime) -> None:
    now = _state(action)
    if now["due_on"] != before["due_on"]:
        action.promises[-1].withdrawn_at = at
    _set(action, {name: value for name, value in before.items() if not name.endswith("due_on")})
    action.due_on, action.original_due_on = _day(before["due_on"]), _day(before["original_due_on"])
    names = [actions_asked.charge(state["pic_id"], state["responsible_unit_id"]) for state in (now, before)]
    record(action, "bulk_change_undone", by=by, at=at, before=now | names[0], after=before | names[1])


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
