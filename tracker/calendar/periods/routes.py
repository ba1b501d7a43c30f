"""Pages of period schemes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.calendar.periods import commands, policy, queries
from tracker.calendar.periods.forms import SchemeForm
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.targets import queries as targets

bp = Blueprint("periods", __name__, url_prefix="/periods")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    return render_template("calendar/periods/index.html", schemes=queries.schemes(), may_edit=policy.may_edit(me()))


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    return render_template("calendar/periods/new.html", form=SchemeForm.of(None))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = SchemeForm()
    try:
        form.check()
        commands.save_scheme(None, form.draft(), in_use=frozenset(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("calendar/periods/new.html", form=form), status
    flash(gettext("Saved."))
    return redirect(url_for(".index"), 303)


@bp.get("/<row:scheme_id>/edit")
def edit(scheme_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    scheme = queries.scheme(scheme_id)
    return render_template("calendar/periods/edit.html", form=SchemeForm.of(scheme), scheme=scheme)


@bp.post("/<row:scheme_id>/edit")
@transactional
def update(scheme_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    scheme = queries.scheme(scheme_id, to_change=True)
    form = SchemeForm()
    try:
        form.check(SchemeForm.of(scheme))
        in_use = targets.periods_in_use(scheme_id)
        commands.save_scheme(scheme, form.draft(), in_use=in_use, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("calendar/periods/edit.html", form=form, scheme=scheme), status
    flash(gettext("Saved."))
    return redirect(url_for(".index"), 303)
