"""Dump the whole database while it is in use, and load a dump.

SQLite with its online backup (https://sqlite.org/backup.html), PostgreSQL with pg_dump and pg_restore.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.engine import URL, Engine


class ToolMissing(RuntimeError):
    """A PostgreSQL program is not installed."""


def is_empty(engine: Engine) -> bool:
    return not inspect(engine).get_table_names()


@contextmanager
def dumped(engine: Engine, to: Path) -> Iterator[Connection]:
    """Write a consistent dump while others write; yields a connection with the same snapshot."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as live, closing(sqlite3.connect(to)) as copy:
            with suppress(sqlite3.OperationalError):  # the backup is complete even so
                live.execute("ANALYZE")  # SQLite plans with statistics that it never updates by itself
            live.backup(copy)
        with create_engine(f"sqlite:///{to}", poolclass=NullPool).connect() as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run("pg_dump", engine.url, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={to}")
        yield connection


def load(engine: Engine, source: Path) -> None:
    """Load a dump into an empty database, all or nothing."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(str(engine.url.database))) as target:
            copy.backup(target)
        return
    _run("pg_restore", engine.url, "--no-owner", "--exit-on-error", "--single-transaction", str(source))
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))  # until autovacuum runs, PostgreSQL has no statistics to plan with


def _run(program: str, url: URL, *words: str) -> None:
    """Run a PostgreSQL program. The password is passed in the environment, where `ps` does not show it."""
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    subprocess.run([_program(program), f"--dbname={address}", *words], check=True, env=environment)


def _program(name: str) -> str:
    program_path = shutil.which(name) or next((str(path) for path in _installed(name)), None)
    if program_path is None:
        raise ToolMissing(name)
    return program_path


def _installed(name: str) -> list[Path]:
    """Debian does not put them on the path. The newest version reads dumps of older ones."""
    return sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
