"""Every test begins at the same moment, and the clock runs on from there: no midnight, weekend, holiday or new year
of the real calendar decides what a run says. `TESTS_BEGIN_AT=2026-12-31T23:59+07:00 make test` tries another moment.

time-machine moves the clock of the whole process: our code, Werkzeug's cookies, the tokens of authlib. A pin in
tracker.core.clock would move ours alone, and would put a switch for wrong times into the program.
"""

import os
import runpy
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import time_machine

#: A Wednesday morning in Jakarta, far from holidays, weekends and the ends of month and year.
NOW = datetime.fromisoformat(os.environ.get("TESTS_BEGIN_AT", "2026-11-25T10:00+07:00"))
#: How many seconds the clock of tests is ahead of the real one, for processes that a test starts.
SHIFT = "TESTS_CLOCK_SHIFT"
REAL = time_machine.escape_hatch.time


def standing() -> time_machine.travel:
    """The clock stands at the moment: for what is imported or made before any test runs."""
    return time_machine.travel(NOW, tick=False)


@contextmanager
def running() -> Iterator[None]:
    """The clock runs from the moment on, also for processes that are started by `command`."""
    with time_machine.travel(NOW):
        os.environ[SHIFT] = str(_ahead())
        yield


def _ahead() -> float:
    """By how many seconds this process is ahead of the real clock, to a millisecond however busy the machine is."""
    while True:
        before, here, after = REAL.time(), time.time(), REAL.time()
        if after - before < 0.001:
            return here - before


def command(module: str, *words: str) -> list[str]:
    """`python -m module words` with the clock of the test that starts it."""
    return [sys.executable, "-m", __name__, module, *words]


def follow() -> None:
    """In another process: the clock of the test that started it."""
    clock = time_machine.travel(NOW).start()
    clock.shift(float(os.environ[SHIFT]) - _ahead())


if __name__ == "__main__":
    follow()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
