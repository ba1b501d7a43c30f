"""Transactions that the database refuses because of others are run again, until one is stored (ADR 120)."""

import random
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

import structlog
from flask import Flask, g, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from tracker.core.db import db
from tracker.core.errors import Problem
from tracker.core.wording import lazy_gettext as _l

#: SQLSTATE of a transaction that has no place in the order of the others, and of one chosen to end a deadlock.
REFUSED = frozenset({"40001", "40P01"})
#: Seconds, as long as SQLite waits for other writers; and attempts, of what takes long by itself.
PATIENCE, LEAST = 10, 5
#: Seconds: the longest pause after the first refusal, and after many.
SHORT_PAUSE, LONG_PAUSE = 0.02, 0.5

T = TypeVar("T")
P = ParamSpec("P")
BUSY = _l("Many people are saving at this moment, and this was not saved. Send it again.")


class Busy(Problem):
    status = HTTPStatus.SERVICE_UNAVAILABLE


def is_refused(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in REFUSED


def restarting(run: Callable[[], T]) -> T:
    """Run one transaction, and again from its beginning while it is refused. It does nothing outside the database."""
    started, attempts = time.monotonic(), 0
    while True:
        try:
            return run()
        except DBAPIError as error:
            if not is_refused(error):
                raise
            db.session.rollback()
            attempts += 1
            log = structlog.get_logger("tracker.database")
            is_last = attempts >= LEAST and time.monotonic() - started > PATIENCE
            log.warning("given_up" if is_last else "restarted", attempts=attempts, id=g.get("request_id", ""))
            if is_last:
                raise Busy(BUSY) from error
        # Chance, so that those who refused each other do not meet again.
        time.sleep(random.uniform(0, min(SHORT_PAUSE * 2**attempts, LONG_PAUSE)))  # noqa: S311


def restarted(step: Callable[P, T]) -> Callable[P, T]:
    """Let a step of a program that runs by itself, which commits at its end, be `restarting`."""

    @wraps(step)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return restarting(lambda: step(*args, **kwargs))

    return run


def runs_once(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Mark a view that asks something outside which answers only once."""
    view.runs_once = True  # type: ignore[attr-defined]  # read by `RestartingFlask`
    return view


class RestartingFlask(Flask):
    """Restarts the view of a request; the user does not notice."""

    def dispatch_request(self) -> ResponseReturnValue:
        if getattr(self.view_functions.get(request.endpoint or ""), "runs_once", False):
            return super().dispatch_request()
        before, is_first = dict(session), True

        def run() -> ResponseReturnValue:
            nonlocal is_first
            if not is_first:
                _as_at_first(before)
            is_first = False
            return super(RestartingFlask, self).dispatch_request()

        return restarting(run)


def _as_at_first(before: dict[str, object]) -> None:
    """Without the sentences that the refused attempt would have shown, and with its files unread."""
    session.clear()
    session.update(before)
    for file in (file for files in request.files.listvalues() for file in files):
        file.stream.seek(0)
