"""What machines ask: is it alive, is it ready, what does it cost. Said to anyone on this machine, in plain text."""

from ipaddress import ip_address

from flask import Blueprint, Response, request

from tracker.accounts.signin import public
from tracker.core import metrics, replica
from tracker.core.errors import NotFound
from tracker.operations import queries

bp = Blueprint("operations", __name__)
blueprints = (bp,)
PLAIN = "text/plain; charset=utf-8"


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers; the database is not asked, so that its absence does not restart us."""
    return Response("ok\n", content_type=PLAIN)


@bp.get("/readyz")
@public
def ready() -> Response:
    """The database answers and has this program's tables; what hinders standby or anchors is told, and no more."""
    lack = queries.unreadiness()
    standby = "" if lack or not replica.is_set() else f"replica {replica.state(patience=0)}\n"
    audit = "" if lack else queries.lag_of_anchors()
    return Response(f"{lack or 'ok'}\n{standby}{audit}", status=503 if lack else 200, content_type=PLAIN)


@bp.get("/metrics")
@public
def counts() -> Response:
    """Only for a collector on this machine: whatever came through a proxy finds nothing here."""
    is_local = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104  # «from nowhere», not an address to listen on
    if not is_local or "X-Forwarded-For" in request.headers:
        raise NotFound
    return Response(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
