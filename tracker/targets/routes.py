"""Pages of targets: the cascade, one target, its values."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.history.queries import events_of
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.targets import commands, policy, queries, rules
from tracker.targets.forms import FORMS, MoveForm, TargetForm, ValueForm
from tracker.targets.models import Indicator, Target
from tracker.targets.rules import TargetKind, TargetState

bp = Blueprint("targets", __name__, url_prefix="/targets")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    known = queries.everything()
    below: dict[int | None, list[Target]] = {}
    for target in known:
        if target.kind is TargetKind.OBJECTIVE:
            above = target.parent_id or target.document_id  # type: ignore[attr-defined]  # an Objective
        elif target.kind is TargetKind.INDICATOR:
            above = target.objective_id or target.document_id  # type: ignore[attr-defined]  # an Indicator
        else:
            continue
        below.setdefault(above, []).append(target)
    documents = [target for target in known if target.kind is TargetKind.DOCUMENT]
    return render_template("targets/index.html", documents=documents, below=below, may_edit=policy.may_edit(me()))


@bp.get("/<row:target_id>")
def show(target_id: int) -> ResponseReturnValue:
    target = queries.target(target_id)
    values = target.values if isinstance(target, Indicator) else []
    return render_template(
        "targets/show.html",
        target=target,
        document=queries.document_of(target),
        achieved={
            value.id: rules.achievement(value.actual_value, value.target_value, target.polarity, value.target_upper)
            for value in values
            if isinstance(target, Indicator)
        },
        measurable=isinstance(target, Indicator)
        and rules.is_measurable(
            target.unit_of_measure, target.formula, has_value=any(value.target_value is not None for value in values)
        ),
        links=proposals.links_of_target(target_id),
        statements=meetings.statements_about_target(target_id),
        steps=[
            to
            for to in rules.STATES[target.kind]
            if to in rules.NEXT[target.kind][target.state] and policy.may_move(me(), target, to)
        ],
        may_edit=policy.may_edit(me()) and not policy.is_fixed(target, queries.document_of(target)),
        may_measure=policy.may_edit(me()),
        events=events_of(target),
    )


def _kind(code: str) -> TargetKind:
    if code not in {kind.value for kind in TargetKind}:
        raise NotFound
    return TargetKind(code)


def _offer(form: TargetForm, target_id: int | None = None) -> TargetForm:
    form.owner_unit.offer(people.unit_choices(), say("not yet set"))
    for name in ("document", "supersedes"):
        if name in form:
            form[name].offer(queries.document_choices(), say("not yet set"))
    for name in ("parent", "objective"):
        if name in form:
            form[name].offer(queries.objective_choices(target_id), say("not yet set"))
    return form


@bp.get("/new/<kind>")
def new(kind: str) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target_kind = _kind(kind)
    form = _offer(FORMS[target_kind](formdata=None))
    if "document" in form:
        form["document"].data = request.args.get("document", type=int)
    return render_template("targets/new.html", form=form, kind=target_kind)


@bp.post("/new/<kind>")
@transactional
def create(kind: str) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target_kind = _kind(kind)
    form = _offer(FORMS[target_kind]())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("targets/new.html", form=form, kind=target_kind), status
    target = commands.add_target(form.draft(), by=me(), at=clock.now())  # type: ignore[attr-defined]  # each kind's own
    flash(say("Saved."))
    return redirect(url_for(".show", target_id=target.id), 303)


@bp.get("/<row:target_id>/edit")
def edit(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target = queries.target(target_id)
    form = _offer(FORMS[target.kind].of(target), target_id)
    return render_template("targets/edit.html", form=form, target=target)


@bp.post("/<row:target_id>/edit")
@transactional
def update(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target = queries.target(target_id, to_change=True)
    form = _offer(FORMS[target.kind](), target_id)
    status = form.verdict(_offer(FORMS[target.kind].of(target), target_id))
    if status != HTTPStatus.OK:
        return render_template("targets/edit.html", form=form, target=target), status
    commands.edit_target(target, form.draft(), by=me(), at=clock.now())  # type: ignore[attr-defined]  # each kind's own
    flash(say("Saved."))
    return redirect(url_for(".show", target_id=target.id), 303)


def _step(code: str) -> TargetState:
    if code not in {state.value for state in TargetState}:
        raise NotFound
    return TargetState(code)


@bp.get("/<row:target_id>/move/<to>")
def move(target_id: int, to: str) -> ResponseReturnValue:
    target, step = queries.target(target_id), _step(to)
    ensure(policy.may_move(me(), target, step))
    return render_template("targets/move.html", form=MoveForm(formdata=None), target=target, to=step)


@bp.post("/<row:target_id>/move/<to>")
@transactional
def take_step(target_id: int, to: str) -> ResponseReturnValue:
    target, step = queries.target(target_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), target, step))
    form = MoveForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("targets/move.html", form=form, target=target, to=step), status
    commands.move_target(target, step, reason=form.reason.data, by=me(), at=clock.now())
    flash(say("Recorded."))
    return redirect(url_for(".show", target_id=target.id), 303)


def _indicator(target_id: int, *, to_change: bool = False) -> Indicator:
    target = queries.target(target_id, to_change=to_change)
    if not isinstance(target, Indicator):
        raise NotFound
    return target


@bp.get("/<row:target_id>/values/new")
def new_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = ValueForm(formdata=None, data={"year": clock.today().year, "period": "B12"})
    return render_template("targets/value_new.html", form=form, target=_indicator(target_id))


@bp.post("/<row:target_id>/values/new")
@transactional
def add_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    indicator = _indicator(target_id, to_change=True)
    form = ValueForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("targets/value_new.html", form=form, target=indicator), status
    commands.set_value(indicator, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", target_id=indicator.id), 303)


@bp.get("/values/<row:value_id>/edit")
def edit_value(value_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id)
    target = _indicator(value.indicator_id)
    return render_template("targets/value_edit.html", form=ValueForm.of(value), value=value, target=target)


@bp.post("/values/<row:value_id>/edit")
@transactional
def update_value(value_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id, to_change=True)
    indicator = _indicator(value.indicator_id)
    form = ValueForm()
    status = form.verdict(ValueForm.of(value))
    if status != HTTPStatus.OK:
        return render_template("targets/value_edit.html", form=form, value=value, target=indicator), status
    commands.edit_value(indicator, value, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", target_id=indicator.id), 303)
