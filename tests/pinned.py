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
from datetime import datetime, timedelta

import time_machine

#: A Wednesday morning in Jakarta, far from holidays, weekends and the ends of month and year.
NOW = datetime.fromisoformat(os.environ.get("TESTS_BEGIN_AT", "2026-11-25T10:00+07:00"))
#: In which most of the demo happens: it is about the twelve months before today.
BUSIEST_YEAR = (NOW - timedelta(days=183)).year
#: Seconds by which the clock of tests is ahead of the real one, passed to processes that a test starts.
SHIFT = "TESTS_CLOCK_SHIFT"
REAL = time_machine.escape_hatch.time


def standing() -> time_machine.travel:
    """Stop the clock at `NOW`, for what is imported or created before any test runs."""
    return time_machine.travel(NOW, tick=False)


@contextmanager
def running() -> Iterator[None]:
    """Let the clock run from `NOW` on, also in processes started by `command`."""
    with time_machine.travel(NOW):
        os.environ[SHIFT] = str(_ahead())
        yield


def _ahead() -> float:
    """Seconds by which this process is ahead of the real clock, precise to a millisecond under any load."""
    while True:
        before, here, after = REAL.time(), time.time(), REAL.time()
        if after - before < 0.001:
            return here - before


def command(module: str, *words: str) -> list[str]:
    """Command line for `python -m module words` with the clock of this test."""
    return [sys.executable, "-m", __name__, module, *words]


def follow() -> None:
    """Use the clock of the test that started this process."""
    clock = time_machine.travel(NOW).start()
    clock.shift(float(os.environ[SHIFT]) - _ahead())


if __name__ == "__main__":
    follow()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
