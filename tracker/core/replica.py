"""A standby that follows the database (`DATABASE_READ_URL`): reports and exports, which only read, may be read there.

Nobody is shown less than was stored when they asked: the standby is used once it has replayed all that the database had
written by then. When it lags, is away or is none, the database itself is asked, and the log says so.
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

#: How long a report waits for the standby to catch up, in seconds, and how long one that was away is not asked again.
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
    """How the standby is."""

    OK = "ok"
    BEHIND = "behind"
    AWAY = "away"
    #: It answers, but follows nobody, or another database.
    STRANGER = "stranger"


def from_replica(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let a view that only reads do so at the standby; where there is none, or it fails, all is as ever."""

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
    """Whether this installation has a standby to read from."""
    return REPLICA in db.engines


def state(patience: float = PATIENCE) -> State:
    """How the standby is, given so many seconds to catch up with what is written by now."""
    written = db.session.connection().execute(_WRITTEN).one()
    until = time.monotonic() + patience
    try:
        with db.engines[REPLICA].connect() as standby:
            while (found := _state_of(standby, *written)) is State.BEHIND and time.monotonic() < until:
                time.sleep(0.01)
            return found
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
        found = state()
    except DBAPIError as error:  # a service that does not tell how far it has written
        _rest(error)
        db.session.rollback()
        return False
    if found is not State.OK:
        structlog.get_logger("tracker.replica").warning("replica not used", state=found.value)
    return found is State.OK


def _rest(error: DBAPIError) -> None:
    """Leave the standby alone for a while: one that does not even refuse costs seconds each time."""
    current_app.extensions[_RESTS_UNTIL] = time.monotonic() + REST
    structlog.get_logger("tracker.replica").warning("replica rests", error=type(error.orig).__name__)


def _is_resting() -> bool:
    return time.monotonic() < cast(float, current_app.extensions[_RESTS_UNTIL])


def set_up(app: Flask) -> None:
    """Begin with a standby that is asked."""
    app.extensions[_RESTS_UNTIL] = 0.0
