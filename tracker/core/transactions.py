"""The only place that commits: once, when a view or a command returns well."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import Response, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from tracker.core import once
from tracker.core.db import db
from tracker.core.errors import NotPossible, Stale
from tracker.core.wording import lazy

FIRST_BAD_STATUS = 400

P = ParamSpec("P")


def transactional(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Run a writing view: all of it is stored on a good answer, none of it otherwise, and never twice."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        def answer() -> ResponseReturnValue:
            return view(*args, **kwargs)

        try:
            return _once(answer)
        except NotPossible as refusal:
            # The view runs again knowing the refusal: its form comes back with it, and with everything typed.
            g.refusal = refusal.sentence
            return _once(answer)
        except StaleDataError:
            # Somebody else was faster by a hair: run again, and the form sees the other text.
            return _again(answer)

    run.is_transactional = True  # type: ignore[attr-defined]  # read by the test that walks the routes
    return run


def commit() -> None:
    """Store what a command-line command did."""
    db.session.commit()


def _again(answer: Callable[[], ResponseReturnValue]) -> Response:
    try:
        return _once(answer)
    except StaleDataError as error:
        raise Stale(CHANGED_MEANWHILE) from error


def _once(answer: Callable[[], ResponseReturnValue]) -> Response:
    key = request.form.get("once", "")
    if not key:
        return _stored(answer, None)
    mark = once.spend(key, request.path)
    return _stored(answer, mark) if mark else _led_to(once.spent(key, request.path))


def _stored(answer: Callable[[], ResponseReturnValue], mark: once.SpentKey | None) -> Response:
    try:
        response = make_response(answer())
        if response.status_code >= FIRST_BAD_STATUS:
            db.session.rollback()
            return response
        if mark:
            mark.led_to = response.location
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return response


def _led_to(earlier: once.SpentKey | None) -> Response:
    if earlier is None:  # it is being sent right now by someone else's click
        raise Stale(ALREADY_SENT)
    return cast(Response, redirect(earlier.led_to or request.path, 303))


ALREADY_SENT = lazy("This form has already been sent. Open the page again to see what was stored.")
CHANGED_MEANWHILE = lazy("Someone else saved this meanwhile. Open it again to see both.")
