"""Databases for tests: copies of the prepared ones; a run uses a single PostgreSQL server."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal

from flask import Flask

from tests import pinned, postgres, prepared, run
from tests.settings import SECRET_KEY, Kind, close, settings_for
from tracker.core import clock

__all__ = ["SECRET_KEY", "Content", "Databases", "Kind", "close", "settings_for"]
Content = Literal["empty", "demo"]
_with_demo: dict[str, Kind] = {}


def cookies_for(app: Flask) -> dict[str, str]:
    """The cookies of `prepared.cookies`, if the app uses a copy of the demo and the time is still that of the copy."""
    kind = _with_demo.get(_name_in(app.config["SQLALCHEMY_DATABASE_URI"]))
    is_new = timedelta() <= clock.now() - pinned.NOW < timedelta(minutes=10)
    return prepared.cookies(kind) if kind and is_new else {}


def _name_in(url: str) -> str:
    return url.rpartition("/")[2]


class Databases:
    """The databases of a worker."""

    def __init__(self) -> None:
        self.folder = run.folder() / f"worker-{os.getpid()}"
        self.folder.mkdir()
        self._numbers = itertools.count(1)

    @cached_property
    def server(self) -> str:
        """URL of the PostgreSQL server of this run, started by the first worker that needs it."""
        return run.once("server", _server)

    def blank(self, kind: Kind) -> str:
        """URL of a new database without tables."""
        name = self._new_name()
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite"
        postgres.say_to(self.server, f'CREATE DATABASE "{name}"')
        return postgres.at(self.server, name)

    def pour(self, kind: Kind, content: Content, name: str) -> str:
        """URL of a copy with this name, which replaces an existing one."""
        self.drop(kind, name)
        if kind == "sqlite":
            file = self.folder / f"{name}.sqlite"
            shutil.copyfile(self._sqlite_template(content), file)
            url = f"sqlite:///{file}"
        else:
            postgres.copy_database(self.server, content, name)
            url = postgres.at(self.server, name)
        _with_demo.pop(_name_in(url), None)
        if content == "demo":
            _with_demo[_name_in(url)] = kind
        return url

    def drop(self, kind: Kind, name: str) -> None:
        if kind == "sqlite":
            for leftover in self.folder.glob(f"{name}.sqlite*"):
                leftover.unlink()
        else:
            postgres.say_to(self.server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def copy(self, kind: Kind, content: Content) -> Iterator[str]:
        """A database for a single test."""
        name = self._new_name()
        yield self.pour(kind, content, name)
        self.drop(kind, name)

    def _sqlite_template(self, content: Content) -> Path:
        """Copied once per run, because the prepared files may be removed while tests run."""
        file = self.folder / f"template-{content}.sqlite"
        if not file.exists():
            shutil.copyfile(prepared.sqlite() / f"{content}.sqlite", file)
        return file

    def _new_name(self) -> str:
        return f"tests_{os.getpid()}_{next(self._numbers)}"


def _server() -> str:
    cluster = postgres.Cluster(run.folder(), (*postgres.NOT_DURABLE, "autovacuum=off"))
    postgres.copy_folder(prepared.postgresql(), cluster.data)
    cluster.start()
    return cluster.url
