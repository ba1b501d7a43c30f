"""A migration is killed repeatedly: running it once more results in the same, intact tables."""

import os
import random
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask_migrate import upgrade

from tests.databases import Databases, Kind, close, settings_for
from tracker import create_app
from tracker.core.visibility import unrestricted
from tracker.operations import queries

RUNS = int(os.environ.get("FAULT_RUNS", "2"))
#: How long it may take at most until the whole of it is made, in seconds.
ENOUGH = 60.0
pytestmark = pytest.mark.long


def migrate(url: str, instance: Path) -> None:
    """Run `flask db upgrade` in a process that can be killed."""
    app = create_app(settings_for(url, instance))
    with app.app_context():
        upgrade()
    close(app)


def faults_of(url: str, instance: Path) -> list[str]:
    """Differences between the tables and the models."""
    app = create_app(settings_for(url, instance))
    with app.app_context(), unrestricted():
        faults = list(queries.schema_faults())
    close(app)
    return faults


@pytest.mark.timeout(900)
def test_killed_migration(databases: Databases, kind: Kind, tmp_path: Path, tell: Callable[..., None]) -> None:
    chance, processes = random.Random(5), get_context("fork")
    killed, broken = 0, []
    while killed < RUNS:
        url, longest = databases.blank(kind), 0.5
        while True:
            process = processes.Process(target=migrate, args=(url, tmp_path))
            process.start()
            process.join(chance.uniform(0, longest) if killed < RUNS else ENOUGH)
            if process.exitcode is not None:
                break
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            killed, longest = killed + 1, longest * 1.3
        broken += faults_of(url, tmp_path) if process.exitcode == 0 else [f"ended with {process.exitcode}"]

    tell(runs=RUNS, struck=killed, losses=len(broken))
    assert broken == []
