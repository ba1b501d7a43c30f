"""A fair first-come queue for SQLite writers.

SQLite allows one writer at a time, and its busy handler polls with pauses of up to 100 ms
(https://sqlite.org/c3ref/busy_timeout.html), so that some of twenty writers wait for seconds. The queue is
cooperative: SQLite's own lock decides, and a writer that cannot enter the queue, or has waited long enough, goes on
to it.
"""

import fcntl
import os
import threading
import time
from functools import cache
from pathlib import Path

from tracker.core import ownership

#: Seconds: the longest wait in the queue, and how often the first writer of each process polls.
PATIENCE, GLANCE = 10.0, 0.001


class WriteQueue:
    """Queue of one database, made of two empty lock files next to it; the system releases them if a process dies.

    Holding «-next» means being the next to get «-turn», so a process that has just written cannot overtake another.
    """

    def __init__(self, database: str) -> None:
        self._next, self._lock = f"{database}-next", f"{database}-turn"
        self._first_in_process = threading.Lock()

    def wait(self) -> int | None:
        """Wait for the lock; returns it for `release`, or None on timeout."""
        until = time.monotonic() + PATIENCE
        if not self._first_in_process.acquire(timeout=PATIENCE):
            return None
        try:
            following = _locked(self._next, until)
            if following is None:
                return None
            try:
                return _locked(self._lock, until)
            finally:
                os.close(following)
        finally:
            self._first_in_process.release()


@cache
def queue_of(database: str) -> WriteQueue:
    """The queue of this process for a database."""
    return WriteQueue(database)


def release(lock: int) -> None:
    """Release the lock for the next writer."""
    os.close(lock)


def _locked(path: str, until: float) -> int | None:
    """Open and lock the file (flock(2)); None on timeout, or if it cannot be written."""
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
