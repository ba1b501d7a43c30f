"""Lists of actions, the calendar, figures by unit, and the setting of “due soon”."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, policy, queries, rules
from tracker.actions.forms import ActionFilterForm, DueSoonForm
from tracker.actions.routes.blueprint import bp
from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.rules import next_month, parse_month, previous_month, weeks_of_month
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.replica import from_replica
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.people import queries as people


def _filter() -> ActionFilterForm:
    form = ActionFilterForm()
    form.unit.offer(people.UNITS, gettext("Any"))
    form.pic.offer(people.PERSONS, gettext("Anyone"))
    return form


@bp.get("")
def index() -> ResponseReturnValue:
    form = _filter()
    status = form.validation_status()
    today = clock.today()
    page = (
        queries.matching(form.filter(), today, request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    )
    return render_template(
        "actions/index.html",
        form=form,
        page=page,
        today=today,
        soon_until=queries.soon_until(today),
        may_assign=policy.may_assign(me()),
        may_manage=policy.may_edit(me()),
        may_set=policy.may_set_due_soon(me()),
        open_states=rules.OPEN,
    ), status


@bp.get("/units")
@from_replica
def by_unit() -> ResponseReturnValue:
    return render_template("actions/units.html", tree=queries.unit_tree(clock.today()))


@bp.get("/calendar")
def calendar() -> ResponseReturnValue:
    form, today = _filter(), clock.today()
    status = form.validation_status()
    first = parse_month(request.args.get("month", "")) or today.replace(day=1)
    weeks = weeks_of_month(first)
    span = weeks[0].monday, weeks[-1].sunday
    return render_template(
        "actions/calendar.html",
        form=form,
        first=first,
        earlier=previous_month(first),
        later=next_month(first),
        weeks=weeks,
        due=queries.due_by_day(form.filter(), *span, today) if status is HTTPStatus.OK else {},
        days_off=holidays.days_off(*span),
        today=today,
    ), status


@bp.get("/due-soon")
def edit_due_soon() -> ResponseReturnValue:
    ensure(policy.may_set_due_soon(me()))
    form = DueSoonForm(formdata=None, data={"working_days": queries.setting().due_soon_working_days})
    return render_template("actions/due_soon.html", form=form, until=queries.soon_until(clock.today()))


@bp.post("/due-soon")
@transactional
def set_due_soon() -> ResponseReturnValue:
    ensure(policy.may_set_due_soon(me()))
    form = DueSoonForm()
    try:
        form.check()
        setting = queries.setting(to_change=True)
        commands.set_due_soon(setting, int(form.working_days.data), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/due_soon.html", form=form, until=queries.soon_until(clock.today())), status
    flash(gettext("Saved."))
    return redirect(url_for(".index", watch="due_soon"), 303)
