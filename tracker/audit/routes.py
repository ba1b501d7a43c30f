"""The audit chain on screen: who did what to which row, when, before and after. Also writes down who reads."""

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
#: Tables whose rows are parts of an account; other entries about an account tell of something else.
_OF_AN_ACCOUNT = frozenset({
    AuditedKind.ACCOUNT, AuditedKind.ROLE, AuditedKind.SECOND_STEP, AuditedKind.RECOVERY_CODE, AuditedKind.ACCESS_LINK,
    AuditedKind.OFFICE_IDENTITY,
})  # fmt: skip
#: Whose page an address is, by what it calls the number; `kind` says it where the name does not.
_ROWS = {name: kind for kind, (_, name) in _PAGES.items()} | {"attachment_id": AuditedKind.ATTACHMENT}
_KINDS = {
    "meetings": AuditedKind.MEETING, "statements": AuditedKind.STATEMENT, "proposals": AuditedKind.PROPOSAL,
    "actions": AuditedKind.ACTION, "targets": AuditedKind.TARGET, "attachments": AuditedKind.ATTACHMENT,
}  # fmt: skip
#: Pages beside those of rows that are open: to everybody, and to whoever sees the meeting they are of.
_OPEN_TO_ALL = frozenset({
    "home.index", "inbox.index", "meetings.index", "proposals.index", "answers.unanswered", "actions.index",
    "actions.by_unit", "actions.calendar", "exchange.matrix", "targets.index", "people.index", "units.index",
    "posts.index", "search.index", "reviews.index",
})  # fmt: skip
_OPEN_WITH_THEIR_MEETING = frozenset({
    "documents.minutes_pdf", "documents.minutes_docx", "documents.attendance_pdf",
})  # fmt: skip


@bp.after_app_request
def record_readings(response: Response) -> Response:
    """Whoever is given something secret is written down before the answer leaves; if that fails, none leaves."""
    rows = readings.readings()
    is_told_nothing = response.status_code == HTTPStatus.NOT_FOUND or response.location
    if rows and not is_told_nothing:
        readings.record_readings(rows, str(request.endpoint), _row_of_page(request.view_args or {}))
    return response


def _row_of_page(told: Mapping[str, Any]) -> str | None:
    """The row of whose page an address is, as «table:number»; of a week its name. Nothing else of it is kept."""
    kind = _KINDS.get(str(told.get("kind")))
    for name, value in told.items():
        table = _ROWS.get(name) or (kind if isinstance(value, int) else None)
        if table:
            return f"{table}:{value}"
    return None


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_audit(me()))
    form = AuditFilterForm()
    status = form.verdict()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    told = rows.told(page.rows, me())
    return render_template(
        "audit/index.html", form=form, page=page, told=told, page_of=_page_of, place=_place,
        called=values.name,
        value=values.value, column=columns.column,
        hindered=commands.anchor(), unaudited=[(kind, labels.REASONS[kind]) for kind in UnauditedKind], **_WORDS,
    ), status  # fmt: skip


def _page_of(telling: rows.Telling, names: Mapping[rows.Row, rows.Named]) -> str | None:
    """The page of the row that an entry is about, or of what it is a part of; none where it is gone or hidden."""
    own = telling.about[0]
    if own[0] in rows.NAMES and own not in names:
        return None
    if own[0] in _OF_AN_ACCOUNT:
        account = next(row for row in telling.about if row[0] == AuditedKind.ACCOUNT)
        page_of_account = current_app.extensions["page_of_account"]
        return cast(str | None, page_of_account(int(account[1]))) if account in names else None
    row = next((row for row in telling.about if row[0] in _PAGES), None)
    return _page_of_row(row, names) if row in names else None


def _page_of_row(row: rows.Row, names: Mapping[rows.Row, rows.Named]) -> str:
    """The page of a row that the reader sees."""
    name, key = _PAGES[AuditedKind(row[0])]
    return address(name, **{key: names[row].name[0] if row[0] == AuditedKind.REVIEW else int(row[1])})


def _place(entry: AuditEntry, names: Mapping[rows.Row, rows.Named]) -> tuple[str, str | None]:
    """Where something was read, in words, and the address of that page where the auditor may open it."""
    name, row = str(entry.page), entry.page_of
    said = pages.page(name)
    if row is None:
        return said, address(name) if name in _OPEN_TO_ALL else None
    kind = label(AuditedKind(row[0]))
    said = f"{said}: {kind[:1].lower()}{kind[1:]} {values.name(*row, names)}"
    if row not in names:
        return said, None
    if _PAGES.get(AuditedKind(row[0]), ("",))[0] == name:
        return said, _page_of_row(row, names)
    return said, address(name, meeting_id=int(row[1])) if name in _OPEN_WITH_THEIR_MEETING else None


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
