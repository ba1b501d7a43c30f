"""Pages of days off: the list of a year, adding, changing and removing one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.queries import events_of
from tracker.calendar.holidays import commands, policy, queries, rules
from tracker.calendar.holidays.forms import HolidayForm, RemovalForm
from tracker.calendar.holidays.models import Holiday
from tracker.core import clock
from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import row_number
from tracker.core.transactions import transactional
from tracker.core.wording import gettext

bp = Blueprint("holidays", __name__, url_prefix="/holidays")
blueprints = (bp,)
bp.add_app_template_test(rules.is_day_off, "day_off")


@bp.get("")
def index() -> ResponseReturnValue:
    requested = row_number(request.args.get("year"))
    year = requested if requested and FIRST_YEAR <= requested <= LAST_YEAR else clock.today().year
    return render_template(
        "calendar/holidays/index.html",
        year=year,
        years=sorted({*queries.years(), year}),
        holidays=queries.of_year(year),
        changes=queries.latest_changes(),
        may_edit=policy.may_edit(me()),
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    return render_template("calendar/holidays/new.html", form=HolidayForm(formdata=None, data={"is_confirmed": True}))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = HolidayForm()
    try:
        form.check()
        holiday = commands.add_holiday(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("calendar/holidays/new.html", form=form), status
    flash(gettext("Saved."))
    return _back(holiday)


@bp.get("/<row:holiday_id>/edit")
def edit(holiday_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    holiday = queries.holiday(holiday_id)
    return _edit_page(holiday, HolidayForm.of(holiday))


@bp.post("/<row:holiday_id>/edit")
@transactional
def update(holiday_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    holiday = queries.holiday(holiday_id, to_change=True)
    form = HolidayForm()
    try:
        form.check(HolidayForm.of(holiday))
        commands.edit_holiday(holiday, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _edit_page(holiday, form), status
    flash(gettext("Saved."))
    return _back(holiday)


@bp.get("/<row:holiday_id>/remove")
def removal(holiday_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    return _removal_page(queries.holiday(holiday_id), RemovalForm(formdata=None))


@bp.post("/<row:holiday_id>/remove")
@transactional
def remove(holiday_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    holiday, form = queries.holiday(holiday_id, to_change=True), RemovalForm()
    try:
        form.check()
        commands.remove_holiday(holiday, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _removal_page(holiday, form), status
    flash(gettext("Removed."))
    return _back(holiday)


def _edit_page(holiday: Holiday, form: HolidayForm) -> str:
    return render_template("calendar/holidays/edit.html", form=form, holiday=holiday, events=events_of(holiday))


def _removal_page(holiday: Holiday, form: RemovalForm) -> str:
    return render_template("calendar/holidays/remove.html", form=form, holiday=holiday)


def _back(holiday: Holiday) -> ResponseReturnValue:
    return redirect(url_for(".index", year=holiday.date.year), 303)
