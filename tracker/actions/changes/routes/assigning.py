"""Reassign an action, put it on hold and resume it."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.changes import commands, policy
from tracker.actions.changes.forms import (
    HoldForm,
    ReassignForm,
    ReleaseForm,
)
from tracker.actions.changes.routes.blueprint import back, bp, offer_assignees
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext


@bp.get("/<row:action_id>/reassign")
def reassigning(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    action = actions.in_full(action_id)
    return render_template(
        "actions/changes/reassign.html", form=offer_assignees(ReassignForm.of(action)), action=action
    )


@bp.post("/<row:action_id>/reassign")
@transactional
def reassign(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    action = actions.in_full(action_id, to_change=True)
    form = offer_assignees(ReassignForm().only_for(action))
    try:
        form.check(offer_assignees(ReassignForm.of(action)))
        commands.reassign(
            action, pic_id=form.pic.data, responsible_unit_id=form.responsible_unit.data, reason=form.reason.data,
            on=form.data.get("on"), by=me(), at=clock.now(),
        )  # fmt: skip
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/changes/reassign.html", form=form, action=action), status
    flash(gettext("Reassigned. The new person in charge is notified."))
    return back(action)


@bp.get("/<row:action_id>/hold")
def holding(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_hold(me(), action))
    form = HoldForm(formdata=None, data={"since": clock.today()})
    return render_template("actions/changes/hold.html", form=form, action=action)


@bp.post("/<row:action_id>/hold")
@transactional
def hold(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_hold(me(), action))
    form = HoldForm()
    try:
        form.check()
        commands.hold(action, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/changes/hold.html", form=form, action=action), status
    flash(gettext("Reason for the hold recorded."))
    return back(action)


@bp.get("/<row:action_id>/release")
def releasing(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_hold(me(), action))
    return render_template(
        "actions/changes/release.html", form=ReleaseForm(formdata=None, data={"on": clock.today()}), action=action
    )


@bp.post("/<row:action_id>/release")
@transactional
def release(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_hold(me(), action))
    form = ReleaseForm()
    try:
        form.check()
        commands.release(action, form.note.data, on=form.on.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/changes/release.html", form=form, action=action), status
    flash(gettext("Resumed."))
    return back(action)
