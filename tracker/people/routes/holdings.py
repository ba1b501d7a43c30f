"""Pages for recording who held a post, and when."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext
from tracker.people import commands, policy, queries
from tracker.people.forms import HoldingForm, PostHeldForm
from tracker.people.models import Person
from tracker.people.routes.persons import people
from tracker.people.routes.posts import posts


def _offer_people(form: HoldingForm) -> HoldingForm:
    form.person.offer(queries.PERSONS)
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
    try:
        form.check()
        commands.add_holding(position, form.draft(), by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        position = queries.position(position_id)
        return render_template("people/holding_new.html", form=form, position=position), status
    flash(gettext("Saved."))
    return redirect(url_for("posts.show", position_id=position.id), 303)


@people.get("/<row:person_id>/posts/new")
def new_post(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_posts(PostHeldForm(formdata=None))
    return render_template("people/post_held_new.html", form=form, person=_listed(person_id))


@people.post("/<row:person_id>/posts/new")
@transactional
def create_post(person_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    person = _listed(person_id)
    form = _offer_posts(PostHeldForm())
    try:
        form.check()
        position = queries.position(form.position.data or 0, to_change=True)
        commands.add_holding(position, form.draft_for(person.id), by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return render_template("people/post_held_new.html", form=form, person=_listed(person_id)), status
    flash(gettext("Saved."))
    return redirect(url_for("people.show", person_id=person.id, _anchor="posts"), 303)


def _offer_posts(form: PostHeldForm) -> PostHeldForm:
    form.position.offer(queries.POSTS)
    return form


def _listed(person_id: int) -> Person:
    person = queries.person(person_id)
    ensure(person.is_listed)
    return person


@posts.get("/holders/<row:holding_id>/edit", endpoint="edit_holding")
def holding_edit(holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    holding = queries.holding(holding_id)
    return render_template("people/holding_edit.html", form=_offer_people(HoldingForm.of(holding)), held=holding)


@posts.post("/holders/<row:holding_id>/edit", endpoint="update_holding")
@transactional
def holding_update(holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    holding = queries.holding(holding_id, to_change=True)
    form = _offer_people(HoldingForm())
    try:
        form.check(_offer_people(HoldingForm.of(holding)))
        commands.edit_holding(holding, form.draft(), by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return render_template("people/holding_edit.html", form=form, held=queries.holding(holding_id)), status
    flash(gettext("Saved."))
    return redirect(url_for("posts.show", position_id=holding.position_id), 303)
