"""Pages of units and of the names they bore."""

from collections.abc import Iterator, Sequence
from datetime import date
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.audit.queries import events_of
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.people import commands, policy, queries
from tracker.people.forms import AsOfForm, FormerNameForm, UnitForm, UnitOrderForm
from tracker.people.models import OrgUnit
from tracker.people.queries import UnitThen
from tracker.reorganisation import queries as reorganisation

Placed = TypeVar("Placed", OrgUnit, UnitThen)

units = Blueprint("units", "tracker.people.routes", url_prefix="/units")


@units.get("", endpoint="index")
def unit_index() -> ResponseReturnValue:
    """Units that exist, or that existed on a day."""
    days = AsOfForm()
    status = days.validation_status()
    if status is HTTPStatus.OK and days.as_of.data:
        return _units_then(days, days.as_of.data)
    form, today = UnitOrderForm(), clock.today()
    units = [unit for unit in queries.all_units(form.order) if unit.valid_to is None or unit.valid_to >= today]
    rows = [(unit, 0) for unit in units] if form.order else list(_nested(units))
    page = render_template("people/units.html", form=form, days=days, rows=rows, may_edit=policy.may_edit(me()))
    return page, status


def _units_then(form: AsOfForm, day: date) -> ResponseReturnValue:
    units = [unit for unit in queries.units_on(day).values() if unit.existed]
    return render_template("people/units_then.html", form=form, day=day, rows=list(_nested(units)))


def _nested(units: Sequence[Placed]) -> Iterator[tuple[Placed, int]]:
    """Each unit with its level, below the unit that it is part of."""
    below: dict[int | None, list[Placed]] = {}
    numbers = {unit.id for unit in units}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in numbers else None, []).append(unit)
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, level = waiting.pop()
        yield unit, level
        waiting += [(child, level + 1) for child in reversed(below.get(unit.id, []))]


@units.get("/<row:unit_id>", endpoint="show")
def unit_show(unit_id: int) -> ResponseReturnValue:
    form = AsOfForm()
    status = form.validation_status()
    if status is HTTPStatus.OK and form.as_of.data:
        return _unit_then(unit_id, form, form.as_of.data)
    unit = queries.unit(unit_id)
    page = render_template(
        "people/unit.html",
        unit=unit,
        form=form,
        succession=reorganisation.succession_of_unit(unit_id),
        tree=actions.unit_tree(clock.today(), unit),
        may_edit=policy.may_edit(me()),
        events=events_of(unit),
    )
    return page, status


def _unit_then(unit_id: int, form: AsOfForm, day: date) -> ResponseReturnValue:
    units = queries.units_on(day)
    unit = units.get(unit_id)
    if unit is None:
        raise NotFound
    posts = [post for post in queries.posts_on(day, units=units).values() if post.unit and post.unit.id == unit_id]
    return render_template(
        "people/unit_then.html",
        unit=unit,
        form=form,
        day=day,
        succession=reorganisation.succession_of_unit(unit_id),
        parent=units.get(unit.parent_id or 0),
        children=[other for other in units.values() if other.existed and other.parent_id == unit_id],
        posts=posts,
        held=queries.held_on(day, [post.id for post in posts]),
    )


def _offer_units(form: UnitForm) -> UnitForm:
    form.parent.offer(queries.UNITS, gettext("Not part of another unit"))
    return form


@units.get("/new", endpoint="new")
def unit_new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    return render_template("people/unit_new.html", form=_offer_units(UnitForm(formdata=None)))


@units.post("/new", endpoint="create")
@transactional
def unit_create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_units(UnitForm())
    try:
        form.check()
        unit = commands.add_unit(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/unit_new.html", form=form), status
    flash(gettext("Saved."))
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.get("/<row:unit_id>/edit", endpoint="edit")
def unit_edit(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id)
    return render_template("people/unit_edit.html", form=_offer_units(UnitForm.of(unit)), unit=unit)


@units.post("/<row:unit_id>/edit", endpoint="update")
@transactional
def unit_update(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id, to_change=True)
    form = _offer_units(UnitForm())
    try:
        form.check(_offer_units(UnitForm.of(unit)))
        commands.edit_unit(unit, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/unit_edit.html", form=form, unit=unit), status
    flash(gettext("Saved."))
    return redirect(url_for("units.show", unit_id=unit.id), 303)


def _offer_parents(form: FormerNameForm) -> FormerNameForm:
    form.parent.offer(queries.UNITS, gettext("Not part of another unit"))
    return form


@units.get("/<row:unit_id>/former-names/new", endpoint="new_name")
def name_new(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id)
    borne = {"name_id": unit.name_id, "name_en": unit.name_en, "address": unit.address}
    form = _offer_parents(FormerNameForm(formdata=None, data=borne))
    form.parent.data = unit.parent_id
    return render_template("people/name_new.html", form=form, unit=unit)


@units.post("/<row:unit_id>/former-names/new", endpoint="create_name")
@transactional
def name_create(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id, to_change=True)
    form = _offer_parents(FormerNameForm())
    try:
        form.check()
        commands.add_former_name(unit, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/name_new.html", form=form, unit=unit), status
    flash(gettext("Saved."))
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.get("/former-names/<row:name_id>/edit", endpoint="edit_name")
def name_edit(name_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    name = queries.former_name(name_id)
    return render_template("people/name_edit.html", form=_offer_parents(FormerNameForm.of(name)), name=name)


@units.post("/former-names/<row:name_id>/edit", endpoint="update_name")
@transactional
def name_update(name_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    name = queries.former_name(name_id, to_change=True)
    form = _offer_parents(FormerNameForm())
    try:
        form.check(_offer_parents(FormerNameForm.of(name)))
        commands.edit_former_name(name, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/name_edit.html", form=form, name=name), status
    flash(gettext("Saved."))
    return redirect(url_for("units.show", unit_id=name.unit_id), 303)
