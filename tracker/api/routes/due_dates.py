"""The due date of a follow-up: changed with a reason, asked for, granted and refused."""

from collections.abc import Callable
from typing import Any

from tracker.accounts.rules import ApiFeature
from tracker.actions import commands as actions
from tracker.actions import policy as of_actions
from tracker.actions import queries as stored
from tracker.actions.changes import commands, policy, queries
from tracker.actions.changes.forms import AskForm, GrantForm, RefuseForm
from tracker.actions.forms import PromiseForm
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, whole
from tracker.api.routes.actions import show_action
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.actions import Action, DueDateRequest
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l

A = ApiFeature.ACTIONS
REQUESTS = "/actions/<row:action_id>/due-date-requests"
REQUEST = f"{REQUESTS}/<row:request_id>"


@operation(
    "POST", "/actions/<row:action_id>/due-date", summary=_l("Change the due date"), feature=A, answers=Action,
    takes=PromiseForm, shown_by=show_action, is_guarded=True,
    example={"due_on": "2027-01-29", "reason": "Data baru tersedia pada bulan Januari."},
)  # fmt: skip
def move_due_date(action_id: int) -> dict[str, int]:
    action = stored.in_full(action_id, to_change=True)
    ensure(of_actions.may_move_due_date(me(), action, parts_of(me(), action)))
    ensure_unchanged(show_action(action_id))
    form = filled(PromiseForm).offered_for(action)
    with refusing(form):
        form.check()
        actions.move_due_date(action, form.promise(), on=form.data.get("on"), by=me(), at=clock.now())
    return {"action_id": action_id}


@operation("GET", REQUESTS, summary=_l("Requests for another due date, the newest first"), feature=A,
           answers=DueDateRequest, is_list=True)  # fmt: skip
def list_due_date_requests(action_id: int) -> Listing[DueDateRequest]:
    action = stored.in_full(action_id)
    return whole([DueDateRequest.of(row) for row in queries.all_requests(action.id)])


@operation("GET", REQUEST, summary=_l("A request for another due date"), feature=A, answers=DueDateRequest)
def show_due_date_request(action_id: int, request_id: int) -> DueDateRequest:
    action = stored.in_full(action_id)
    return DueDateRequest.of(queries.request(action.id, request_id))


@operation(
    "POST", REQUESTS, summary=_l("Ask for another due date"), feature=A, answers=DueDateRequest, takes=AskForm,
    shown_by=show_due_date_request, example={"asked_for": "2027-01-29", "reason": "Menunggu data."},
)  # fmt: skip
def ask_due_date(action_id: int) -> dict[str, int]:
    action = stored.in_full(action_id, to_change=True)
    ensure(policy.may_ask(me(), action))
    form = filled(AskForm)
    with refusing(form):
        form.check()
        commands.ask_due_date(action, form.asked_for.data, form.reason.data, by=me(), at=clock.now())
    asked = queries.all_requests(action_id)[0]
    return {"action_id": action_id, "request_id": asked.id}


def _answer(action_id: int, request_id: int, form_class: Any, answer: Callable[..., None]) -> dict[str, int]:
    action = stored.in_full(action_id, to_change=True)
    request = queries.request(action_id, request_id, to_change=True)
    ensure(policy.may_answer(me(), parts_of(me(), action)))
    ensure_unchanged(show_due_date_request(action_id, request_id))
    form = filled(form_class)
    with refusing(form):
        form.check()
        answer(action, request, form.note.data, by=me(), at=clock.now())
    return {"action_id": action_id, "request_id": request_id}


@operation(
    "POST", f"{REQUEST}/grant", summary=_l("Grant another due date"), feature=A, answers=DueDateRequest,
    takes=GrantForm, shown_by=show_due_date_request, is_guarded=True, example={"note": "Sesuai kesepakatan rapat."},
)  # fmt: skip
def grant_due_date(action_id: int, request_id: int) -> dict[str, int]:
    return _answer(action_id, request_id, GrantForm, commands.grant_request)


@operation(
    "POST", f"{REQUEST}/refuse", summary=_l("Refuse another due date"), feature=A, answers=DueDateRequest,
    takes=RefuseForm, shown_by=show_due_date_request, is_guarded=True, example={"note": "Tenggat tetap."},
)  # fmt: skip
def refuse_due_date(action_id: int, request_id: int) -> dict[str, int]:
    return _answer(action_id, request_id, RefuseForm, commands.refuse_request)
