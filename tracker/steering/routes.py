"""Pages to keep one action on course: ask for a date and answer, give it to somebody else, escalate, hold, release."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say, say_many
from tracker.people import queries as people
from tracker.steering import commands, policy, queries
from tracker.steering.forms import (
    AskForm,
    BulkForm,
    EscalateForm,
    GrantForm,
    HoldForm,
    ReassignForm,
    RefuseForm,
    ReleaseForm,
    UndoForm,
)
from tracker.steering.models import BulkChange, DueDateRequest
from tracker.steering.rules import write_versions

bp = Blueprint("steering", __name__, url_prefix="/actions")
blueprints = (bp,)

#: More than this are not changed at once.
LARGEST_BULK = 200


@bp.get("/<row:action_id>/ask-date")
def asking(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_ask(me(), action))
    return render_template("steering/ask.html", form=AskForm(formdata=None), action=action)


@bp.post("/<row:action_id>/ask-date")
@transactional
def ask(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_ask(me(), action))
    form = AskForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/ask.html", form=form, action=action), status
    commands.ask_due_date(action, form.asked_for.data, form.reason.data, by=me(), at=clock.now())
    return _back(action)


def _asked(action_id: int, request_id: int, *, to_change: bool = False) -> tuple[ActionItem, DueDateRequest]:
    action = actions.in_full(action_id, to_change=to_change)
    asked = queries.request(action_id, request_id, to_change=to_change)
    ensure(policy.may_answer(me(), asked))
    return action, asked


@bp.get("/<row:action_id>/requests/<row:request_id>/grant")
def granting(action_id: int, request_id: int) -> ResponseReturnValue:
    action, asked = _asked(action_id, request_id)
    return render_template("steering/grant.html", form=GrantForm(formdata=None), action=action, asked=asked)


@bp.post("/<row:action_id>/requests/<row:request_id>/grant")
@transactional
def grant(action_id: int, request_id: int) -> ResponseReturnValue:
    action, asked = _asked(action_id, request_id, to_change=True)
    form = GrantForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/grant.html", form=form, action=action, asked=asked), status
    commands.grant_request(action, asked, form.note.data, by=me(), at=clock.now())
    return _back(action)


@bp.get("/<row:action_id>/requests/<row:request_id>/refuse")
def refusing(action_id: int, request_id: int) -> ResponseReturnValue:
    action, asked = _asked(action_id, request_id)
    return render_template("steering/refuse.html", form=RefuseForm(formdata=None), action=action, asked=asked)


@bp.post("/<row:action_id>/requests/<row:request_id>/refuse")
@transactional
def refuse(action_id: int, request_id: int) -> ResponseReturnValue:
    action, asked = _asked(action_id, request_id, to_change=True)
    form = RefuseForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/refuse.html", form=form, action=action, asked=asked), status
    commands.refuse_request(action, asked, form.note.data, by=me(), at=clock.now())
    return _back(action)


def _offer_charge(form: Any, nothing: str | None = None) -> Any:
    form.responsible_unit.offer(people.unit_choices(), nothing or say("not yet set"))
    form.pic.offer(people.person_choices(), nothing or say("not yet set"))
    return form


@bp.get("/<row:action_id>/reassign")
def reassigning(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    action = actions.in_full(action_id)
    return render_template("steering/reassign.html", form=_offer_charge(ReassignForm.of(action)), action=action)


@bp.post("/<row:action_id>/reassign")
@transactional
def reassign(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    action = actions.in_full(action_id, to_change=True)
    form = _offer_charge(ReassignForm())
    status = form.verdict(_offer_charge(ReassignForm.of(action)))
    if status != HTTPStatus.OK:
        return render_template("steering/reassign.html", form=form, action=action), status
    unit_id, pic_id = form.responsible_unit.data, form.pic.data
    commands.reassign(
        action, pic_id=pic_id, responsible_unit_id=unit_id, reason=form.reason.data, by=me(), at=clock.now()
    )
    return _back(action)


def _offer_higher(form: EscalateForm) -> EscalateForm:
    form.position.offer(people.position_choices())
    form.person.offer(people.person_choices())
    return form


@bp.get("/<row:action_id>/escalate")
def escalating(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    action = actions.in_full(action_id)
    return render_template("steering/escalate.html", form=_offer_higher(EscalateForm(formdata=None)), action=action)


@bp.post("/<row:action_id>/escalate")
@transactional
def escalate(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    action = actions.in_full(action_id, to_change=True)
    form = _offer_higher(EscalateForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/escalate.html", form=form, action=action), status
    to = {"position_id": form.position.data, "person_id": form.person.data}
    commands.escalate(action, **to, reason=form.reason.data, by=me(), at=clock.now())
    return _back(action)


@bp.get("/<row:action_id>/hold")
def holding(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_hold(me(), action))
    form = HoldForm(formdata=None, data={"since": clock.today()})
    return render_template("steering/hold.html", form=form, action=action)


@bp.post("/<row:action_id>/hold")
@transactional
def hold(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_hold(me(), action))
    form = HoldForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/hold.html", form=form, action=action), status
    commands.hold(action, form.draft(), by=me(), at=clock.now())
    return _back(action)


@bp.get("/<row:action_id>/release")
def releasing(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_hold(me(), action))
    return render_template("steering/release.html", form=ReleaseForm(formdata=None), action=action)


@bp.post("/<row:action_id>/release")
@transactional
def release(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_hold(me(), action))
    form = ReleaseForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("steering/release.html", form=form, action=action), status
    commands.release(action, form.note.data, by=me(), at=clock.now())
    return _back(action)


def _bulk_page(form: BulkForm, chosen: Any, *changed: ActionItem) -> str:
    _offer_charge(form, say("stays as it is"))
    last = queries.last_bulk_change_of(me().account_id)
    return render_template("steering/bulk.html", form=form, chosen=chosen, changed=changed, last=last)


@bp.get("/bulk")
def choosing() -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    chosen = queries.several(request.args.getlist("action", type=int)[:LARGEST_BULK])
    versions = {action.id: action.version for action in chosen}
    return _bulk_page(BulkForm(formdata=None, data={"chosen": write_versions(versions)}), chosen)


@bp.post("/bulk")
@transactional
def change_several() -> ResponseReturnValue:
    ensure(policy.may_steer(me()))
    form = BulkForm()
    seen = form.versions()
    chosen = queries.several(list(seen)[:LARGEST_BULK], to_change=True)
    _offer_charge(form, say("stays as it is"))
    status = form.verdict()
    changed = [action for action in chosen if action.version != seen[action.id]]
    if status == HTTPStatus.OK and (changed or len(chosen) != len(seen)):
        form.form_errors.append(say("Some of these actions were changed meanwhile. Nothing was changed; look again."))
        form.chosen.data = write_versions({action.id: action.version for action in chosen})
        status = HTTPStatus.CONFLICT
    if status != HTTPStatus.OK:
        return _bulk_page(form, chosen, *changed), status
    commands.change_several(chosen, form.draft(), by=me(), at=clock.now())
    flash(say_many("%(num)d action changed.", "%(num)d actions changed.", len(chosen)))
    return redirect(url_for(".choosing"), 303)


@bp.get("/bulk/<row:change_id>/undo")
def undoing(change_id: int) -> ResponseReturnValue:
    return _undo_page(UndoForm(formdata=None), _own_change(change_id))


@bp.post("/bulk/<row:change_id>/undo")
@transactional
def undo(change_id: int) -> ResponseReturnValue:
    change, form = _own_change(change_id, to_change=True), UndoForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _undo_page(form, change), status
    chosen = queries.several((row.action_id for row in change.rows), to_change=True)
    commands.undo_bulk_change(change, chosen, by=me(), at=clock.now())
    flash(say("The change was undone."))
    return redirect(url_for("actions.index"), 303)


def _own_change(change_id: int, *, to_change: bool = False) -> BulkChange:
    """The last bulk change of whoever asks; an earlier one is no longer there to be undone."""
    change = queries.bulk_change(change_id, to_change=to_change)
    ensure(policy.may_undo(me(), change))
    return change


def _undo_page(form: UndoForm, change: BulkChange) -> str:
    return render_template("steering/undo.html", form=form, change=change)


def _back(action: ActionItem) -> ResponseReturnValue:
    flash(say("Recorded."))
    return redirect(url_for("actions.show", action_id=action.id), 303)
