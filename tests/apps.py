"""One app per database and worker, so that all tests share its compiled statements and templates."""

import os
import shutil
from pathlib import Path
from typing import get_args

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.util import LRUCache

from tests import run
from tests.databases import Content, Databases, Kind, settings_for
from tracker import create_app
from tracker.core import anchors
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.wording import language
from tracker.demo.mark import KNOWN as HOLDS_ILLUSTRATION

#: Compiled statements that an app keeps: all that the tests ask. An engine's own 500 would be compiled again and again.
STATEMENTS = 8_000


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates contain translations, so the cache key includes the language."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(f"{language()}:{name}", filename)


def new_app(settings: Settings) -> Flask:
    """An app that keeps all it compiles; the templates are shared with the other workers."""
    app = create_app(settings)
    compiled = run.folder() / "templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = _Compiled(str(compiled))
    with app.app_context():
        for engine in db.engines.values():
            engine.update_execution_options(compiled_cache=LRUCache(STATEMENTS))
    return app


class Apps:
    """The apps of a worker, created on first use."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder
        self._made: dict[Kind, Flask] = {}
        self._content: dict[Kind, Content] = {}

    def fresh(self, kind: Kind, content: Content = "demo") -> Flask:
        """The app with a new copy of the demo or an empty database, an empty instance folder and initial settings."""
        assert kind in get_args(Kind), f"a parameter of the test takes the name of the fixture: {kind}"
        url = self._databases.pour(kind, content, f"shared_{os.getpid()}")
        instance = self._folder / kind
        shutil.rmtree(instance, ignore_errors=True)
        instance.mkdir()
        settings = settings_for(url, instance)
        if kind not in self._made:
            self._made[kind] = new_app(settings)
        app = self._made[kind]
        app.extensions["settings"] = settings
        if self._content.get(kind) != content:  # what the app has found out about the other content
            app.extensions.pop(HOLDS_ILLUSTRATION, None)
        self._content[kind] = content
        anchors.set_up(app)  # the folder is made at a start
        return app
