"""Asking for another due date, and answering."""

from datetime import date, datetime

from tracker.actions import commands as actions
from tracker.actions.changes import queries
from tracker.actions.changes.commands.open_only import refuse_closed
from tracker.actions.changes.models import DueDateRequest
from tracker.actions.changes.rules import RequestState
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.audit.commands import note_part, record
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l


def ask_due_date(action: ActionItem, asked_for: date, reason: str, *, by: Actor, at: datetime) -> DueDateRequest:
    """Ask for another due date; one question at a time."""
    refuse_closed(action)
    if queries.open_request(action.id):
        raise NotPossible(
            _l("Another date has already been requested and is waiting for an answer."), field="asked_for"
        )
    request = DueDateRequest(
        action_id=action.id, asked_for=asked_for, reason=reason, state=RequestState.ASKED,
        by_account_id=by.account_id, by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(request)
    record(action, "due_date_asked", by=by, at=at, reason=reason, asked_for=asked_for.isoformat())
    note_part(action, Part.ASKED, by=by)
    return request


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
