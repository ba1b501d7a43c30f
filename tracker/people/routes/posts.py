"""Pages of posts."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.queries import events_about
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext
from tracker.people import commands, policy, queries
from tracker.people.forms import AsOfForm, PositionForm, PostOrderForm
from tracker.people.models import Position
from tracker.people.rules import with_prefix
from tracker.reorganisation import queries as reorganisation

posts = Blueprint("posts", "tracker.people.routes", url_prefix="/posts")


@posts.get("", endpoint="index")
def post_index() -> ResponseReturnValue:
    """Posts that exist, or that existed on a day."""
    days = AsOfForm()
    status = days.validation_status()
    if status is HTTPStatus.OK and days.as_of.data:
        day: date = days.as_of.data
        posts = sorted(queries.posts_on(day).values(), key=lambda post: post.title_id)
        held = queries.held_on(day, [post.id for post in posts])
        return render_template("people/posts_then.html", form=days, day=day, posts=posts, held=held)
    form, today = PostOrderForm(), clock.today()
    page = render_template(
        "people/posts.html",
        form=form,
        days=days,
        positions=[
            post for post in queries.all_positions(form.order) if post.valid_to is None or post.valid_to >= today
        ],
        today=today,
        may_edit=policy.may_edit(me()),
    )
    return page, status


@posts.get("/<row:position_id>", endpoint="show")
def post_show(position_id: int) -> ResponseReturnValue:
    form = AsOfForm()
    status = form.validation_status()
    if status is HTTPStatus.OK and form.as_of.data:
        return _post_then(position_id, form, form.as_of.data)
    position = queries.position(position_id)
    if position.merged_into_id is not None:
        return _merged(position_id)
    may_edit = policy.may_edit(me())
    page = render_template(
        "people/post.html",
        position=position,
        form=form,
        succession=reorganisation.succession_of_post(position_id),
        with_prefix=with_prefix,
        may_edit=may_edit,
        merges=queries.merges_into(position) if may_edit else [],
        former_titles=queries.former_titles_of(position_id),
        events=events_about({"position": queries.ids_of(position)}),
    )
    return page, status


def _merged(position_id: int) -> ResponseReturnValue:
    return redirect(url_for("posts.show", position_id=queries.current_id(Position, position_id)), 303)


def _post_then(position_id: int, form: AsOfForm, day: date) -> ResponseReturnValue:
    post = queries.posts_on(day, [position_id]).get(position_id)
    if post is None:
        queries.position(position_id)  # not found, unless it was merged
        return _merged(position_id)
    return render_template(
        "people/post_then.html",
        post=post,
        form=form,
        day=day,
        held=queries.held_on(day, [position_id]).get(position_id, []),
        succession=reorganisation.succession_of_post(position_id),
    )


def _offer_unit(form: PositionForm) -> PositionForm:
    form.unit.offer(queries.UNITS, gettext("Not in any unit"))
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
    try:
        form.check()
        position = commands.add_position(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("people/post_new.html", form=form), status
    flash(gettext("Saved."))
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
    try:
        form.check(_offer_unit(PositionForm.of(position)))
        commands.edit_position(position, form.draft(), by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        position = queries.position(position_id)
        return render_template("people/post_edit.html", form=form, position=position), status
    flash(gettext("Saved."))
    return redirect(url_for("posts.show", position_id=position.id), 303)
