"""Lists of actions, the calendar of meetings and due dates, figures by unit, and the setting of “due soon”."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, policy, queries, rules
from tracker.actions.forms import ActionFilterForm, DueSoonForm
from tracker.actions.routes.blueprint import bp
from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.rules import (
    WEEK,
    next_month,
    parse_month,
    previous_month,
    week_of,
    weeks_from,
    weeks_of_month,
)
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.replica import from_replica
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import queries as meetings
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
        has_any=bool(page.rows) or queries.has_any(),
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


#: Weeks shown if no month is chosen, and weeks around the first one whose load is drawn.
_WEEKS_AHEAD, _WEEKS_BEFORE, _WEEKS_DRAWN = 5, 3, 12


@bp.get("/calendar")
def calendar() -> ResponseReturnValue:
    form, today = _filter(), clock.today()
    is_valid = form.validation_status() is HTTPStatus.OK
    is_month = request.args.get("show") == "month"
    chosen = parse_month(request.args.get("month", ""))
    month = chosen or today.replace(day=1)
    weeks = weeks_of_month(month) if chosen or is_month else weeks_from(week_of(today), _WEEKS_AHEAD)
    drawn = weeks_from(week_of(weeks[0].monday - _WEEKS_BEFORE * WEEK), _WEEKS_DRAWN)
    span, filters = (weeks[0].monday, weeks[-1].sunday), form.filter() if is_valid else None
    shown_a_day = queries.SHOWN_A_DAY if is_month else queries.SHOWN_A_DAY_IN_WEEKS
    return render_template(
        "actions/month.html" if is_month else "actions/calendar.html",
        form=form,
        month=month,
        is_chosen=chosen is not None,
        earlier=previous_month(month),
        later=next_month(month),
        weeks=weeks,
        due=queries.due_by_day(filters, *span, today, shown_a_day) if filters else {},
        late=queries.overdue(filters, today) if filters and not is_month else None,
        load=queries.open_by_week(filters, drawn, today) if filters and not is_month else {},
        meetings=meetings.by_day(*span) if not form.is_active() else {},
        days_off=holidays.days_off(*span),
        this_week=week_of(today),
        today=today,
    ), HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY


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
