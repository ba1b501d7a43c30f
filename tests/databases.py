"""Databases for tests: each made once as a template, with or without the demo, then copied whole for every test."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from flask import Flask
from flask_migrate import upgrade

from tests import pinned, postgres
from tracker import create_app
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.demo.cli import load

SECRET_KEY = "kN7vQ2xW9eR4tY6uI8oP1aS3dF5gH0jZ"

Kind = Literal["sqlite", "postgresql"]
Content = Literal["empty", "demo"]


def settings_for(url: str, instance: Path) -> Settings:
    """Settings as in production but for the cheapest password hash."""
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"), secret_key=SECRET_KEY, instance=instance,
        is_testing=True, secure_cookies=False, argon2_memory_kib=8, argon2_passes=1,
    )  # fmt: skip


def close(app: Flask) -> None:
    """Let go of the app's connections."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


class Databases:
    """The templates of one test run, made when first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self._server: str | None = None
        self._made: dict[tuple[Kind, Content], str] = {}
        self._numbers = itertools.count(1)

    @property
    def server(self) -> str:
        """The PostgreSQL of this run."""
        if self._server is None:
            self._server = self._stack.enter_context(postgres.running_server())
        return self._server

    def blank(self, kind: Kind) -> str:
        """The address of a database with nothing in it at all."""
        name = f"{kind}_{os.getpid()}_{next(self._numbers)}"
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite"
        postgres.say_to(self.server, f'CREATE DATABASE "{name}"')
        return self.server.replace("/postgres", f"/{name}")

    def template(self, kind: Kind, content: Content) -> str:
        """A migrated database, with the demo when asked."""
        if (kind, content) not in self._made:
            kept = self._kept(kind, content)
            if kept and kept.exists():
                self._made[kind, content] = f"sqlite:///{kept}"
                return self._made[kind, content]
            url = f"sqlite:///{kept}" if kept else self.blank(kind)
            app = create_app(settings_for(url, self.folder))
            with app.app_context(), pinned.standing():
                upgrade()
                if content == "demo":
                    load()
            close(app)
            self._made[kind, content] = url
        return self._made[kind, content]

    def _kept(self, kind: Kind, content: Content) -> Path | None:
        """Where a template is kept from one run to the next, for whoever makes many runs: the mutants."""
        folder = os.environ.get("KEPT_TEMPLATES")
        return Path(folder) / f"{content}.sqlite" if folder and kind == "sqlite" else None

    def pour(self, kind: Kind, content: Content, name: str) -> str:
        """The address of a copy by this name, as new: whatever was there before is gone."""
        template = self.template(kind, content)
        self.drop(kind, name)
        if kind == "sqlite":
            file = self.folder / f"{name}.sqlite"
            shutil.copyfile(template.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        postgres.say_to(self.server, f'CREATE DATABASE "{name}" TEMPLATE "{template.rsplit("/", 1)[1]}"')
        return self.server.replace("/postgres", f"/{name}")

    def drop(self, kind: Kind, name: str) -> None:
        """Forget a copy."""
        if kind == "sqlite":
            for leftover in self.folder.glob(f"{name}.sqlite*"):
                leftover.unlink()
        else:
            postgres.say_to(self.server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def copy(self, kind: Kind, content: Content) -> Iterator[str]:
        """A database of one's own for one test."""
        name = f"copy_{os.getpid()}_{next(self._numbers)}"
        yield self.pour(kind, content, name)
        self.drop(kind, name)
