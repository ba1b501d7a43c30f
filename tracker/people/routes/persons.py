"""Pages of persons."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.queries import events_about
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.people import commands, policy, queries
from tracker.people.forms import AsOfForm, PeopleFilterForm, PersonForm
from tracker.people.models import Person
from tracker.people.queries import KnownPerson
from tracker.people.rules import with_prefix
from tracker.proposals import queries as proposals

people = Blueprint("people", "tracker.people.routes", url_prefix="/people")


@people.get("")
def index() -> ResponseReturnValue:
    form = PeopleFilterForm()
    status = form.validation_status()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    shown = {"page": page, "with_prefix": with_prefix, "may_edit": policy.may_edit(me())}
    return render_template("people/index.html", form=form, **shown), status


@people.get("/<row:person_id>")
def show(person_id: int) -> ResponseReturnValue:
    person = queries.person(person_id)
    if person.merged_into_id is not None:
        return redirect(url_for("people.show", person_id=queries.current_id(Person, person_id)), 303)
    form = AsOfForm()
    status = form.validation_status()
    if status is HTTPStatus.OK and form.as_of.data:
        day: date = form.as_of.data
        held = [row for row in person.holdings if row.covers(day)]
        posts = queries.posts_on(day, [row.position_id for row in held])
        return render_template("people/person_then.html", person=person, form=form, day=day, held=held, posts=posts)
    may_edit = policy.may_edit(me())
    page = render_template(
        "people/show.html",
        person=person,
        form=form,
        with_prefix=with_prefix,
        may_edit=may_edit and person.is_listed,
        may_open=may_edit and person.is_listed and not person.is_in_open_register,
        may_restore=may_edit and person.removed_at is not None,
        may_remove=may_edit and person.is_listed and person.is_provisional and not queries.uses(person),
        merges=queries.merges_into(person) if may_edit else [],
        attended=meetings.attendance_of_person(person_id, request.args.get("page")),
        proposed=proposals.proposed_by(person_id),
        events=events_about({"person": queries.ids_of(person)}),
    )
    return page, status


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
    near: list[KnownPerson] = []
    try:
        form.check()
        near = _nearly_named(form, None)
        if near:
            raise NotPossible(ALMOST_THE_SAME, field="name")
        person = commands.add_person(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/new.html", form=form, near=near), status
    flash(gettext("Saved."))
    return redirect(url_for("people.show", person_id=person.id), 303)


@people.get("/<row:person_id>/edit")
def edit(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = _listed(person_id)
    return render_template("people/edit.html", form=PersonForm.of(person), person=person, near=[])


@people.post("/<row:person_id>/edit")
@transactional
def update(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = _listed(person_id, to_change=True)
    form = PersonForm()
    near: list[KnownPerson] = []
    try:
        form.check(PersonForm.of(person))
        near = _nearly_named(form, person)
        if near:
            raise NotPossible(ALMOST_THE_SAME, field="name")
        commands.edit_person(person, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/edit.html", form=form, person=person, near=near), status
    flash(gettext("Saved."))
    return redirect(url_for("people.show", person_id=person.id), 303)


@people.post("/<row:person_id>/remove")
@transactional
def remove(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = _listed(person_id, to_change=True)
    commands.remove_person(person, by=me(), at=clock.now())
    flash(gettext("Removed. It can be restored below."))
    return redirect(url_for("people.show", person_id=person.id), 303)


@people.post("/<row:person_id>/restore")
@transactional
def restore(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = queries.person(person_id, to_change=True)
    ensure(person.removed_at is not None)
    commands.restore_person(person, by=me(), at=clock.now())
    flash(gettext("Restored."))
    return redirect(url_for("people.show", person_id=person.id), 303)


@people.post("/<row:person_id>/open")
@transactional
def put_into_open_register(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = _listed(person_id, to_change=True)
    commands.open_person(person, by=me(), at=clock.now())
    flash(gettext("This person is now visible to everyone."))
    return redirect(url_for("people.show", person_id=person.id), 303)


def _listed(person_id: int, *, to_change: bool = False) -> Person:
    person = queries.person(person_id, to_change=to_change)
    ensure(person.is_listed)
    return person


ALMOST_THE_SAME = _l("A person with almost the same name is already in the register. Is it the same person?")


def _nearly_named(form: PersonForm, person: Person | None) -> list[KnownPerson]:
    """Persons with a name similar to a new or changed one, unless it was confirmed that they are somebody else."""
    if form.is_someone_else.data or (person and person.name == form.name.data):
        return []
    draft = form.draft()
    return queries.persons_named([draft.name, *draft.aliases], except_id=person.id if person else None)
