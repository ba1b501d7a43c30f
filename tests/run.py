"""What all workers of one run share: a folder, a PostgreSQL in it, and what takes long to find out."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tests import postgres

_FOLDER = "TESTS_RUN_FOLDER"
T = TypeVar("T")


@contextmanager
def begun() -> Iterator[None]:
    """In the process that starts the workers; the server that one of them may have started is stopped at the end."""
    with postgres.folder_for_a_cluster() as made:
        os.environ[_FOLDER] = str(made)
        yield
        cluster = postgres.Cluster(made)
        if cluster.is_running:
            cluster.stop()


def folder() -> Path:
    return Path(os.environ[_FOLDER])


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """One process at a time; the lock of a killed process is free."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(name: str, find_out: Callable[[], T]) -> T:
    """What the first worker that asks finds out; it is written as JSON."""
    file = folder() / f"{name}.json"
    with locked(file):
        if not file.exists():
            file.write_text(json.dumps(find_out()))
    found: T = json.loads(file.read_text())
    return found
