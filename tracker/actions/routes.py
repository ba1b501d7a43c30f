"""Pages of follow-up actions: the matrix, one action, every step of its life."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, policy, queries, rules
from tracker.actions.commands import Origin
from tracker.actions.forms import ActionFilterForm, ActionForm, MoveForm, NewActionForm, PromiseForm, ReportForm
from tracker.actions.labels import nth_promise
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.answers import queries as answers
from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.follows import queries as follows
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.steering import queries as steering

bp = Blueprint("actions", __name__, url_prefix="/actions")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    form = ActionFilterForm()
    form.unit.offer(people.unit_choices(), say("Any"))
    form.pic.offer(people.person_choices(), say("Anybody"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    today = clock.today()
    page = queries.matching(form.filter(), today, request.args.get("page"))
    return render_template(
        "actions/index.html",
        form=form,
        page=page,
        today=today,
        soon_until=queries.soon_until(today),
        may_assign=policy.may_assign(me()),
        may_steer=policy.may_edit(me()),
        open_states=rules.OPEN,
    ), status


@bp.get("/units")
def by_unit() -> ResponseReturnValue:
    return render_template("actions/units.html", rows=queries.by_unit(clock.today()))


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", action_id=queries.id_of_code(code)))


@bp.get("/<row:action_id>")
def show(action_id: int) -> ResponseReturnValue:
    action = queries.in_full(action_id)
    proposal = proposals.in_full(action.proposal_id) if action.proposal and action.proposal_id else None
    statement = meetings.statement(action.statement_id) if action.statement_id else None
    answer = answers.answer_about_action(action)
    return render_template(
        "actions/show.html",
        answer=answer,
        kept=follows.kept(me(), action),
        action=action,
        proposal=proposal,
        meeting=statement.meeting if statement else meetings.named(proposal.raised_in_id if proposal else None),
        statement=statement,
        today=clock.today(),
        soon_until=queries.soon_until(clock.today()),
        steps=[
            to for to in rules.ActionStatus if to in rules.NEXT[action.status] and policy.may_move(me(), action, to)
        ],
        may_edit=policy.may_edit(me()),
        may_report=policy.may_report(me(), action) and action.status in rules.OPEN,
        may_move_due_date=policy.may_move_due_date(me()) and action.status in rules.OPEN,
        events=answer.facts.events,
        files=attachments.files_of(action, me()),
        nth_promise=nth_promise,
        **_steering(action),
    )


def _steering(action: ActionItem) -> dict[str, object]:
    """What was asked and escalated, and what may be asked now."""
    is_open = action.status in rules.OPEN
    return {
        "requests": steering.requests_of(action.id),
        "escalation": steering.latest_escalation(action.id),
        "may_answer": lambda asked: is_open and policy.may_answer(me(), asked.by_account_id),
        "may_ask": is_open and policy.may_report(me(), action),
        "may_steer": is_open and policy.may_edit(me()),
    }


def _offer(form: ActionForm) -> ActionForm:
    form.responsible_unit.offer(people.unit_choices(), say("not yet set"))
    form.pic.offer(people.person_choices(), say("not yet set"))
    form.supporting_units.offer(people.unit_choices())
    return form


def _offer_origin(form: NewActionForm) -> NewActionForm:
    form.proposal.offer(proposals.proposal_choices())
    form.statement.offer(meetings.actionable_choices())
    _offer(form)
    return form


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_assign(me()))
    form = NewActionForm(formdata=None, data={"classification": Classification.ORDINARY})
    form.proposal.data = request.args.get("proposal", type=int)
    form.statement.data = request.args.get("statement", type=int)
    return render_template("actions/new.html", form=_offer_origin(form))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_assign(me()))
    form = _offer_origin(NewActionForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("actions/new.html", form=form), status
    origin = Origin(proposal_id=form.proposal.data, statement_id=form.statement.data)
    action = commands.assign_action(form.draft(), origin, form.due_on.data, on=clock.today(), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(action)


@bp.get("/<row:action_id>/edit")
def edit(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    action = queries.in_full(action_id)
    return render_template("actions/edit.html", form=_offer(ActionForm.of(action)), action=action)


@bp.post("/<row:action_id>/edit")
@transactional
def update(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    action = queries.in_full(action_id, to_change=True)
    form = _offer(ActionForm())
    status = form.verdict(_offer(ActionForm.of(action)))
    if status != HTTPStatus.OK:
        return render_template("actions/edit.html", form=form, action=action), status
    commands.edit_action(action, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(action)


@bp.get("/<row:action_id>/report")
def report(action_id: int) -> ResponseReturnValue:
    action = queries.in_full(action_id)
    ensure(policy.may_report(me(), action))
    form = ReportForm(formdata=None, data={"on": clock.today()})
    return render_template("actions/report.html", form=form, action=action)


@bp.post("/<row:action_id>/report")
@transactional
def add_report(action_id: int) -> ResponseReturnValue:
    action = queries.in_full(action_id, to_change=True)
    ensure(policy.may_report(me(), action))
    form = ReportForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("actions/report.html", form=form, action=action), status
    commands.report_progress(action, form.report(), by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(action)


@bp.get("/<row:action_id>/due-date")
def promise(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_move_due_date(me()))
    return render_template("actions/promise.html", form=PromiseForm(formdata=None), action=queries.in_full(action_id))


@bp.post("/<row:action_id>/due-date")
@transactional
def move_due_date(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_move_due_date(me()))
    action = queries.in_full(action_id, to_change=True)
    form = PromiseForm()
    status = form.judge(action)
    if status != HTTPStatus.OK:
        return render_template("actions/promise.html", form=form, action=action), status
    commands.move_due_date(action, form.promise(), by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(action)


def _step(code: str) -> ActionStatus:
    if code not in {status.value for status in ActionStatus}:
        raise NotFound
    return ActionStatus(code)


@bp.get("/<row:action_id>/move/<to>")
def move(action_id: int, to: str) -> ResponseReturnValue:
    action, step = queries.in_full(action_id), _step(to)
    ensure(policy.may_move(me(), action, step))
    form = MoveForm(formdata=None, data={"evidence": action.evidence})
    return render_template("actions/move.html", form=form, action=action, to=step)


@bp.post("/<row:action_id>/move/<to>")
@transactional
def take_step(action_id: int, to: str) -> ResponseReturnValue:
    action, step = queries.in_full(action_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), action, step))
    form = MoveForm()
    status = form.judge(action, step)
    if status != HTTPStatus.OK:
        return render_template("actions/move.html", form=form, action=action, to=step), status
    commands.move_action(
        action, step, reason=form.reason.data, reason_code=form.reason_code.data, evidence=form.evidence.data,
        by=me(), at=clock.now(),
    )  # fmt: skip
    flash(say("Recorded."))
    return _back(action)


def _back(action: ActionItem) -> ResponseReturnValue:
    return redirect(url_for(".show", action_id=action.id), 303)
