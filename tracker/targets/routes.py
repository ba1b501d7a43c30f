"""Pages of targets: the cascade, one target, its versions and its values."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.follows import queries as follows
from tracker.history.queries import events_of
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.periods import queries as periods
from tracker.proposals import queries as proposals
from tracker.targets import commands, formats, policy, queries, rules
from tracker.targets.forms import FORMS, MoveForm, TargetFilterForm, TargetForm, ValueForm, VersionForm
from tracker.targets.labels import FACTS
from tracker.targets.models import Indicator, Target
from tracker.targets.rules import TargetKind, TargetState

bp = Blueprint("targets", __name__, url_prefix="/targets")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    form = TargetFilterForm()
    form.unit.offer(people.unit_choices(), say("Any"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    known = queries.everything()
    only = queries.orphans(known, proposals.linked_target_ids()) if form.orphans.data else None
    cascade = queries.cascade(known, form.filter(), only=only)
    return render_template("targets/index.html", form=form, cascade=cascade, may_edit=policy.may_edit(me())), status


@bp.get("/<row:target_id>")
def show(target_id: int) -> ResponseReturnValue:
    target = queries.target(target_id)
    document = queries.document_of(target)
    relatives = queries.relatives(target)
    versions = [one for one in relatives if one.lineage == target.lineage]
    links = proposals.links_of_targets([one.id for one in versions])
    kept, events = follows.kept(me(), target), events_of(target)
    return render_template(
        "targets/show.html",
        target=target,
        document=document,
        versions={one.id: one for one in versions},
        parts=[one for one in relatives if one.lineage != target.lineage],
        trend=_trend(target),
        links=links,
        actions=actions.of_proposals([link.proposal_id for link in links]),
        today=clock.today(),
        statements=meetings.statements_about_targets([one.id for one in versions]),
        steps=[
            to
            for to in rules.STATES[target.kind]
            if to in rules.NEXT[target.kind][target.state] and policy.may_move(me(), target, document, to)
        ],
        may_edit=policy.may_edit(me()) and not policy.is_fixed(document),
        may_measure=policy.may_edit(me()) and policy.takes_actuals(document),
        may_open_version=target is document and document is not None and policy.may_open_version(me(), document),
        may_tell_effect=policy.may_tell_effect(me()),
        kept=kept,
        changes=follows.changes_of_one(target, kept, events) if kept else None,
        events=events,
    )


def _trend(target: Target) -> formats.Trend | None:
    if not isinstance(target, Indicator):
        return None
    return formats.trend(
        [
            formats.Period(
                code=value.period.code, year=value.year, target=value.target_value, upper=value.target_upper,
                actual=value.actual_value,
            )
            for value in target.by_period
        ]
    )  # fmt: skip


@bp.get("/<row:target_id>/compare")
def compare(target_id: int) -> ResponseReturnValue:
    document = queries.document(target_id)
    earlier = queries.document(request.args.get("with", document.supersedes_id or 0, type=int))
    if earlier.lineage != document.lineage or earlier.id == document.id:
        raise NotFound
    changes = rules.differences(queries.sayings(earlier), queries.sayings(document))
    return render_template("targets/compare.html", document=document, earlier=earlier, changes=changes, facts=FACTS)


@bp.get("/<row:target_id>/version")
def new_version(target_id: int) -> ResponseReturnValue:
    document = queries.document(target_id)
    ensure(policy.may_open_version(me(), document))
    return render_template("targets/version.html", form=VersionForm(formdata=None), target=document)


@bp.post("/<row:target_id>/version")
@transactional
def open_version(target_id: int) -> ResponseReturnValue:
    document = queries.document(target_id, to_change=True)
    ensure(policy.may_edit(me()))
    form = VersionForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("targets/version.html", form=form, target=document), status
    copy = commands.open_version(document, reason=form.reason.data or "", by=me(), at=clock.now())
    flash(say("The new version is a draft. Change it, then have it enacted."))
    return redirect(url_for(".show", target_id=copy.id), 303)


def _kind(code: str) -> TargetKind:
    if code not in {kind.value for kind in TargetKind}:
        raise NotFound
    return TargetKind(code)


def _offer(form: TargetForm, target_id: int | None = None) -> TargetForm:
    form.owner_unit.offer(people.unit_choices(), say("not yet set"))
    if "document" in form:
        form["document"].offer(queries.document_choices(), say("not yet set"))
    if "scheme" in form:
        form["scheme"].offer(periods.scheme_choices(), say("not yet set"))
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
    ensure(policy.may_move(me(), target, queries.document_of(target), step))
    return render_template("targets/move.html", form=MoveForm(formdata=None), target=target, to=step)


@bp.post("/<row:target_id>/move/<to>")
@transactional
def take_step(target_id: int, to: str) -> ResponseReturnValue:
    target, step = queries.target(target_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), target, queries.document_of(target), step))
    form = MoveForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("targets/move.html", form=form, target=target, to=step), status
    commands.move_target(target, step, reason=form.reason.data, by=me(), at=clock.now())
    flash(say("Recorded."))
    return redirect(url_for(".show", target_id=target.id), 303)


def _offer_periods(form: ValueForm, indicator: Indicator) -> ValueForm:
    form.period.offer(periods.period_choices(indicator.scheme_id))
    return form


@bp.get("/<row:target_id>/values/new")
def new_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    indicator = queries.indicator(target_id)
    form = _offer_periods(ValueForm(formdata=None, data={"year": clock.today().year}), indicator)
    return render_template("targets/value_new.html", form=form, target=indicator)


@bp.post("/<row:target_id>/values/new")
@transactional
def add_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    indicator = queries.indicator(target_id, to_change=True)
    form = _offer_periods(ValueForm(), indicator)
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
    indicator = queries.indicator(value.indicator_id)
    form = _offer_periods(ValueForm.of(value), indicator)
    return render_template("targets/value_edit.html", form=form, value=value, target=indicator)


@bp.post("/values/<row:value_id>/edit")
@transactional
def update_value(value_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id, to_change=True)
    indicator = queries.indicator(value.indicator_id, to_change=True)
    form = _offer_periods(ValueForm(), indicator)
    status = form.verdict(_offer_periods(ValueForm.of(value), indicator))
    if status != HTTPStatus.OK:
        return render_template("targets/value_edit.html", form=form, value=value, target=indicator), status
    commands.edit_value(indicator, value, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", target_id=indicator.id), 303)
