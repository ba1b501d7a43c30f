"""What programs can do: each operation once, from which both the routes and the specification are made."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, request, url_for
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException

from tracker.accounts.rules import ApiFeature
from tracker.api import signin
from tracker.api.problems import Changed, NoPrecondition, Refused
from tracker.api.schemas import Listing, Shown
from tracker.core.db import db
from tracker.core.errors import NotFound, Problem
from tracker.core.forms import FilterForm, PageForm
from tracker.core.paging import Page
from tracker.core.transactions import Idempotency, store_for_program
from tracker.core.wording import gettext

#: What an operation returns: a row as it is shown, or the arguments of the address at which it is shown.
View = Callable[..., Any]
PARAMETER = re.compile(r"<(\w+(?:\([^)]*\))?):(\w+)>")
KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, kw_only=True)
class Operation:
    view: View
    method: str
    #: As Flask writes it: `/meetings/<row:meeting_id>`.
    path: str
    summary: LazyString
    feature: ApiFeature
    answers: type[Shown]
    is_list: bool = False
    #: Whether the list is divided into pages, and can be ordered.
    is_paged: bool = False
    takes: type[PageForm] | None = None
    filters: type[FilterForm] | None = None
    example: Mapping[str, Any] = field(default_factory=dict)
    #: The operation that shows what this one stored.
    shown_by: View | None = None
    #: Whether it answers with bytes, not with a row.
    is_file: bool = False
    #: Whether the header If-Match must name the state that is changed.
    is_guarded: bool = False

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def parameters(self) -> dict[str, str]:
        """Of its address, by name: the converter."""
        return {name: kind for kind, name in PARAMETER.findall(self.path)}

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.CREATED if self.method == "POST" else HTTPStatus.OK


#: By the name of the view.
OPERATIONS: dict[str, Operation] = {}


def endpoint(view: View) -> str:
    return f"api.{view.__name__}"


def perform(operation: Operation, numbers: Mapping[str, Any]) -> Response:
    signin.ensure_lent(operation.feature, to_write=operation.writes)
    _ensure_known(operation)
    if not operation.writes:
        shown = operation.view(**numbers)
        response = shown if operation.is_file else _answer(shown)
        response.make_conditional(request)
        return response
    return store_for_program(lambda: _stored(operation, numbers), _idempotency(operation), again)


def _ensure_known(operation: Operation) -> None:
    """A filter that is misspelt would otherwise show too much."""
    known = {
        *filters_of(operation),
        *({"page", *(["order"] if orders_of(operation) else [])} if operation.is_paged else ()),
    }
    errors = [
        {"parameter": name, "message": gettext("There is no parameter of this name.")}
        for name in request.args
        if name not in known
    ]
    if errors:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, gettext("See what is said about each parameter."), errors)


def filters_of(operation: Operation) -> dict[str, Any]:
    return {one.short_name: one for one in operation.filters()} if operation.filters else {}


def orders_of(operation: Operation) -> list[str]:
    orders = operation.filters.orders if operation.is_paged and operation.filters else ()
    return [f"{sign}{order}" for order in orders for sign in ("", "-")]


def ensure_understood(form: FilterForm) -> None:
    errors: list[dict[str, str]] = []
    if form.validation_status() is not HTTPStatus.OK:
        errors += [{"parameter": name, "message": words} for name, words in form.problems()]
    if form.has_unknown_order:
        errors.append({"parameter": "order", "message": gettext("Choose from the list.")})
    if errors:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, gettext("See what is said about each parameter."), errors)


def listing(page: Page[Any], items: list[Any]) -> Listing[Any]:
    """One page of a list; the addresses of its neighbours go into the header Link (RFC 8288)."""
    g.links = {rel: href for rel, href in (("prev", page.newer_href), ("next", page.older_href)) if href}
    return Listing(items=items, count=page.count, is_counted_out=page.is_counted_out)


def whole(items: list[Any]) -> Listing[Any]:
    """A list that has one page."""
    return Listing(items=items, count=len(items), is_counted_out=True)


def _answer(content: Shown, status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = Response(content.model_dump_json(), status=status, mimetype="application/json")
    response.set_etag(_tag(content))
    links = g.pop("links", {})
    if links:
        response.headers["Link"] = ", ".join(f'<{href}>; rel="{rel}"' for rel, href in links.items())
    return response


def _tag(content: Shown) -> str:
    """Of what is shown, not of the stored version, which changes with what the reader may not see."""
    return hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:32]


def ensure_unchanged(content: Shown) -> None:
    """Refuse unless the program has seen the present state, which If-Match names. Call it once the row is locked."""
    if not request.if_match:
        raise NoPrecondition(gettext("Read it first, and send its ETag in the header If-Match."))
    if not request.if_match.contains(_tag(content)):
        raise Changed(gettext("Someone else saved this in the meantime. Read it again, then send your change."))


def _stored(operation: Operation, numbers: Mapping[str, Any]) -> Response:
    shown_at = operation.view(**numbers)
    show = operation.shown_by
    if show is None or shown_at is None:
        return Response(status=HTTPStatus.NO_CONTENT)
    db.session.flush()
    db.session.expire_all()
    response = _shown_now(show, shown_at, operation.status)
    response.headers["Location"] = url_for(endpoint(show), **shown_at)
    response.autocorrect_location_header = False
    return response


def _shown_now(show: View, numbers: Mapping[str, Any], status: HTTPStatus) -> Response:
    """Without content where its author may not see what they stored."""
    try:
        return _answer(show(**numbers), status)
    except NotFound:
        return Response(status=HTTPStatus.NO_CONTENT)


def again(location: str) -> Response:
    """The answer to a request that was stored before, with what its sender may see now."""
    try:
        found, numbers = current_app.url_map.bind("localhost").match(location, method="GET")
    except HTTPException as error:
        raise NotFound from error
    response = _shown_now(OPERATIONS[found.removeprefix("api.")].view, numbers, HTTPStatus.CREATED)
    response.headers["Location"], response.headers["Idempotency-Replayed"] = location, "true"
    response.autocorrect_location_header = False
    return response


def _idempotency(operation: Operation) -> Idempotency | None:
    key = request.headers.get("Idempotency-Key")
    if key is None or operation.method != "POST":
        return None
    if not KEY.fullmatch(key):
        raise Problem(gettext("The header Idempotency-Key has 1 to 255 visible ASCII characters."))
    lent = signin.lent()
    return Idempotency(f"{lent.token_id}:{key}", lent.account_id, request.get_data())
