"""The only place that commits: once, when a view or a command returns well."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, cast

import structlog
from flask import Response, g, jsonify, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core import constraints, form_keys, typed
from tracker.core.actor import current
from tracker.core.db import db
from tracker.core.errors import NotFound, NotUnderstood, Problem, Stale
from tracker.core.request import is_quiet, safe_path
from tracker.core.wording import lazy_gettext

FIRST_BAD_STATUS = 400

P = ParamSpec("P")


def transactional(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Run a writing view: all of it is stored on a good answer, none of it otherwise, and never twice."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        def answer() -> ResponseReturnValue:
            return view(*args, **kwargs)

        if typed.SHOW_AGAIN in request.form:
            typed.give_back(NOT_SENT if typed.UNSENT in request.form else SIGNED_IN_AGAIN)
        if typed.is_given_back():
            return _given_back(answer)
        return _raced(lambda: _once(answer))

    run.is_transactional = True  # type: ignore[attr-defined]  # read by the test that walks the routes
    return run


def _given_back(answer: Callable[[], ResponseReturnValue]) -> Response:
    """Answer with the filled-in form, or with a page of the typed values if the view shows no form. Store nothing."""
    session_before, may_send = dict(session), True
    try:
        response = make_response(answer())
        if typed.is_form_shown(response.status_code):
            return response
    except NotFound:
        may_send = False
    except Problem:
        pass  # sending the form will say so
    finally:
        db.session.rollback()
    session.clear()
    session.update(session_before)
    page = render_template("errors/typed.html", fields=typed.fields(), sentence=typed.sentence(), may_send=may_send)
    return make_response(page, HTTPStatus.CONFLICT if may_send else HTTPStatus.NOT_FOUND)


def guard(rule: Callable[[Session], None]) -> None:
    """Let `ensure_storable` ask this rule about the transaction as a whole. It refuses by raising `NotPossible`."""
    if rule not in _guards:
        _guards.append(rule)


_guards: list[Callable[[Session], None]] = []


def ensure_storable() -> None:
    """Ask the guards now, while the view can still show their refusal in its form; it takes back what it changed."""
    for rule in _guards:
        rule(db.session())


def take_back() -> None:
    """Forget what the view has changed, before a refused form comes back. The rows must be loaded again."""
    db.session.rollback()


def commit() -> None:
    db.session.commit()


def _note_lost_race(error: IntegrityError | StaleDataError) -> None:
    """Log that another request stored the same first. Raises the error again if that cannot be the reason."""
    name = constraints.violated(error) if isinstance(error, IntegrityError) else "version"
    if isinstance(error, IntegrityError) and name not in constraints.races():
        raise error
    log = structlog.get_logger("tracker.constraint")
    log.warning("lost_race", name=name, endpoint=request.endpoint, id=g.get("request_id", ""))


def _raced(store: Callable[[], Response]) -> Response:
    """Store; after a lost race run the view once more: its rules now find what the other request stored."""
    try:
        return store()
    except (IntegrityError, StaleDataError) as error:
        _note_lost_race(error)
    try:
        return store()
    except (IntegrityError, StaleDataError) as error:
        _note_lost_race(error)
        raise Stale(CHANGED_MEANWHILE) from error


@dataclass(frozen=True)
class Idempotency:
    """The key that a program sent along, with what makes two requests the same."""

    key: str
    account_id: int
    content: bytes


def store_for_program(
    answer: Callable[[], ResponseReturnValue], sent: Idempotency | None, again: Callable[[str], Response]
) -> Response:
    """Like `transactional`, for requests without a form. `again` repeats the answer that led to this address."""

    def store() -> Response:
        if sent is None:
            return _stored(answer, None)
        mark = form_keys.fingerprint(sent.account_id, request.full_path, sent.key, [sent.content])
        earlier = form_keys.spent(mark)
        if earlier is None and form_keys.is_spent(sent.key, sent.account_id, request.path):
            raise NotUnderstood(OTHER_CONTENT)
        spent = None if earlier else form_keys.spend(mark, sent.key, sent.account_id, request.path)
        if spent:
            return _stored(answer, spent)
        earlier = form_keys.spent(mark)
        if earlier is None or earlier.led_to is None:  # another request with the same key is being stored right now
            raise Stale(ALREADY_SENT)
        return again(earlier.led_to)

    return _raced(store)


def _once(answer: Callable[[], ResponseReturnValue]) -> Response:
    key, account_id = request.form.get("once", ""), _account_id()
    if key and not form_keys.KEY_SHAPE.fullmatch(key):
        raise Problem
    if not key or account_id is None:  # people who are not signed in could fill the table of keys
        return _stored(answer, None)
    mark = form_keys.fingerprint(account_id, request.full_path, key, _content())
    spent = form_keys.spend(mark, key, account_id, request.path)
    return _stored(answer, spent) if spent else _led_to(form_keys.spent(mark))


def _account_id() -> int | None:
    actor = current()
    return actor.account_id if actor else None


#: Fields in which two windows that send the same line may differ: the sender, the draft they continue, and what was
#: shown above the line or asked about it.
_NO_CONTENT = frozenset({"csrf_token", "once", "step", "adopts", "adopts_step", "above", "asked"})


def _content() -> Iterator[bytes]:
    """What makes two requests the same: typed values and files."""
    for name, value in request.form.items(multi=True):
        if name not in _NO_CONTENT:
            yield name.encode()
            yield value.encode()
    for name, file in request.files.items(multi=True):
        yield name.encode()
        yield (file.filename or "").encode()
        yield hashlib.file_digest(file.stream, "sha256").digest()  # type: ignore[arg-type]  # Werkzeug says less of it
        file.stream.seek(0)


def _stored(answer: Callable[[], ResponseReturnValue], mark: form_keys.SpentKey | None) -> Response:
    try:
        response = make_response(answer())
        if response.status_code >= FIRST_BAD_STATUS:
            db.session.rollback()
            return response
        if "back" in request.form and response.location:
            response.location = safe_path(request.form["back"])
        if mark:
            mark.led_to = response.location
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return response


def _led_to(earlier: form_keys.SpentKey | None) -> Response:
    if earlier is None:  # another request with the same key is being stored right now
        raise Stale(ALREADY_SENT)
    if is_quiet():
        return jsonify(outcome="stored")
    return cast(Response, redirect(earlier.led_to or request.path, 303))


SIGNED_IN_AGAIN = lazy_gettext("You are signed in again. Nothing is saved yet: check the form and send it.")
NOT_SENT = lazy_gettext(
    "This could not be sent and was kept on your device. Nothing is saved yet: check the form and send it."
)
OTHER_CONTENT = lazy_gettext("This key was sent before with other content. Use a new key for each request.")
ALREADY_SENT = lazy_gettext("This form has already been sent. Open the page again to see what was saved.")
CHANGED_MEANWHILE = lazy_gettext("Someone else saved this in the meantime. Open it again to see both.")
