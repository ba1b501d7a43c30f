"""Request another due date, and answer requests."""

from datetime import date, datetime

from tracker.actions import commands as actions
from tracker.actions.changes import queries
from tracker.actions.changes.commands.open_only import ensure_open
from tracker.actions.changes.models import DueDateRequest
from tracker.actions.changes.rules import RequestState
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.audit.commands import note_part, record
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l


def ask_due_date(action: ActionItem, asked_for: date, reason: str, *, by: Actor, at: datetime) -> DueDateRequest:
    """Raises NotPossible while another request is open."""
    ensure_open(action)
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
    action: ActionItem, request: DueDateRequest, note: str | None = None, *, by: Actor, at: datetime
) -> None:
    """Grant the request: its date and reason become the next promise, agreed by the actor."""
    promise = Promise(due_on=request.asked_for, reason=request.reason, agreed_by=by.name)
    actions.ensure_movable(action, promise, by=by)
    _answer(request, RequestState.GRANTED, note, by=by, at=at)
    record(action, "due_date_granted", by=by, at=at, reason=note, asked_for=request.asked_for.isoformat())
    actions.move_due_date(action, promise, by=by, at=at)


def refuse_request(action: ActionItem, request: DueDateRequest, note: str, *, by: Actor, at: datetime) -> None:
    _answer(request, RequestState.REFUSED, note, by=by, at=at)
    record(action, "due_date_refused", by=by, at=at, reason=note, asked_for=request.asked_for.isoformat())


def _answer(request: DueDateRequest, state: RequestState, note: str | None, *, by: Actor, at: datetime) -> None:
    if request.state is not RequestState.ASKED:
        raise NotPossible(_l("This has been answered already."))
    request.state, request.answer_note = state, note
    request.answered_by_name, request.answered_at = by.name, at
