"""Pages for adding, editing and moving targets, and for opening versions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.calendar.periods import queries as periods
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import row_named
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label
from tracker.people import queries as people
from tracker.targets import commands, policy, queries
from tracker.targets.forms import FORMS, MoveForm, TargetForm, VersionForm
from tracker.targets.routes.blueprint import bp
from tracker.targets.rules import TargetKind, TargetState


def _kind(code: str) -> TargetKind:
    if code not in {kind.value for kind in TargetKind}:
        raise NotFound
    return TargetKind(code)


def _offer(form: TargetForm, target_id: int | None = None) -> TargetForm:
    form.owner_unit.offer(people.UNITS, gettext("not yet set"))
    if "document" in form:
        form["document"].offer(queries.document_choices(), gettext("not yet set"))
    if "scheme" in form:
        form["scheme"].offer(periods.scheme_choices(), gettext("not yet set"))
    for name in ("parent", "objective"):
        if name in form:
            form[name].offer(queries.objective_choices(target_id), gettext("not yet set"))
    return form


@bp.get("/new/<kind>")
def new(kind: str) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target_kind = _kind(kind)
    form = _offer(FORMS[target_kind](formdata=None))
    if "document" in form:
        form["document"].data = row_named("document")
    return render_template("targets/new.html", form=form, kind=target_kind)


@bp.post("/new/<kind>")
@transactional
def create(kind: str) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    target_kind = _kind(kind)
    form = _offer(FORMS[target_kind]())
    try:
        form.check()
        target = commands.add_target(form.draft(), by=me(), at=clock.now())  # type: ignore[attr-defined]  # each kind's own
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/new.html", form=form, kind=target_kind), status
    flash(gettext("Saved."))
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
    try:
        form.check(_offer(FORMS[target.kind].of(target), target_id))
        commands.edit_target(target, form.draft(), by=me(), at=clock.now())  # type: ignore[attr-defined]  # each kind's own
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/edit.html", form=form, target=target), status
    flash(gettext("Saved."))
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
    try:
        form.check()
        commands.move_target(target, step, reason=form.reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/move.html", form=form, target=target, to=step), status
    flash(gettext("The target is now “%(status)s”.", status=label(step)))
    return redirect(url_for(".show", target_id=target.id), 303)


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
    try:
        form.check()
        copy = commands.open_version(document, reason=form.reason.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/version.html", form=form, target=document), status
    flash(gettext("The new version is a draft. Change it, then have it enacted."))
    return redirect(url_for(".show", target_id=copy.id), 303)
