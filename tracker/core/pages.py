"""What every page needs: the signed-in account, refusing a page, messages, security headers and error pages."""

from collections.abc import Sequence
from http import HTTPStatus
from traceback import extract_tb

import structlog
from flask import Flask, Response, current_app, flash, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from tracker.core import program_files, typed
from tracker.core.actor import Actor, current
from tracker.core.constraints import violated
from tracker.core.errors import NotFound, Problem
from tracker.core.form_keys import new_key
from tracker.core.request import is_of_program, is_quiet, safe_path
from tracker.core.version import VERSION
from tracker.core.wording import gettext, lazy_gettext

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}

ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}

_SENTENCES = {
    HTTPStatus.BAD_REQUEST: lazy_gettext("The address or the data sent could not be understood."),
    HTTPStatus.NOT_FOUND: lazy_gettext("There is no such page, or it is not open to you."),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("This page does not accept that request."),
    HTTPStatus.CONFLICT: lazy_gettext("This conflicts with other records. Check your entries."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("The data sent is too large. A file may have at most 25 MB."),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Too many attempts. Wait a little and try again."),
    HTTPStatus.INTERNAL_SERVER_ERROR: lazy_gettext("Something went wrong on our side. Nothing was saved."),
}

#: Files of programs are in the JSON of their requests.
_TO_PROGRAMS = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext(
        "The request is too large: at most 8 MB, so a file may have about 6 MB. Attach larger ones on the page."
    ),
}

_TITLES = {
    HTTPStatus.BAD_REQUEST: lazy_gettext("This did not work"),
    HTTPStatus.NOT_FOUND: lazy_gettext("Not found"),
    HTTPStatus.CONFLICT: lazy_gettext("Not possible now"),
    HTTPStatus.INTERNAL_SERVER_ERROR: lazy_gettext("Something went wrong"),
    HTTPStatus.SERVICE_UNAVAILABLE: lazy_gettext("Not possible now"),
}

csrf = CSRFProtect()


def me() -> Actor:
    """The signed-in account. Only for pages that require signing in, which is all but a few."""
    actor = current()
    if actor is None:
        raise NotFound
    return actor


def ensure(is_allowed: bool) -> None:
    """Abort unless allowed. Forbidden looks exactly like absent."""
    if not is_allowed:
        raise NotFound


UNDO = "undo:"


def flash_undoable(sentence: str, undo_address: str) -> None:
    flash(sentence, f"{UNDO}{undo_address}")


OTHER_SITE = lazy_gettext(
    "This form was not sent from a page of this site, so nothing was saved. If you did send it from here, the site's "
    "address differs from its settings: tell the administrator."
)
OTHER_SESSION = lazy_gettext(
    "You signed in again since this page was opened. Nothing is saved yet: check the form and send it."
)


def other_host(browser: str) -> str:
    return gettext(
        "Nothing was saved: your browser sent this form to %(browser)s, but the server was asked for %(server)s. The "
        "proxy in front of it must pass on host and port (nginx: proxy_set_header Host $http_host). Tell the "
        "administrator.",
        browser=browser, server=request.host,
    )  # fmt: skip


def set_up(app: Flask) -> None:
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # valid for the whole session: typing may take an afternoon
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # `accounts.signin` checks it once the account is known
    csrf.init_app(app)
    app.jinja_env.globals.update(once_token=new_key, way_back=way_back, program_version=VERSION)
    app.after_request(_with_headers)
    app.register_error_handler(Problem, _of_problem)
    app.register_error_handler(IntegrityError, _of_integrity)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_fault)


def way_back() -> str | None:
    """The page to return to after a form is saved or cancelled, if it was opened from one that asks for it."""
    back = request.values.get("back")
    return safe_path(back) if back else None


def has_token() -> bool:
    """Whether the request only reads, or has a valid CSRF token."""
    try:
        csrf.protect(apply_exemptions=True)
    except CSRFError:
        return False
    return True


def _with_headers(response: Response) -> Response:
    if response.status_code != HTTPStatus.NOT_MODIFIED:  # the browser has them with what it keeps
        response.headers.extend(HEADERS | (ONLY_HTTPS if request.is_secure else {}))
    if not program_files.may_be_kept():
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    status: int, sentence: object = "", *, ways_on: Sequence[tuple[str, str]] = (), errors: Sequence[object] = ()
) -> tuple[str | Response, int]:
    code = HTTPStatus(status)
    known = _SENTENCES | _TO_PROGRAMS if is_of_program() else _SENTENCES
    message = sentence or known.get(code) or known[HTTPStatus.BAD_REQUEST]
    title = str(_TITLES.get(code, _TITLES[HTTPStatus.BAD_REQUEST]))
    if is_of_program():
        return problem_details(code, title, str(message), errors), code.value
    if is_quiet():
        return jsonify(problems=[str(message)]), code.value
    page = render_template(
        "errors/problem.html",
        code=code.value,
        title=title,
        sentence=str(message),
        ways_on=[*ways_on, *_again(code), ("/", gettext("To the home page"))],
        typed=typed.words(),
        request_id=g.get("request_id", ""),
    )
    return page, code.value


def _again(code: HTTPStatus) -> list[tuple[str, str]]:
    """The same page, where it may open the next time."""
    may_pass = code in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR} and request.method == "GET"
    return [(safe_path(request.full_path.rstrip("?")), gettext("Try again"))] if may_pass else []


def _of_problem(problem: Problem) -> tuple[str | Response, int]:
    ways_on, errors = getattr(problem, "ways_on", ()), getattr(problem, "errors", ())
    return _page(problem.status, problem.sentence, ways_on=ways_on, errors=errors)


def _of_integrity(error: IntegrityError) -> tuple[str | Response, int]:
    """The form should have prevented it, so it is a programming error. The log gets the constraint, not the values."""
    log = structlog.get_logger("tracker.constraint")
    log.error("constraint", name=violated(error), endpoint=request.endpoint, id=g.get("request_id", ""))
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _of_http(error: HTTPException) -> tuple[str | Response, int] | HTTPException:
    # Redirects are exceptions too, but not errors.
    if not error.code or error.code < HTTPStatus.BAD_REQUEST:
        return error
    answer, status = _page(error.code)
    if isinstance(answer, Response) and isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))  # RFC 9110, 15.5.6
    return answer, status


def problem_details(status: HTTPStatus, title: str, detail: str, errors: Sequence[object]) -> Response:
    """RFC 9457, without a type of its own: the status says what kind of problem it is."""
    content = {"type": "about:blank", "title": title, "status": status.value, "detail": detail}
    response = jsonify({**content, "errors": list(errors)} if errors else content)
    response.content_type = "application/problem+json"
    return response


def _of_fault(error: Exception) -> tuple[str | Response, int]:
    """Log the types and the place of the error, but not its message, which may contain typed text."""
    cause: BaseException | None = error
    faults = []
    while cause:
        faults.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    log = structlog.get_logger("tracker.fault")
    log.error(
        "unhandled", faults=faults, where=where, sqlstate=state, endpoint=request.endpoint, id=g.get("request_id", "")
    )
    if current_app.testing:
        raise error
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)
