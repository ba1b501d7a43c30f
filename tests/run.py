"""What the workers of a run share: a folder, a PostgreSQL server, and the results of slow computations."""

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
    """For the process that starts the workers: stops the server at the end if one of them started it."""
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
    """Lock for one process at a time; released if the process is killed."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(name: str, compute: Callable[[], T]) -> T:
    """The result of `compute`, computed by the first worker that needs it and shared as JSON."""
    file = folder() / f"{name}.json"
    with locked(file):
        if not file.exists():
            file.write_text(json.dumps(compute()))
    found: T = json.loads(file.read_text())
    return found
