"""Things people do to keep actions on course. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.actions import commands as actions
from tracker.actions import rules
from tracker.actions.commands import Promise
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import HoldKind
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.steering import queries
from tracker.steering.models import BulkChange, BulkChangeRow, DueDateRequest, Escalation
from tracker.steering.rules import RequestState


@dataclass(frozen=True, kw_only=True)
class HoldDraft:
    """What holds an action up: an obstacle or somebody outside, whom one waits for, since when, why."""

    kind: HoldKind
    waiting_for: str
    since: date
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class BulkDraft:
    """What is changed in several actions; what is left out stays as it is."""

    reason: str
    due_on: date | None = None
    pic_id: int | None = None
    responsible_unit_id: int | None = None
    agreed_by: str | None = None


def ask_due_date(action: ActionItem, asked_for: date, reason: str, *, by: Actor, at: datetime) -> DueDateRequest:
    """Ask for another due date; one question at a time."""
    _refuse_closed(action)
    if queries.has_unanswered(action.id):
        raise NotPossible(_l("Another date has been asked for already and waits for an answer."))
    asked = DueDateRequest(
        action_id=action.id, asked_for=asked_for, reason=reason, state=RequestState.ASKED,
        by_account_id=by.account_id, by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(asked)
    record(action, "due_date_asked", by=by, at=at, reason=reason, asked_for=asked_for.isoformat())
    return asked


def grant_request(
    action: ActionItem, asked: DueDateRequest, note: str | None = None, *, by: Actor, at: datetime
) -> None:
    """Agree to another date: it becomes the next promise, with the reason that was given and who agreed."""
    _answer(asked, RequestState.GRANTED, note, by=by, at=at)
    record(action, "due_date_granted", by=by, at=at, reason=note, asked_for=asked.asked_for.isoformat())
    promise = Promise(due_on=asked.asked_for, reason=asked.reason, agreed_by=by.name)
    actions.move_due_date(action, promise, by=by, at=at)


def refuse_request(action: ActionItem, asked: DueDateRequest, note: str, *, by: Actor, at: datetime) -> None:
    """Keep the promise that was given, and say why."""
    _answer(asked, RequestState.REFUSED, note, by=by, at=at)
    record(action, "due_date_refused", by=by, at=at, reason=note, asked_for=asked.asked_for.isoformat())


def _answer(asked: DueDateRequest, state: RequestState, note: str | None, *, by: Actor, at: datetime) -> None:
    if asked.state is not RequestState.ASKED:
        raise NotPossible(_l("This has been answered already."))
    asked.state, asked.answer_note = state, note
    asked.answered_by_name, asked.answered_at = by.name, at


def reassign(
    action: ActionItem, *, pic_id: int | None, responsible_unit_id: int | None, reason: str, by: Actor, at: datetime
) -> None:
    """Give an action to another person or unit; whoever had it stays in its history."""
    _refuse_closed(action)
    before = {"pic_id": action.pic_id, "responsible_unit_id": action.responsible_unit_id}
    after = {"pic_id": pic_id, "responsible_unit_id": responsible_unit_id}
    if before == after:
        raise NotPossible(_l("Nothing would change: it is with them already."))
    _set(action, after)
    record(action, "reassigned", by=by, at=at, reason=reason, before=before, after=after)


def escalate(
    action: ActionItem, *, position_id: int | None, person_id: int | None, reason: str, by: Actor, at: datetime
) -> Escalation:
    """Bring an action before somebody higher; it stays with those in charge."""
    _refuse_closed(action)
    if position_id is None and person_id is None:
        raise NotPossible(_l("Choose the post or the person."))
    raised = Escalation(
        action_id=action.id, position_id=position_id, person_id=person_id, reason=reason, by_name=by.name, at=at
    )
    db.session.add(raised)
    record(action, "escalated", by=by, at=at, reason=reason, position_id=position_id, person_id=person_id)
    return raised


def hold(action: ActionItem, draft: HoldDraft, *, by: Actor, at: datetime) -> ActionHold:
    """Say what holds an action up; what held it up before ends on that day."""
    _refuse_closed(action)
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
    _refuse_closed(action)
    wanted = {
        "pic_id": draft.pic_id or action.pic_id,
        "responsible_unit_id": draft.responsible_unit_id or action.responsible_unit_id,
    }
    if wanted != {name: getattr(action, name) for name in wanted}:
        reassign(action, **wanted, reason=draft.reason, by=by, at=at)
    if draft.due_on and draft.due_on != action.due_on:
        promise = Promise(due_on=draft.due_on, reason=draft.reason, agreed_by=draft.agreed_by or by.name)
        actions.move_due_date(action, promise, by=by, at=at)


def undo_bulk_change(change: BulkChange, chosen: Sequence[ActionItem], *, by: Actor, at: datetime) -> None:
    """Put every action back as it was, unless one of them has been changed since."""
    known = {action.id: action for action in chosen}
    if change.undone_at is not None:
        raise NotPossible(_l("This has been undone already."))
    if any(row.action_id not in known or known[row.action_id].version != row.version_after for row in change.rows):
        raise NotPossible(_l("Some of these actions were changed since. Nothing was undone."))
    for row in change.rows:
        _put_back(known[row.action_id], row.before, by=by, at=at)
    change.undone_at = at


def _put_back(action: ActionItem, before: dict[str, Any], *, by: Actor, at: datetime) -> None:
    now = _state(action)
    if now["due_on"] != before["due_on"]:
        action.promises[-1].withdrawn_at = at
    _set(action, {name: value for name, value in before.items() if not name.endswith("due_on")})
    action.due_on, action.original_due_on = _day(before["due_on"]), _day(before["original_due_on"])
    record(action, "bulk_change_undone", by=by, at=at, before=now, after=before)


def _state(action: ActionItem) -> dict[str, Any]:
    days = {name: getattr(action, name) for name in ("due_on", "original_due_on")}
    return {
        "pic_id": action.pic_id,
        "responsible_unit_id": action.responsible_unit_id,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _set(action: ActionItem, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(action, name, value)


def _refuse_closed(action: ActionItem) -> None:
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))
