"""Change the due date and the status of an action."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from tracker.actions import commands, policy, queries
from tracker.actions.forms import MoveForm, PromiseForm, usual_day
from tracker.actions.models import ActionItem
from tracker.actions.routes.blueprint import back, bp
from tracker.actions.rules import ActionStatus
from tracker.attachments import queries as attachments
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label, short_day
from tracker.status import queries as status_queries


@bp.get("/<row:action_id>/due-date")
def promise(action_id: int) -> ResponseReturnValue:
    action = queries.in_full(action_id)
    ensure(policy.may_move_due_date(me(), action, parts_of(me(), action)))
    return render_template("actions/promise.html", form=PromiseForm(formdata=None).offered_for(action), action=action)


@bp.post("/<row:action_id>/due-date")
@transactional
def move_due_date(action_id: int) -> ResponseReturnValue:
    action = queries.in_full(action_id, to_change=True)
    ensure(policy.may_move_due_date(me(), action, parts_of(me(), action)))
    form = PromiseForm().offered_for(action)
    try:
        form.check()
        promise = form.promise()
        commands.move_due_date(action, promise, on=form.data.get("on"), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/promise.html", form=form, action=action), status
    flash(gettext("The due date of %(code)s is now %(day)s.", code=action.code, day=short_day(promise.due_on)))
    return back(action)


def _step(code: str) -> ActionStatus:
    if code not in {status.value for status in ActionStatus}:
        raise NotFound
    return ActionStatus(code)


@bp.get("/<row:action_id>/move/<to>")
def move(action_id: int, to: str) -> ResponseReturnValue:
    action, step = queries.in_full(action_id), _step(to)
    ensure(policy.may_move(me(), action, step, parts_of(me(), action)))
    form = MoveForm(formdata=None, data={"on": usual_day(action, me()), "evidence": action.evidence})
    return _move_page(form.only_for(action, step), action, step)


def _move_page(form: MoveForm, action: ActionItem, step: ActionStatus) -> str:
    """The form of a step. If the action awaits verification, it also shows what was reported and attached."""
    is_verified = action.status is ActionStatus.AWAITING_VERIFICATION
    return render_template(
        "actions/move.html",
        form=form.mark_required(action, step, has_evidence=queries.has_evidence(action)),
        action=action,
        to=step,
        is_verified=is_verified,
        files=attachments.files_of(action, me()) if is_verified else None,
        events=status_queries.answer_about_action(action).facts.events if is_verified else [],
    )


@bp.post("/<row:action_id>/move/<to>")
@transactional
def take_step(action_id: int, to: str) -> ResponseReturnValue:
    action, step = queries.in_full(action_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), action, step, parts_of(me(), action)))
    form = MoveForm().only_for(action, step)
    try:
        form.check()
        commands.move_action(
            action, step, reason=form.reason.data, reason_code=form.reason_code.data, evidence=form.evidence.data,
            verified_by=form.data.get("verified_by"), on=form.on.data, by=me(), at=clock.now(),
        )  # fmt: skip
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _move_page(form, action, step), status
    flash(gettext("%(code)s is now “%(status)s”.", code=action.code, status=label(step)))
    return back(action)
