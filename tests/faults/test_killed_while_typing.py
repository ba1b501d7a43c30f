"""The server is killed with SIGKILL while a user types: nothing acknowledged as saved is lost."""

import os
import random
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests import pinned
from tests.databases import SECRET_KEY, Databases, Kind
from tests.postgres import free_port
from tests.visitor import PASSWORDS, SECRETARIAT, key_of
from tracker.core.settings import ROOT

#: In the suite a few, under `make faults` as many as asked for.
RUNS = int(os.environ.get("FAULT_RUNS", "4"))
MINUTES = "/meetings/1/minutes"
#: Seconds that a busy machine may take to start the server, or to store a line.
PATIENCE = 60
pytestmark = pytest.mark.long


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow redirects: only the status matters."""

    def redirect_request(self, *_: object) -> None:
        return None


class Killable:
    """The app under gunicorn, as in production, on a port of its own."""

    def __init__(self, url: str, instance: Path) -> None:
        self.port = free_port()
        self._environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
                             "TRACKER_INSTANCE": str(instance)}  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None
        self._browser = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(CookieJar()))

    def start(self) -> None:
        words = pinned.command("gunicorn", "--bind", f"127.0.0.1:{self.port}", "--no-control-socket",
                               "--log-level", "error", "app:app")  # fmt: skip
        self._process = subprocess.Popen(words, env=self._environment, cwd=ROOT, start_new_session=True)
        for _ in range(PATIENCE * 20):
            try:
                self.get("/sign-in")
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Leave no server behind, whatever the test came to."""
        if self._process and self._process.poll() is None:
            self.kill()

    def get(self, path: str) -> str:
        with self._browser.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> None:
        body = urlencode(fields).encode()
        try:
            self._browser.open(f"http://127.0.0.1:{self.port}{path}", body, timeout=10).close()
        except urllib.error.HTTPError as answer:
            if answer.code != HTTPStatus.SEE_OTHER:
                raise AssertionError(answer.read()) from answer

    def token(self, path: str) -> str:
        return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path))[-1]


def type_until_killed(
    server: Killable, run: int, token: str, lines: list[str], typed: dict[str, str], *, begun: threading.Event
) -> None:
    """Type and save lines, recording each as saved only once the server has acknowledged it."""
    for number in range(1000):
        name = f"{run}-{number}"
        key, line = key_of(name), f"baris {name} “kata”"
        try:
            for part in (line[:6], line[:12]):
                server.post(f"{MINUTES}/typing", csrf_token=token, key=key, line=part)
                typed[name] = part
            if number % 2:
                continue
            server.post(f"{MINUTES}/lines", csrf_token=token, once=key, version="", earlier="", line=line)
        except (OSError, HTTPException):  # killed before or amid its answer
            return
        lines.append(line)
        del typed[name]
        begun.set()


@pytest.mark.timeout(900)
def test_whole_server_killed_while_typing(
    databases: Databases, kind: Kind, tmp_path: Path, tell: Callable[..., None]
) -> None:
    chance = random.Random(7)
    lines: list[str] = []
    typed: dict[str, str] = {}
    with databases.copy(kind, "demo") as url, closing(Killable(url, tmp_path)) as server:
        server.start()
        token = server.token("/sign-in")
        server.post("/sign-in", csrf_token=token, username=SECRETARIAT, password=PASSWORDS[SECRETARIAT])
        for run in range(RUNS):
            token = server.token(MINUTES)
            begun = threading.Event()
            typing = (server, run, token, lines, typed)
            typist = threading.Thread(target=type_until_killed, args=typing, kwargs={"begun": begun})
            typist.start()
            assert begun.wait(PATIENCE)
            time.sleep(chance.uniform(0, 0.7))
            server.kill()
            typist.join()
            server.start()
        server.kill()

        # No pool: a connection left in one is closed only when it happens to be collected.
        with create_engine(url, poolclass=NullPool).connect() as connection:
            stored = list(connection.execute(text("SELECT gist_id FROM statement WHERE meeting_id = 1")).scalars())
            kept = dict(connection.execute(text("SELECT key, text FROM typed_line")).all())

    lost = [line for line in lines if stored.count(line) != 1]
    was_being_stored = {key for key in typed if f"baris {key} “kata”" in stored}
    forgotten = {key for key, part in typed.items() if kept.get(key_of(key), "")[:6] != part[:6]} - was_being_stored
    tell(runs=RUNS, struck=RUNS, losses=len(lost) + len(forgotten))
    assert lost == []
    assert forgotten == set()
    assert len(lines) >= RUNS
