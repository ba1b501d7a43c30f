"""The queue of SQLite writers: one at a time, first come, first served, and never blocking by itself."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.visitor import SECRETARIAT, Visitor
from tracker.core import write_queue
from tracker.core.db import db
from tracker.core.settings import ROOT

HOLDS = """
import sys, time
from tracker.core.write_queue import WriteQueue
turn = WriteQueue(sys.argv[1]).wait()
print(flush=True)
time.sleep(60)
"""


def test_writers_get_the_lock_one_at_a_time(tmp_path: Path) -> None:
    line, inside, most, had = write_queue.WriteQueue(str(tmp_path / "db")), [0], [0], []

    def write(who: int) -> None:
        turn = write_queue.WriteQueue(str(tmp_path / "db")).wait() if who % 2 else line.wait()  # as from two processes
        assert turn is not None
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        had.append(who)
        time.sleep(0.005)  # long enough for another to enter if the queue did not hold
        inside[0] -= 1
        turn.release()

    threads = [threading.Thread(target=write, args=(who,)) for who in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (most[0], sorted(had)) == (1, list(range(20)))


def test_the_lock_of_a_killed_process_is_released(tmp_path: Path) -> None:
    database = str(tmp_path / "db")
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, database], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    struck = []

    def kill() -> None:
        struck.append(holder.pid)
        os.kill(holder.pid, signal.SIGKILL)

    threading.Timer(0.05, kill).start()

    turn = write_queue.WriteQueue(database).wait()

    assert turn is not None
    assert struck  # not before the other was killed
    turn.release()
    holder.communicate()


def test_a_writer_that_cannot_queue_continues(tmp_path: Path) -> None:
    assert write_queue.WriteQueue(str(tmp_path / "no such folder" / "db")).wait() is None


def test_nobody_waits_longer_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_queue.WriteQueue(str(tmp_path / "db")).wait()
    assert first is not None
    monkeypatch.setattr(write_queue, "PATIENCE", 0.05)

    assert write_queue.WriteQueue(str(tmp_path / "db")).wait() is None
    first.release()


def test_a_finished_request_has_released_the_lock(visit: Visitor, kind: str) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note="Sesudah ini giliran berikutnya.")
    if kind == "sqlite":
        with browser.client.application.app_context():
            line = write_queue.queue_of(str(db.engine.url.database))
        turn = line.wait()
        assert turn is not None
        turn.release()
