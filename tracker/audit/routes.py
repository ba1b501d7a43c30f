"""The audit chain on screen: who did what to which row, when, before and after. Also writes down who reads."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.audit import commands, labels, policy, queries, readings, rules
from tracker.audit.forms import AuditFilterForm
from tracker.audit.labels import columns, values
from tracker.audit.queries import rows
from tracker.audit.rules import AuditedKind, Change, UnauditedKind
from tracker.core import anchors
from tracker.core.addresses import address
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found

bp = Blueprint("history", __name__, url_prefix="/audit")
blueprints = (bp,)
bp.add_app_template_filter(rules.runs, "runs")
bp.add_app_template_filter(labels.span, "span")

#: What the table calls changes and kinds, by the code in the chain.
_WORDS = {"changes": {one.value: one for one in Change}, "kinds": {one.value: one for one in AuditedKind}}
#: The page of a row, by its table, and what its address calls the number. Open to whoever sees the row.
_PAGES = {
    AuditedKind.MEETING: ("meetings.show", "meeting_id"),
    AuditedKind.STATEMENT: ("answers.statement", "statement_id"),
    AuditedKind.PROPOSAL: ("proposals.show", "proposal_id"),
    AuditedKind.ACTION: ("actions.show", "action_id"),
    AuditedKind.TARGET: ("targets.show", "target_id"),
    AuditedKind.SERIES: ("series.show", "series_id"),
    AuditedKind.PERSON: ("people.show", "person_id"),
    AuditedKind.POSITION: ("posts.show", "position_id"),
    AuditedKind.UNIT: ("units.show", "unit_id"),
    AuditedKind.REVIEW: ("reviews.show", "week"),
}


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
    status = form.verdict()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    told = rows.told(page.rows, me())
    return render_template(
        "audit/index.html", form=form, page=page, told=told, page_of=_page_of, called=values.name,
        value=values.value, column=columns.column,
        hindered=commands.anchor(), unaudited=[(kind, labels.REASONS[kind]) for kind in UnauditedKind], **_WORDS,
    ), status  # fmt: skip


def _page_of(telling: rows.Telling, names: Mapping[rows.Row, rows.Named]) -> str | None:
    """The page of the row that an entry is about, or of what it is a part of; none where it is gone or hidden."""
    own = telling.about[0]
    if own[0] == AuditedKind.ACCOUNT or (own[0] in rows.NAMES and own not in names):
        return None
    for table, number in telling.about:
        page = _PAGES.get(AuditedKind(table)) if table in rules.AUDITED else None
        if page:
            named = names.get((table, number))
            told = (named.name[0] if table == AuditedKind.REVIEW else int(number)) if named else None
            return address(page[0], **{page[1]: told}) if told else None
    return None


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
