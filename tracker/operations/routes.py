"""Health checks and metrics, in plain text, without signing in; for administrators the state of the installation."""

from ipaddress import ip_address

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.accounts.signin import public
from tracker.core import clock, metrics, replica
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.notifications import queries as notifications
from tracker.notifications.commands import ask_for_test_mail
from tracker.operations import labels, policy, queries

bp = Blueprint("operations", __name__)
blueprints = (bp,)
PLAIN = "text/plain; charset=utf-8"


@bp.get("/healthz")
@public
def alive() -> Response:
    """Does not query the database, so that its failure does not restart the process."""
    return Response("ok\n", content_type=PLAIN)


@bp.get("/readyz")
@public
def ready() -> Response:
    """Ready if the database responds with the right schema. Problems of standby or anchors are only reported."""
    problem = queries.unreadiness()
    standby = "" if problem or not replica.is_set() else f"replica {replica.state(patience=0)}\n"
    audit = "" if problem else queries.lag_of_anchors()
    return Response(f"{problem or 'ok'}\n{standby}{audit}", status=503 if problem else 200, content_type=PLAIN)


@bp.get("/operations")
def show() -> ResponseReturnValue:
    ensure(policy.may_see_state(me()))
    settings = current_settings()
    return render_template(
        "operations/show.html",
        findings=labels.findings(queries.state(settings, clock.now())),
        settings={name: value for name, value in settings.shown().items() if value},
        has_mail_server=bool(settings.smtp_url),
        own=accounts.account(me().account_id or 0),
        test_mail=notifications.last_test_mail(),
    )


@bp.post("/operations/test-mail")
@transactional
def send_test_mail() -> ResponseReturnValue:
    ensure(policy.may_see_state(me()))
    account = accounts.account(me().account_id or 0)
    ask_for_test_mail(account, by=me(), at=clock.now())
    flash(gettext("A test mail to %(address)s is in the outbox. This page shows the result.", address=account.email))
    return redirect(url_for(".show", _anchor="test-mail"), 303)


@bp.get("/metrics")
@public
def counts() -> Response:
    """Only for a collector on this machine; requests through a proxy get 404."""
    is_local = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104  # an unknown client, not an address to listen on
    if not is_local or "X-Forwarded-For" in request.headers:
        raise NotFound
    return Response(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
