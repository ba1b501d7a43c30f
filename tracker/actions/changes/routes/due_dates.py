"""Request another due date, and grant or refuse requests."""

from http import HTTPStatus

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
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say, short_day


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
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("actions/changes/ask.html", form=form, action=action), status
    commands.ask_due_date(action, form.asked_for.data, form.reason.data, by=me(), at=clock.now())
    flash(say("Your request for another due date was sent. You will be notified of the answer."))
    return back(action)


def _load(action_id: int, request_id: int, *, to_change: bool = False) -> tuple[ActionItem, DueDateRequest]:
    action = actions.in_full(action_id, to_change=to_change)
    request = queries.request(action_id, request_id, to_change=to_change)
    ensure(policy.may_answer(me(), parts_of(me(), action)))
    return action, request


@bp.get("/<row:action_id>/requests/<row:request_id>/grant")
def granting(action_id: int, request_id: int) -> ResponseReturnValue:
    action, request = _load(action_id, request_id)
    return render_template(
        "actions/changes/grant.html", form=GrantForm(formdata=None), action=action, due_date_request=request
    )


@bp.post("/<row:action_id>/requests/<row:request_id>/grant")
@transactional
def grant(action_id: int, request_id: int) -> ResponseReturnValue:
    action, request = _load(action_id, request_id, to_change=True)
    form = GrantForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("actions/changes/grant.html", form=form, action=action, due_date_request=request), status
    commands.grant_request(action, request, form.note.data, by=me(), at=clock.now())
    flash(
        say(
            "Granted: the due date is now %(day)s. %(name)s is notified.",
            day=short_day(request.asked_for),
            name=request.by_name,
        )
    )
    return back(action)


@bp.get("/<row:action_id>/requests/<row:request_id>/refuse")
def refusing(action_id: int, request_id: int) -> ResponseReturnValue:
    action, request = _load(action_id, request_id)
    return render_template(
        "actions/changes/refuse.html", form=RefuseForm(formdata=None), action=action, due_date_request=request
    )


@bp.post("/<row:action_id>/requests/<row:request_id>/refuse")
@transactional
def refuse(action_id: int, request_id: int) -> ResponseReturnValue:
    action, request = _load(action_id, request_id, to_change=True)
    form = RefuseForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template(
            "actions/changes/refuse.html", form=form, action=action, due_date_request=request
        ), status
    commands.refuse_request(action, request, form.note.data, by=me(), at=clock.now())
    flash(say("Refused: the due date is unchanged. %(name)s is notified.", name=request.by_name))
    return back(action)
