"""One's own webhooks: made, looked at, paused, tested and ended. Only their owner sees them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.accounts import signin
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.webhooks import commands, policy, queries
from tracker.webhooks.forms import EndpointForm
from tracker.webhooks.models import Endpoint
from tracker.webhooks.rules import HookKind

bp = Blueprint("webhooks", __name__, url_prefix="/account/webhooks")
blueprints = (bp,)


def _own(endpoint_id: int, *, to_change: bool = False) -> Endpoint:
    ensure(policy.may_have_endpoints(me()))
    return queries.own_endpoint(endpoint_id, me().account_id or 0, to_change=to_change)


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_have_endpoints(me()))
    return render_template("webhooks/index.html", endpoints=queries.endpoints_of(me().account_id or 0))


@bp.get("/new")
@signin.requires_proof
def new() -> ResponseReturnValue:
    ensure(policy.may_have_endpoints(me()))
    return render_template("webhooks/new.html", form=EndpointForm(formdata=None))


@bp.post("/new")
@signin.requires_proof
@transactional
def create() -> ResponseReturnValue:
    """Renders instead of redirecting, so that the secret is shown only this once."""
    ensure(policy.may_have_endpoints(me()))
    account = accounts.account(me().account_id or 0, to_change=True)
    form = EndpointForm()
    key, by, at = current_settings().secret_key, me(), clock.now()
    try:
        form.check()
        secret = commands.make_endpoint(account, form.draft(), secret_key=key, by=by, at=at)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("webhooks/new.html", form=form), status
    return render_template("webhooks/secret.html", secret=secret, is_new=True)


@bp.get("/<row:endpoint_id>")
def show(endpoint_id: int) -> ResponseReturnValue:
    endpoint = _own(endpoint_id)
    return render_template(
        "webhooks/show.html",
        endpoint=endpoint,
        kinds=[HookKind(kind) for kind in endpoint.hook_kinds],
        deliveries=queries.deliveries_of(endpoint),
        now=clock.now(),
    )


@bp.get("/<row:endpoint_id>/edit")
@signin.requires_proof
def edit(endpoint_id: int) -> ResponseReturnValue:
    endpoint = _own(endpoint_id)
    return render_template("webhooks/edit.html", form=EndpointForm.of(endpoint), endpoint=endpoint)


@bp.post("/<row:endpoint_id>/edit")
@signin.requires_proof
@transactional
def update(endpoint_id: int) -> ResponseReturnValue:
    endpoint = _own(endpoint_id, to_change=True)
    form = EndpointForm()
    try:
        form.check(EndpointForm.of(endpoint))
        commands.edit_endpoint(endpoint, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("webhooks/edit.html", form=form, endpoint=endpoint), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", endpoint_id=endpoint_id), 303)


@bp.post("/<row:endpoint_id>/secret")
@signin.requires_proof
@transactional
def renew_secret(endpoint_id: int) -> ResponseReturnValue:
    endpoint = _own(endpoint_id, to_change=True)
    key = current_settings().secret_key
    secret = commands.renew_secret(endpoint, secret_key=key, by=me(), at=clock.now())
    return render_template("webhooks/secret.html", secret=secret, is_new=False)


def _done(endpoint_id: int, sentence: Any) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for(".show", endpoint_id=endpoint_id), 303)


@bp.post("/<row:endpoint_id>/pause")
@transactional
def pause(endpoint_id: int) -> ResponseReturnValue:
    commands.pause(_own(endpoint_id, to_change=True), by=me(), at=clock.now())
    return _done(endpoint_id, gettext("Paused. What happens meanwhile is not sent later."))


@bp.post("/<row:endpoint_id>/resume")
@transactional
def resume(endpoint_id: int) -> ResponseReturnValue:
    commands.resume(_own(endpoint_id, to_change=True), by=me(), at=clock.now())
    return _done(endpoint_id, gettext("Switched on again."))


@bp.post("/<row:endpoint_id>/ping")
@transactional
def ping(endpoint_id: int) -> ResponseReturnValue:
    commands.ping(_own(endpoint_id, to_change=True), by=me(), at=clock.now())
    return _done(endpoint_id, gettext("The test message is on its way. This page shows the result."))


@bp.post("/<row:endpoint_id>/deliveries/<row:delivery_id>/again")
@transactional
def send_again(endpoint_id: int, delivery_id: int) -> ResponseReturnValue:
    endpoint = _own(endpoint_id, to_change=True)
    commands.send_again(queries.own_delivery(delivery_id, endpoint), endpoint, by=me(), at=clock.now())
    return _done(endpoint_id, gettext("It is sent again, with the same id."))


@bp.post("/<row:endpoint_id>/end")
@transactional
def end(endpoint_id: int) -> ResponseReturnValue:
    commands.end_endpoint(_own(endpoint_id, to_change=True), by=me(), at=clock.now())
    flash(gettext("That webhook is ended. Nothing is sent there any more."))
    return redirect(url_for(".index"), 303)
