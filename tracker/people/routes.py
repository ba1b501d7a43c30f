"""Pages of persons, units, posts and their holders."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.history.queries import events_of
from tracker.meetings import queries as meetings
from tracker.people import commands, policy, queries
from tracker.people.forms import FormerNameForm, HoldingForm, PeopleFilterForm, PersonForm, PositionForm, UnitForm
from tracker.people.models import OrgUnit, Person
from tracker.people.rules import with_prefix
from tracker.proposals import queries as proposals

people = Blueprint("people", __name__, url_prefix="/people")
units = Blueprint("units", __name__, url_prefix="/units")
posts = Blueprint("posts", __name__, url_prefix="/posts")
blueprints = (people, units, posts)


@people.get("")
def index() -> ResponseReturnValue:
    form = PeopleFilterForm()
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.matching(form.filter(), request.args.get("page"))
    return render_template("people/index.html", form=form, page=page, may_edit=policy.may_edit(me())), status


@people.get("/<row:person_id>")
def show(person_id: int) -> ResponseReturnValue:
    person = queries.person(person_id)
    return render_template(
        "people/show.html",
        person=person,
        with_prefix=with_prefix,
        may_edit=policy.may_edit(me()),
        attended=meetings.attended_by(person_id),
        proposed=proposals.of_person(person_id),
        events=events_of(person),
    )


@people.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = PersonForm(formdata=None, data={"name": request.args.get("name")})
    return render_template("people/new.html", form=form, near=[])


@people.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = PersonForm()
    status, near = _judge(form, None)
    if status != HTTPStatus.OK:
        return render_template("people/new.html", form=form, near=near), status
    person = commands.add_person(form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("people.show", person_id=person.id), 303)


@people.get("/<row:person_id>/edit")
def edit(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = queries.person(person_id)
    return render_template("people/edit.html", form=PersonForm.of(person), person=person, near=[])


@people.post("/<row:person_id>/edit")
@transactional
def update(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = queries.person(person_id, to_change=True)
    form = PersonForm()
    status, near = _judge(form, person)
    if status != HTTPStatus.OK:
        return render_template("people/edit.html", form=form, person=person, near=near), status
    commands.edit_person(person, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("people.show", person_id=person.id), 303)


def _judge(form: PersonForm, person: Person | None) -> tuple[HTTPStatus, list[Person]]:
    """The form's verdict; a new or changed name that is near to a known one is asked about first."""
    status = form.verdict(PersonForm.of(person) if person else None)
    if status != HTTPStatus.OK or form.is_someone_else.data or (person and person.name == form.name.data):
        return status, []
    draft = form.draft()
    near = queries.near_persons(draft.name, draft.aliases, except_id=person.id if person else None)
    if not near:
        return status, []
    form.name.errors = [say("Somebody with nearly this name is already in the register. Is it the same person?")]
    return HTTPStatus.UNPROCESSABLE_ENTITY, near


@units.get("", endpoint="index")
def unit_index() -> ResponseReturnValue:
    known = queries.all_units()
    children: dict[int | None, list[OrgUnit]] = {}
    for unit in known:
        children.setdefault(unit.parent_id, []).append(unit)
    return render_template("people/units.html", children=children, may_edit=policy.may_edit(me()))


@units.get("/<row:unit_id>", endpoint="show")
def unit_show(unit_id: int) -> ResponseReturnValue:
    unit = queries.unit(unit_id)
    return render_template("people/unit.html", unit=unit, may_edit=policy.may_edit(me()), events=events_of(unit))


def _offer_units(form: UnitForm) -> UnitForm:
    form.parent.offer(queries.unit_choices(), say("Of nothing above it"))
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
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("people/unit_new.html", form=form), status
    unit = commands.add_unit(form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
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
    status = form.verdict(_offer_units(UnitForm.of(unit)))
    if status != HTTPStatus.OK:
        return render_template("people/unit_edit.html", form=form, unit=unit), status
    commands.edit_unit(unit, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.get("/<row:unit_id>/former-names/new", endpoint="new_name")
def name_new(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id)
    borne = {"name_id": unit.name_id, "name_en": unit.name_en, "address": unit.address}
    form = FormerNameForm(formdata=None, data=borne)
    return render_template("people/name_new.html", form=form, unit=unit)


@units.post("/<row:unit_id>/former-names/new", endpoint="create_name")
@transactional
def name_create(unit_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    unit = queries.unit(unit_id, to_change=True)
    form = FormerNameForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("people/name_new.html", form=form, unit=unit), status
    commands.add_former_name(unit, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.get("/former-names/<row:name_id>/edit", endpoint="edit_name")
def name_edit(name_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    name = queries.former_name(name_id)
    return render_template("people/name_edit.html", form=FormerNameForm.of(name), name=name)


@units.post("/former-names/<row:name_id>/edit", endpoint="update_name")
@transactional
def name_update(name_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    name = queries.former_name(name_id, to_change=True)
    form = FormerNameForm()
    status = form.verdict(FormerNameForm.of(name))
    if status != HTTPStatus.OK:
        return render_template("people/name_edit.html", form=form, name=name), status
    commands.edit_former_name(name, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("units.show", unit_id=name.unit_id), 303)


@posts.get("", endpoint="index")
def post_index() -> ResponseReturnValue:
    found = queries.all_positions()
    return render_template("people/posts.html", positions=found, today=clock.today(), may_edit=policy.may_edit(me()))


@posts.get("/<row:position_id>", endpoint="show")
def post_show(position_id: int) -> ResponseReturnValue:
    position = queries.position(position_id)
    return render_template(
        "people/post.html",
        position=position,
        with_prefix=with_prefix,
        may_edit=policy.may_edit(me()),
        events=events_of(position),
    )


def _offer_unit(form: PositionForm) -> PositionForm:
    form.unit.offer(queries.unit_choices(), say("In no unit"))
    return form


@posts.get("/new", endpoint="new")
def post_new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    return render_template("people/post_new.html", form=_offer_unit(PositionForm(formdata=None)))


@posts.post("/new", endpoint="create")
@transactional
def post_create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_unit(PositionForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("people/post_new.html", form=form), status
    position = commands.add_position(form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("posts.show", position_id=position.id), 303)


@posts.get("/<row:position_id>/edit", endpoint="edit")
def post_edit(position_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    position = queries.position(position_id)
    return render_template("people/post_edit.html", form=_offer_unit(PositionForm.of(position)), position=position)


@posts.post("/<row:position_id>/edit", endpoint="update")
@transactional
def post_update(position_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    position = queries.position(position_id, to_change=True)
    form = _offer_unit(PositionForm())
    status = form.verdict(_offer_unit(PositionForm.of(position)))
    if status != HTTPStatus.OK:
        return render_template("people/post_edit.html", form=form, position=position), status
    commands.edit_position(position, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("posts.show", position_id=position.id), 303)


def _offer_people(form: HoldingForm) -> HoldingForm:
    form.person.offer(queries.person_choices())
    return form


@posts.get("/<row:position_id>/holders/new", endpoint="new_holding")
def holding_new(position_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_people(HoldingForm(formdata=None))
    return render_template("people/holding_new.html", form=form, position=queries.position(position_id))


@posts.post("/<row:position_id>/holders/new", endpoint="create_holding")
@transactional
def holding_create(position_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    position = queries.position(position_id, to_change=True)
    form = _offer_people(HoldingForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("people/holding_new.html", form=form, position=position), status
    commands.hold(position, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("posts.show", position_id=position.id), 303)


@posts.get("/holders/<row:holding_id>/edit", endpoint="edit_holding")
def holding_edit(holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    held = queries.holding(holding_id)
    return render_template("people/holding_edit.html", form=_offer_people(HoldingForm.of(held)), held=held)


@posts.post("/holders/<row:holding_id>/edit", endpoint="update_holding")
@transactional
def holding_update(holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    held = queries.holding(holding_id, to_change=True)
    form = _offer_people(HoldingForm())
    status = form.verdict(_offer_people(HoldingForm.of(held)))
    if status != HTTPStatus.OK:
        return render_template("people/holding_edit.html", form=form, held=held), status
    commands.edit_holding(held, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for("posts.show", position_id=held.position_id), 303)
