"""Who writes next to SQLite: whoever came first, rather than whoever happens to look at the right moment.

SQLite lets one write at a time, and its busy handler looks again after pauses of up to 100 ms
(https://sqlite.org/c3ref/busy_timeout.html), so that of twenty some wait for seconds. Here they stand in a line first.
It is a courtesy: SQLite's own lock decides, and who cannot stand in line, or has stood long enough, goes on to it.
"""

import fcntl
import os
import threading
import time
from functools import cache
from pathlib import Path

from tracker.core import ownership

#: Seconds: how long one stands in line, and how often the first of each process looks whether it is its turn.
PATIENCE, GLANCE = 10.0, 0.001


class Line:
    """The line before one database, through two empty files beside it; the system lets go of them when a process dies.

    Who holds «-next» follows who holds «-turn», so that no process that has just written overtakes another.
    """

    def __init__(self, database: str) -> None:
        """Before the database in this file."""
        self._next, self._turn = f"{database}-next", f"{database}-turn"
        self._first_here = threading.Lock()

    def wait(self) -> int | None:
        """Stand in line; answers the turn, to be given back by `leave`, or None where there was none to be had."""
        until = time.monotonic() + PATIENCE
        if not self._first_here.acquire(timeout=PATIENCE):
            return None
        try:
            following = _locked(self._next, until)
            if following is None:
                return None
            try:
                return _locked(self._turn, until)
            finally:
                os.close(following)
        finally:
            self._first_here.release()


@cache
def line_before(database: str) -> Line:
    """The one line of this process before a database."""
    return Line(database)


def leave(turn: int) -> None:
    """Let the next one write."""
    os.close(turn)


def _locked(path: str, until: float) -> int | None:
    """The file, open and locked (flock(2)); None when it stays with another until then, or cannot be written at all."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        ownership.hand_over(Path(path))  # at once: the service stands in this line while a command of root's runs
    except OSError:
        return None
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(file)
                return None
            time.sleep(GLANCE)
        else:
            return file
