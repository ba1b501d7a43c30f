"""Pages of the audit chain. Also records readings of secret rows after each request."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from tracker.audit import commands, labels, policy, queries, readings, rules
from tracker.audit.forms import AuditFilterForm
from tracker.audit.labels import columns, pages, values
from tracker.audit.models import AuditEntry
from tracker.audit.queries import rows
from tracker.audit.rules import AuditedKind, Change, UnauditedKind
from tracker.core import anchors
from tracker.core.addresses import address
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.wording import label

bp = Blueprint("audit", __name__, url_prefix="/audit")
blueprints = (bp,)
bp.add_app_template_filter(rules.runs, "runs")
bp.add_app_template_filter(labels.span, "span")

#: Enum members by their stored code, for their labels in the template.
_MEMBERS = {"changes": {change.value: change for change in Change}, "kinds": {kind.value: kind for kind in AuditedKind}}
#: The endpoint and its id parameter for rows of each table. Open to everybody who sees the row.
_PAGES = {
    AuditedKind.MEETING: ("meetings.show", "meeting_id"),
    AuditedKind.STATEMENT: ("status.statement", "statement_id"),
    AuditedKind.PROPOSAL: ("proposals.show", "proposal_id"),
    AuditedKind.ACTION: ("actions.show", "action_id"),
    AuditedKind.TARGET: ("targets.show", "target_id"),
    AuditedKind.SERIES: ("series.show", "series_id"),
    AuditedKind.PERSON: ("people.show", "person_id"),
    AuditedKind.POSITION: ("posts.show", "position_id"),
    AuditedKind.UNIT: ("units.show", "unit_id"),
    AuditedKind.REVIEW: ("reviews.show", "week"),
    AuditedKind.IMPORT_RUN: ("imports.show", "run_id"),
}
#: Tables whose rows are parts of an account.
_OF_AN_ACCOUNT = frozenset({
    AuditedKind.ACCOUNT, AuditedKind.ROLE, AuditedKind.SECOND_STEP, AuditedKind.RECOVERY_CODE, AuditedKind.ACCESS_LINK,
    AuditedKind.OFFICE_IDENTITY,
})  # fmt: skip
#: The table of a page's row by the name of its URL parameter, or by `kind` in the URL.
_ROWS = {name: kind for kind, (_, name) in _PAGES.items()} | {"attachment_id": AuditedKind.ATTACHMENT}
_KINDS = {
    "meetings": AuditedKind.MEETING, "statements": AuditedKind.STATEMENT, "proposals": AuditedKind.PROPOSAL,
    "actions": AuditedKind.ACTION, "targets": AuditedKind.TARGET, "attachments": AuditedKind.ATTACHMENT,
}  # fmt: skip
#: Other pages that are open to everybody, and pages open to those who see their meeting.
_OPEN_TO_ALL = frozenset({
    "home.index", "inbox.index", "meetings.index", "proposals.index", "status.unanswered", "actions.index",
    "actions.by_unit", "actions.calendar", "lists.matrix", "targets.index", "people.index", "units.index",
    "posts.index", "search.index", "reviews.index",
})  # fmt: skip
_OPEN_WITH_THEIR_MEETING = frozenset({
    "documents.minutes_pdf", "documents.minutes_docx", "documents.attendance_pdf", "letters.show",
    "letters.letter_pdf", "letters.letter_docx",
})  # fmt: skip


@bp.after_app_request
def record_readings(response: Response) -> Response:
    """Record readings of secret rows before the response is sent; if that fails, nothing is sent."""
    rows = readings.take_readings()
    is_empty = response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.NOT_MODIFIED} or response.location
    if rows and not is_empty:
        readings.record_readings(rows, str(request.endpoint), _row_of_page(request.view_args or {}))
    return response


def _row_of_page(parameters: Mapping[str, Any]) -> str | None:
    """The row of the page as “table:id”, or “table:week” for a review. Nothing else of the URL is stored."""
    kind = _KINDS.get(str(parameters.get("kind")))
    for name, value in parameters.items():
        table = _ROWS.get(name) or (kind if isinstance(value, int) else None)
        if table:
            return f"{table}:{value}"
    return None


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_audit(me()))
    form = AuditFilterForm()
    status = form.validation_status()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    shown = rows.shown_entries(page.rows, me())
    return render_template(
        "audit/index.html", form=form, page=page, shown=shown, page_of=_page_of, place_of=_place_of,
        name_of=values.name, whole_of=_whole_of,
        value=values.value, column=columns.column,
        hindered=commands.anchor(), unaudited=[(kind, labels.REASONS[kind]) for kind in UnauditedKind], **_MEMBERS,
    ), status  # fmt: skip


def _page_of(shown: rows.ShownEntry, names: Mapping[rows.Row, rows.RowName]) -> str | None:
    own = shown.about[0]
    if own[0] in rows.NAMES and own not in names:
        return None
    if own[0] in _OF_AN_ACCOUNT:
        account = next(row for row in shown.about if row[0] == AuditedKind.ACCOUNT)
        page_of_account = current_app.extensions["page_of_account"]
        return cast(str | None, page_of_account(int(account[1]))) if account in names else None
    row = next((row for row in shown.about if row[0] in _PAGES), None)
    return _page_of_row(row, names) if row and row in names else None


def _whole_of(shown: rows.ShownEntry, names: Mapping[rows.Row, rows.RowName]) -> str | None:
    """Of a row without a name of its own: what it belongs to, for example the account of a link."""
    own, *others = shown.about
    if own in names and any(names[own].name):
        return None
    whole = next((row for row in others if row in names and any(names[row].name)), None)
    return f"{label(AuditedKind(whole[0]))} {values.name(*whole, names)}" if whole else None


def _page_of_row(row: rows.Row, names: Mapping[rows.Row, rows.RowName]) -> str:
    name, key = _PAGES[AuditedKind(row[0])]
    return address(name, **{key: names[row].name[0] if row[0] == AuditedKind.REVIEW else int(row[1])})


def _place_of(entry: AuditEntry, names: Mapping[rows.Row, rows.RowName]) -> tuple[str, str | None]:
    name, row = pages.present_name(str(entry.page)), entry.page_of
    text = pages.page(name)
    if row is None:
        return text, address(name) if name in _OPEN_TO_ALL else None
    kind = label(AuditedKind(row[0]))
    text = f"{text}: {kind[:1].lower()}{kind[1:]} {values.name(*row, names)}"
    if row not in names:
        return text, None
    if _PAGES.get(AuditedKind(row[0]), ("",))[0] == name:
        return text, _page_of_row(row, names)
    return text, address(name, meeting_id=int(row[1])) if name in _OPEN_WITH_THEIR_MEETING else None


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
