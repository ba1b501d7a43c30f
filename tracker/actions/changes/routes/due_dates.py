"""Request another due date, and grant or refuse requests."""

from collections.abc import Callable

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.changes import commands, policy, queries
from tracker.actions.changes.forms import (
    AskForm,
    GrantForm,
    RefuseForm,
)
from tracker.actions.changes.models import DueDateRequest
from tracker.actions.changes.routes.blueprint import back, bp
from tracker.actions.models import ActionItem
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, short_day


@bp.get("/<row:action_id>/ask-date")
def asking(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_ask(me(), action))
    return render_template("actions/changes/ask.html", form=AskForm(formdata=None), action=action)


@bp.post("/<row:action_id>/ask-date")
@transactional
def ask(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_ask(me(), action))
    form = AskForm()
    try:
        form.check()
        commands.ask_due_date(action, form.asked_for.data, form.reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/changes/ask.html", form=form, action=action), status
    flash(gettext("Your request for another due date was sent. You will be notified of the answer."))
    return back(action)


def _load(action_id: int, request_id: int, *, to_change: bool = False) -> tuple[ActionItem, DueDateRequest]:
    action = actions.in_full(action_id, to_change=to_change)
    request = queries.request(action_id, request_id, to_change=to_change)
    ensure(policy.may_answer(me(), parts_of(me(), action)))
    return action, request


def _answer_page(page: str, form: GrantForm | RefuseForm, action: ActionItem, request: DueDateRequest) -> str:
    return render_template(page, form=form, action=action, due_date_request=request)


def _answer(
    page: str,
    form: GrantForm | RefuseForm,
    answer: Callable[..., None],
    message: Callable[[DueDateRequest], str],
    *,
    action_id: int,
    request_id: int,
) -> ResponseReturnValue:
    action, request = _load(action_id, request_id, to_change=True)
    try:
        form.check()
        answer(action, request, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _answer_page(page, form, action, request), status
    flash(message(request))
    return back(action)


GRANT, REFUSE = "actions/changes/grant.html", "actions/changes/refuse.html"


@bp.get("/<row:action_id>/requests/<row:request_id>/grant")
def granting(action_id: int, request_id: int) -> ResponseReturnValue:
    return _answer_page(GRANT, GrantForm(formdata=None), *_load(action_id, request_id))


@bp.post("/<row:action_id>/requests/<row:request_id>/grant")
@transactional
def grant(action_id: int, request_id: int) -> ResponseReturnValue:
    return _answer(GRANT, GrantForm(), commands.grant_request, _granted, action_id=action_id, request_id=request_id)


def _granted(request: DueDateRequest) -> str:
    return gettext(
        "Granted: the due date is now %(day)s. %(name)s is notified.",
        day=short_day(request.asked_for),
        name=request.by_name,
    )


@bp.get("/<row:action_id>/requests/<row:request_id>/refuse")
def refusing(action_id: int, request_id: int) -> ResponseReturnValue:
    return _answer_page(REFUSE, RefuseForm(formdata=None), *_load(action_id, request_id))


@bp.post("/<row:action_id>/requests/<row:request_id>/refuse")
@transactional
def refuse(action_id: int, request_id: int) -> ResponseReturnValue:
    return _answer(REFUSE, RefuseForm(), commands.refuse_request, _refused, action_id=action_id, request_id=request_id)


def _refused(request: DueDateRequest) -> str:
    return gettext("Refused: the due date is unchanged. %(name)s is notified.", name=request.by_name)
