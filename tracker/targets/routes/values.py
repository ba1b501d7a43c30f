"""Pages of the values of an indicator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.calendar.periods import queries as periods
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.targets import commands, policy, queries
from tracker.targets.forms import EditValueForm, NewValueForm
from tracker.targets.routes.blueprint import bp


@bp.get("/<row:target_id>/values/new")
def new_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    indicator = queries.indicator(target_id)
    form = NewValueForm(formdata=None, data={"year": clock.today().year}).offer_periods_of(indicator)
    return render_template("targets/value_new.html", form=form, target=indicator)


@bp.post("/<row:target_id>/values/new")
@transactional
def add_value(target_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    indicator = queries.indicator(target_id, to_change=True)
    form = NewValueForm().offer_periods_of(indicator)
    try:
        form.check_with_hints(lambda: form.hints_of(form.doubts(indicator)))
        confirmed = {doubt for _, doubt in form.doubts(indicator)}
        draft = form.draft()
        with recording_history(if_so=form.is_history.data, since=periods.end_of(draft.period_id, draft.year)):
            commands.set_value(indicator, draft, by=me(), at=clock.now(), confirmed=confirmed)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/value_new.html", form=form, target=indicator), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", target_id=indicator.id), 303)


@bp.get("/values/<row:value_id>/edit")
def edit_value(value_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id)
    indicator = queries.indicator(value.indicator_id)
    form = EditValueForm.of(value).offer_periods_of(indicator)
    return render_template("targets/value_edit.html", form=form, value=value, target=indicator)


@bp.post("/values/<row:value_id>/edit")
@transactional
def update_value(value_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id, to_change=True)
    indicator = queries.indicator(value.indicator_id, to_change=True)
    form = EditValueForm().offer_periods_of(indicator)
    stored = EditValueForm.of(value).offer_periods_of(indicator)
    try:
        form.check_with_hints(lambda: form.hints_of(form.doubts(indicator, stored)), stored)
        confirmed = {doubt for _, doubt in form.doubts(indicator, stored)}
        commands.edit_value(
            indicator, value, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now(),
            confirmed=confirmed,
        )  # fmt: skip
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("targets/value_edit.html", form=form, value=value, target=indicator), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", target_id=indicator.id), 303)
