"""Repeat the 304 of a poll without asking the program, while nothing in the database has changed. See docs/adr/0122.

Many windows poll every few seconds, and hardly ever has anything changed. What is repeated tells nothing else.
"""

import hashlib
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from tracker.core import clock, replica
from tracker.core.db import db

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: How long an answer is repeated, since sign-ins and rights also end by the clock.
LONGEST = timedelta(minutes=5)
_MOST = 1000
_IS_REPEATABLE = "tracker.is_repeatable"
#: What an answer depends on beside the database.
_ASKED = ("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE",
          "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH")  # fmt: skip
_REPEATED_HEADERS = frozenset({"etag", "cache-control", "vary"})


def set_up(app: Flask) -> None:
    """Not with a standby: what it answers changes later than the state of the database."""
    with app.app_context():
        if not replica.is_set():
            app.wsgi_app = Polls(app.wsgi_app, state_of(db.engine))  # type: ignore[method-assign]  # Flask's own way


def may_be_repeated() -> None:
    """Called by the view of a poll: its 304 depends on nothing but the database and the request."""
    request.environ[_IS_REPEATABLE] = True


def state_of(engine: Engine) -> Callable[[], object]:
    """A function that returns something else once a transaction has been committed, by whomever."""
    if engine.dialect.name == "sqlite":
        return SqliteState(Path(engine.url.database or "")).read
    outside_transactions = engine.execution_options(isolation_level="AUTOCOMMIT")
    return lambda: _visible_transactions(outside_transactions)


def _visible_transactions(engine: Engine) -> object:
    """As a snapshot (PostgreSQL, 9.26.8 Transaction ID and Snapshot Information Functions)."""
    try:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
    except SQLAlchemyError:
        return None


class SqliteState:
    """`PRAGMA data_version` (https://sqlite.org/pragma.html#pragma_data_version), comparable within one connection."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = 0
        self._opened_by: tuple[int, ...] = ()

    def read(self) -> object:
        with self._lock:
            try:
                with closing(self._connected().execute("PRAGMA data_version")) as found:
                    return self._opened, found.fetchone()[0]
            except (OSError, sqlite3.Error):
                self._connection = None
                return None

    def _connected(self) -> sqlite3.Connection:
        """Another connection after a fork, which would break it, and for another file, as after a restore."""
        found = self._file.stat()
        opened_by = (os.getpid(), found.st_dev, found.st_ino)
        if self._connection is None or self._opened_by != opened_by:
            address = f"{self._file.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._opened, self._opened_by = self._opened + 1, opened_by
        return self._connection


@dataclass(frozen=True)
class Answer:
    state: object  # of the database before it was asked
    headers: list[tuple[str, str]]
    until: datetime


class Polls:
    """WSGI middleware that keeps repeatable answers in the memory of this process."""

    def __init__(self, app: "WSGIApplication", state: Callable[[], object]) -> None:
        self._app, self._state = app, state
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" not in environ:
            return self._app(environ, start_response)
        state = self._state()
        asked = hashlib.sha256(repr([environ.get(name) for name in _ASKED]).encode()).digest()
        kept = self._kept.get(asked)
        if kept and kept.state == state is not None and clock.now() < kept.until:
            start_response("304 NOT MODIFIED", kept.headers)
            return []

        def noting(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            names = {name.lower() for name, _ in headers}
            if status.startswith("304") and environ.get(_IS_REPEATABLE) and "set-cookie" not in names:
                repeated = [(name, value) for name, value in headers if name.lower() in _REPEATED_HEADERS]
                self._keep(asked, Answer(state, repeated, clock.now() + LONGEST))
            return start_response(status, headers, *error)

        return self._app(environ, noting)

    def _keep(self, asked: bytes, answer: Answer) -> None:
        with self._lock:
            self._kept[asked] = answer
            self._kept.move_to_end(asked)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
