"""A read-only standby (`DATABASE_READ_URL`) for reports and exports.

It is used once it has replayed everything written before the request. If it lags, fails or does not exist, the main
database is used, and the log says so.
"""

import time
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, cast

import structlog
from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tracker.core.db import READS_FROM, REPLICA, db

#: Seconds to wait for the standby to catch up, and to leave it alone after a failure.
PATIENCE, REST = 0.3, 30.0
_RESTS_UNTIL = "replica_rests_until"

_WRITTEN = text(
    "SELECT pg_current_wal_flush_lsn()::text AS position, system_identifier AS system FROM pg_control_system()"
)
_REPLAYED = text(
    "SELECT pg_is_in_recovery() AS follows, system_identifier AS system, "
    "pg_last_wal_replay_lsn() >= CAST(:position AS pg_lsn) AS is_level FROM pg_control_system()"
)

P = ParamSpec("P")


class State(StrEnum):
    OK = "ok"
    BEHIND = "behind"
    AWAY = "away"
    #: It answers, but does not follow this database.
    STRANGER = "stranger"


def from_replica(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a read-only view use the standby; without one, or if it fails, the main database is used."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not is_set() or _is_resting() or not _is_level():
            return view(*args, **kwargs)
        session = db.session()
        session.info[READS_FROM] = REPLICA
        try:
            return view(*args, **kwargs)
        except DBAPIError as error:
            _rest(error)
        finally:
            session.info.pop(READS_FROM, None)
        session.rollback()
        return view(*args, **kwargs)

    return run


def is_set() -> bool:
    return REPLICA in db.engines


def state(patience: float) -> State:
    """State of the standby, for which at most `patience` seconds are waited while it is behind."""
    written = db.session.connection().execute(_WRITTEN).one()
    until = time.monotonic() + patience
    try:
        with db.engines[REPLICA].connect() as standby:
            while (standby_state := _state_of(standby, *written)) is State.BEHIND and time.monotonic() < until:
                time.sleep(0.01)
            return standby_state
    except DBAPIError as error:
        _rest(error)
        return State.AWAY


def _state_of(standby: Connection, position: str, system: int) -> State:
    replayed = standby.execute(_REPLAYED, {"position": position}).one()
    if not replayed.follows or replayed.system != system:
        return State.STRANGER
    return State.OK if replayed.is_level else State.BEHIND


def _is_level() -> bool:
    try:
        standby_state = state(PATIENCE)
    except DBAPIError as error:  # a hosted database may not report its write position
        _rest(error)
        db.session.rollback()
        return False
    if standby_state is not State.OK:
        structlog.get_logger("tracker.replica").warning("replica not used", state=standby_state.value)
    return standby_state is State.OK


def _rest(error: DBAPIError) -> None:
    """Do not use the standby for a while: one that does not answer costs seconds per request."""
    current_app.extensions[_RESTS_UNTIL] = time.monotonic() + REST
    structlog.get_logger("tracker.replica").warning("replica rests", error=type(error.orig).__name__)


def _is_resting() -> bool:
    return time.monotonic() < cast(float, current_app.extensions[_RESTS_UNTIL])


def set_up(app: Flask) -> None:
    app.extensions[_RESTS_UNTIL] = 0.0
