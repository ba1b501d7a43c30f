"""One app for each kind of database in a worker: the statements and templates it has compiled serve every test."""

import os
import shutil
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.databases import Content, Databases, Kind, settings_for
from tracker import create_app
from tracker.core import anchors
from tracker.core.wording import language


class _Compiled(FileSystemBytecodeCache):
    """Each language's sentences are part of what is compiled."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(f"{language()}:{name}", filename)


class Apps:
    """The apps of one worker, made when first asked for."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder
        self._made: dict[Kind, Flask] = {}
        self._compiled = _Compiled(str(folder))

    def fresh(self, kind: Kind, content: Content = "demo") -> Flask:
        """The app on a new copy of the demo, or of nothing; its disk is empty, its settings are those it began with."""
        url = self._databases.pour(kind, content, f"shared_{os.getpid()}")
        instance = self._folder / kind
        shutil.rmtree(instance, ignore_errors=True)
        instance.mkdir()
        settings = settings_for(url, instance)
        if kind not in self._made:
            self._made[kind] = create_app(settings)
            self._made[kind].jinja_env.bytecode_cache = self._compiled
        app = self._made[kind]
        app.extensions["settings"] = settings
        anchors.set_up(app)  # the folder is made at a start
        return app
