"""Processes of their own, forked from one that has imported the program, so that each starts in a second."""

import os
import signal
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import flask.cli
from flask import Flask
from sqlalchemy import event

from tests import pinned, run
from tests.databases import SECRET_KEY, settings_for
from tests.visitor import REVIEWER, Visitor
from tracker import create_app, of_each_feature
from tracker.core.db import db
from tracker.core.settings import ROOT

for _kind in ("models", "labels", "routes", "cli"):
    tuple(of_each_feature(_kind))
#: Forked from a server, since a process with threads should not be forked, and workers of xdist have some.
_forks = get_context("forkserver")
_forks.set_forkserver_preload([__name__])
PATIENCE = 60


class Command:
    """`flask --app app …` in its own process, at the time of the test."""

    def __init__(self, url: str, instance: str | Path, *words: str, typed: str = "", **environment: str) -> None:
        given = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_INSTANCE": str(instance), "LC_ALL": "C.UTF-8",
                 **environment}  # fmt: skip
        self._folder = Path(mkdtemp(dir=run.folder()))
        (self._folder / "0").write_text(typed)
        self._process = _forks.Process(target=_command, args=(words, {**os.environ, **given}, self._folder))
        self._process.start()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Wait for its exit code, which is that of `subprocess`."""
        self._process.join(PATIENCE)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode

    @property
    def output(self) -> str:
        return (self._folder / "1").read_text()

    @property
    def errors(self) -> str:
        return (self._folder / "2").read_text()


def _command(words: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, how in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(folder / str(number), how), number)
    sys.stdin = os.fdopen(0, closefd=False)
    pinned.follow()
    sys.argv = ["flask", "--app", "app", *words]
    flask.cli.main()


def both(app: Flask, folder: Path, sent: list[tuple[str, dict[str, list[str]]]], *, by: str = REVIEWER) -> list[str]:
    """The status of both responses, each form sent in a session of its own, at the same moment."""
    url, senders = app.config["SQLALCHEMY_DATABASE_URI"], []
    for path, values in sent:
        browser = Visitor(app).sign_in(by)
        given = {**values, "csrf_token": [browser.token()]}
        here, there = _forks.Pipe()
        cookie = browser.client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
        sender = _forks.Process(target=_send, args=(url, folder, cookie, path, given, os.environ[pinned.SHIFT], there))
        sender.start()
        there.close()
        senders.append((sender, here))
    for _, connection in senders:
        assert connection.recv() == "ready"
    for _, connection in senders:
        connection.send("go")
    answers = sorted(str(connection.recv()) for _, connection in senders)
    for sender, connection in senders:
        connection.close()
        sender.join(PATIENCE)
        sender.close()
    return answers


#: What a process that was killed leaves behind.
KILLED = -signal.SIGKILL


def post_until(app: Flask, ready: Any, *, at: int | None) -> int:
    """Send a form in a process that is killed at this statement. The status of the answer, or `KILLED`."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = ready.browser.client.get_cookie(name)
    here, there = _forks.Pipe()
    sent = (cookie.value if cookie else "", ready.path, ready.values)
    given = (app.config["SQLALCHEMY_DATABASE_URI"], Path(app.instance_path), *sent, os.environ[pinned.SHIFT], at, there)
    sender = _forks.Process(target=_send_until, args=given)
    sender.start()
    there.close()
    sender.join(PATIENCE)
    return int(here.recv()) if sender.exitcode == 0 else int(sender.exitcode or 0)


def _send_until(
    url: str, folder: Path, cookie: str, path: str, values: dict[str, list[str]], shift: str, at: int | None,
    connection: Connection,
) -> None:  # fmt: skip
    os.environ[pinned.SHIFT] = shift
    pinned.follow()
    app = create_app(settings_for(url, folder))
    client, said = app.test_client(), 0
    if cookie:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)

    def count(*_: Any) -> None:
        nonlocal said
        said += 1
        if said == at:
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    connection.send(client.post(path, data=values).status_code)


def _send(
    url: str, folder: Path, cookie: str, path: str, values: dict[str, list[str]], shift: str, connection: Connection
) -> None:
    os.environ[pinned.SHIFT] = shift
    pinned.follow()
    app = create_app(settings_for(url, folder))
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    connection.send("ready")
    connection.recv()
    connection.send(client.post(path, data=values).status_code)
