"""Migrated databases for tests to copy, with and without the demo, cached between runs.

The cache is outside the repository, under a hash of the code that creates the databases. Pages, forms and static files
do not affect them and are left out of the hash. The folder may be removed at any time.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from tests import pinned, postgres, run
from tests.elements import parsed
from tests.settings import Kind, close, settings_for
from tracker import create_app
from tracker.accounts import commands as accounts
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.settings import ROOT
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.demo.cli import load
from tracker.demo.setting import ACCOUNTS, DemoAccount

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tracker-tests"
#: Name to use instead of the hash, for many runs of code that creates the same databases: the mutants.
KEY = "TESTS_PREPARED_KEY"
MAX_CACHED = 25
COOKIES = "cookies.json"
_NOT_INGREDIENTS = {"routes", "forms", "static", "packed", "__pycache__"}


@cache
def folder() -> Path:
    """The cache folder for this code."""
    there = FOLDER / (os.environ.get(KEY) or _hash_of_ingredients())
    there.mkdir(parents=True, exist_ok=True)
    os.utime(there)
    for old in sorted(FOLDER.iterdir(), key=lambda each: each.stat().st_mtime)[:-MAX_CACHED]:
        shutil.rmtree(old, ignore_errors=True)
    return there


def _hash_of_ingredients() -> str:
    found = hashlib.sha256(repr((pinned.NOW, sys.version)).encode())
    own = [ROOT / "requirements.txt", *(ROOT / "tests" / f"{name}.py" for name in ("prepared", "postgres", "settings"))]
    for file in [*own, *sorted((ROOT / "tracker").rglob("*.*"))]:
        name = file.relative_to(ROOT)
        if file.is_file() and not _NOT_INGREDIENTS & {*name.parts, name.stem}:
            found.update(repr((str(name), file.read_bytes())).encode())
    return found.hexdigest()[:32]


def sqlite() -> Path:
    """The folder with `empty.sqlite` and `demo.sqlite`."""
    return _made_once(folder() / "sqlite", _make_sqlite)


def postgresql() -> Path:
    """The data folder of a stopped server with the databases `empty` and `demo`."""
    return _made_once(folder() / f"postgresql-{postgres.programs().parent.name}", _make_postgresql)


def _made_once(there: Path, make: Callable[[Path], Path]) -> Path:
    with run.locked(there):
        if not there.exists():
            new = there.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            with postgres.folder_for_a_cluster() as place:
                postgres.copy_folder(make(place), new)
            new.rename(there)
    return there


@cache
def cookies(kind: Kind) -> dict[str, str]:
    """Session cookies of the demo's accounts by username, signed in at the pinned time."""
    made = sqlite() if kind == "sqlite" else postgresql()
    return dict(json.loads((made / COOKIES).read_text()))


def _make_sqlite(place: Path) -> Path:
    made = place / "made"
    made.mkdir()
    _fill(f"sqlite:///{made / 'empty.sqlite'}", place, with_demo=False)
    shutil.copyfile(made / "empty.sqlite", made / "demo.sqlite")
    cookies = _fill(f"sqlite:///{made / 'demo.sqlite'}", place, with_demo=True)
    (made / COOKIES).write_text(json.dumps(cookies))
    return made


def _make_postgresql(place: Path) -> Path:
    cluster = postgres.Cluster(place, postgres.NOT_DURABLE)
    cluster.make()
    cluster.start()
    try:
        postgres.say_to(cluster.url, "CREATE DATABASE empty")
        _fill(postgres.at(cluster.url, "empty"), place, with_demo=False)
        postgres.say_to(cluster.url, "CREATE DATABASE demo TEMPLATE empty")
        cookies = _fill(postgres.at(cluster.url, "demo"), place, with_demo=True)
    finally:
        cluster.stop("fast")
    (cluster.data / COOKIES).write_text(json.dumps(cookies))
    return cluster.data


def _fill(url: str, instance: Path, *, with_demo: bool) -> dict[str, str]:
    app = create_app(settings_for(url, instance))
    with pinned.standing():
        with app.app_context():
            upgrade()
            if with_demo:
                load()
                end_tours()
        cookies = {account.username: _sign_in(app, account) for account in ACCOUNTS if with_demo}
    close(app)
    return cookies


def end_tours() -> None:
    """The tour of the first sign-in has tests of its own."""
    with unrestricted(), acting(SYSTEM):
        for account in db.session.scalars(select(Account)):
            accounts.end_tour(account, at=clock.now())
        commit()


def _sign_in(app: Flask, account: DemoAccount) -> str:
    browser = app.test_client()
    token = parsed(browser.get("/sign-in").text).select_one("[name=csrf_token]")["value"]
    given = {"csrf_token": token, "username": account.username, "password": account.password}
    assert browser.post("/sign-in", data=given).status_code == 303
    return str(browser.get_cookie(app.config["SESSION_COOKIE_NAME"]).value)


if __name__ == "__main__":
    {"sqlite": sqlite, "postgresql": postgresql}[sys.argv[1]]()
