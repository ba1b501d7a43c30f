"""The audit chain on screen: who did what to which row, when; never what stands in it. Also writes down who reads."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.audit import commands, labels, policy, queries, readings, rules
from tracker.audit.forms import AuditFilterForm
from tracker.audit.rules import AuditedKind, Change
from tracker.core import anchors
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found

bp = Blueprint("history", __name__, url_prefix="/audit")
blueprints = (bp,)
bp.add_app_template_filter(rules.runs, "runs")
bp.add_app_template_filter(labels.span, "span")

#: What the table calls changes and kinds, by the code in the chain.
_WORDS = {"changes": {one.value: one for one in Change}, "kinds": {one.value: one for one in AuditedKind}}


@bp.after_app_request
def record_readings(response: Response) -> Response:
    """Whoever is given something secret is written down before the answer leaves; if that fails, none leaves."""
    rows = readings.readings()
    is_told_nothing = response.status_code == HTTPStatus.NOT_FOUND or response.location
    if rows and not is_told_nothing:
        readings.record_readings(rows, str(request.endpoint))
    return response


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_audit(me()))
    form = AuditFilterForm()
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    return render_template("audit/index.html", form=form, page=page, hindered=commands.anchor(), **_WORDS), status


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    ensure(policy.may_audit(me()))
    anchored = anchors.anchors().of_each_day()
    return render_template(
        "audit/verify.html",
        faults=list(queries.chain_faults(anchored)),
        sentences=labels.FAULTS,
        length=queries.chain_length(),
        anchored=max(anchored, default=0),
    )
