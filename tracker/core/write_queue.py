"""A fair first-come queue for SQLite writers.

SQLite allows one writer at a time, and its busy handler polls with pauses of up to 100 ms
(https://sqlite.org/c3ref/busy_timeout.html), so that some of twenty writers wait for seconds. The queue is
cooperative: SQLite's own lock decides, and a writer that cannot enter the queue, or has waited long enough, goes on
to it.
"""

import threading
import time
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from tracker.core import ownership

#: Seconds: the longest wait in the queue, and how often the first writer of each process polls.
PATIENCE, POLL_INTERVAL = 10.0, 0.001


class WriteQueue:
    """Queue of one database, made of two empty lock files next to it; the system releases them if a process dies.

    Holding «-next» means being the next to get «-turn», so a process that has just written cannot overtake another.
    """

    def __init__(self, database: str) -> None:
        self._next, self._lock = f"{database}-next", f"{database}-turn"
        self._first_in_process = threading.Lock()

    def wait(self) -> FileLock | None:
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
                following.release()
        finally:
            self._first_in_process.release()


@cache
def queue_of(database: str) -> WriteQueue:
    return WriteQueue(database)


def _locked(path: str, until: float) -> FileLock | None:
    place = Path(path)
    if not place.parent.is_dir():  # the library would make it
        return None
    lock = FileLock(place, mode=0o600, thread_local=False)  # a connection may be returned by another thread
    try:
        lock.acquire(timeout=max(0.0, until - time.monotonic()), poll_interval=POLL_INTERVAL)
    except (Timeout, OSError):
        return None
    ownership.give_to_owner(place)  # at once: the service uses this file while a command of root runs
    return lock
