"""Who held a post, and when."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.people import commands, policy, queries
from tracker.people.forms import HoldingForm
from tracker.people.routes.posts import posts


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
