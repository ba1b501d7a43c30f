"""Servers to measure: the tracker and the bare floor under gunicorn as in production, and a browser that only asks."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.postgres import Cluster, free_port, say_to
from tracker.core.settings import ROOT

FOLDER = ROOT / "instance" / "bench"
SECRET_KEY = "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zC0fR"  # noqa: S105  # signs nothing but a measurement
#: Seconds; gunicorn keeps an idle connection for two.
KEPT_OPEN = 1


@contextmanager
def database_at(folder: Path, kind: str, *, is_new: bool = False) -> Iterator[str]:
    """The address of the database in a folder; PostgreSQL runs while it is needed."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'tracker.sqlite'}"
        return
    cluster = Cluster(folder / "postgresql", ("shared_buffers=256MB", "work_mem=16MB", "random_page_cost=1.1"))
    if is_new:
        shutil.rmtree(cluster.data, ignore_errors=True)
        cluster.make()
    cluster.start()
    try:
        if is_new:
            say_to(cluster.url, "CREATE DATABASE tracker")
        yield cluster.url.replace("/postgres", "/tracker").replace("postgresql://", "postgresql+psycopg://")
    finally:
        cluster.stop("fast")


@dataclass(frozen=True)
class Answer:
    """What came back, and when."""

    status: int
    body: str
    seconds: float
    request_id: str | None
    cookie: str | None
    #: Where a form leads on.
    location: str | None = None


class Browser:
    """One connection kept open, and the cookie that came over it."""

    def __init__(self, port: int) -> None:
        """Connect when first asked."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie, self._used = "", 0.0

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """GET, or POST of these fields."""
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.perf_counter() - self._used > KEPT_OPEN:
            self._connection.close()  # it opens again by itself; the server closes what was idle
        asked = ("GET" if fields is None else "POST", path, urlencode(fields or {}) or None, headers)
        begun = time.perf_counter()
        try:
            answer, body = self._answer(*asked)
        except RemoteDisconnected:  # closed at the moment of asking: nothing was done, so it may be asked again
            self._connection.close()
            begun = time.perf_counter()
            answer, body = self._answer(*asked)
        self._used = time.perf_counter()
        cookie = answer.headers.get("Set-Cookie", "").split(";")[0]
        self._cookie = cookie or self._cookie
        return Answer(
            answer.status, body.decode(errors="replace"), self._used - begun, answer.headers.get("X-Request-ID"),
            cookie, answer.headers.get("Location"),
        )  # fmt: skip

    def _answer(self, *asked: Any) -> tuple[HTTPResponse, bytes]:
        self._connection.request(*asked)
        answer = self._connection.getresponse()
        return answer, answer.read()

    def token(self, path: str) -> str:
        """A CSRF token of a page."""
        return str(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(path).body)[-1])

    def sign_in(self, username: str, password: str) -> None:
        """Through the form."""
        answer = self.ask(
            "/sign-in", {"csrf_token": self.token("/sign-in"), "username": username, "password": password}
        )
        if answer.status != 303:  # where a form leads on
            raise RuntimeError(f"not signed in as {username}: {answer.status}")


#: As deploy/tracker.service has it.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}


class Served:
    """An app under gunicorn, on a port of its own."""

    def __init__(self, app: str, environment: dict[str, str], log: Path) -> None:
        """Nothing runs before `start`."""
        self.port = free_port()
        self._app, self._log = app, log
        self._environment = {**os.environ, **MEMORY, **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._worked: dict[Path, int] = {}

    def start(self, path: str) -> float:
        """Start it; seconds until this page was there."""
        place = f"127.0.0.1:{self.port}"
        words = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", place, "--log-level", "error", self._app]
        begun = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *words], env=self._environment, cwd=ROOT, stderr=log
            )
        while time.perf_counter() - begun < 60:  # seconds, then something is wrong
            try:
                if Browser(self.port).ask(path).status:
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(self._log.read_text())

    def stop(self) -> None:
        """End it with its workers."""
        if self._process:
            self._process.terminate()
            self._process.wait()

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self._process  # noqa: S101  # asked after the start
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return [int(one) for one in children.split()]

    def cpu_seconds(self) -> float:
        """What the workers have worked so far, all their threads together; one that has ended counts as last seen."""
        for pid in self.workers:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                self._worked[thread] = int((thread / "schedstat").read_text().split()[0])
        return sum(self._worked.values()) / 1e9

    def megabytes(self) -> list[float]:
        """What each worker holds in memory; what the workers share counts for each of them in part."""
        found = [re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.workers]
        return [int(one[1]) / 1024 for one in found if one]

    def statements(self) -> dict[str, int]:
        """SQL statements by request, as the app's log says."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        return {line["id"]: line["statements"] for line in lines if line.get("event") == "request"}
