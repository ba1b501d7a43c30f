"""The measured servers, under gunicorn as in production, and a simple HTTP client."""

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
SECRET_KEY = "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zC0fR"  # noqa: S105  # used for measurements only
#: Seconds; gunicorn closes idle connections after two.
KEEP_ALIVE = 1


@contextmanager
def database_at(folder: Path, kind: str, *, is_new: bool = False) -> Iterator[str]:
    """The URL of the database in a folder. PostgreSQL runs within the block."""
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
class Reply:
    """A response and its duration."""

    status: int
    body: str
    seconds: float
    request_id: str | None
    #: The redirect of a form.
    location: str | None = None


class Browser:
    """A client with one open connection and its cookies."""

    def __init__(self, port: int) -> None:
        """Connects at the first request."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self._used = 0.0

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Reply:
        """GET, or POST if `fields` are given."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.perf_counter() - self._used > KEEP_ALIVE:
            self._connection.close()  # reconnects by itself; the server may have closed it
        arguments = ("GET" if fields is None else "POST", path, urlencode(fields or {}) or None, headers)
        begun = time.perf_counter()
        try:
            response, body = self._request(*arguments)
        except RemoteDisconnected:  # closed just now: nothing was processed, so retry
            self._connection.close()
            begun = time.perf_counter()
            response, body = self._request(*arguments)
        self._used = time.perf_counter()
        cookies = [cookie.split(";")[0] for cookie in response.headers.get_all("Set-Cookie", [])]
        self._cookies |= dict(cookie.split("=", 1) for cookie in cookies)
        return Reply(
            response.status, body.decode(errors="replace"), self._used - begun, response.headers.get("X-Request-ID"),
            response.headers.get("Location"),
        )  # fmt: skip

    def _request(self, *arguments: Any) -> tuple[HTTPResponse, bytes]:
        self._connection.request(*arguments)
        response = self._connection.getresponse()
        return response, response.read()

    def token(self, path: str) -> str:
        return str(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(path).body)[-1])

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the form."""
        response = self.ask(
            "/sign-in", {"csrf_token": self.token("/sign-in"), "username": username, "password": password}
        )
        if response.status != 303:  # a successful form redirects
            raise RuntimeError(f"not signed in as {username}: {response.status}")


#: As in deploy/tracker.service.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}


class Served:
    """An app under gunicorn, on a port of its own."""

    def __init__(self, app: str, environment: dict[str, str], log: Path) -> None:
        """Starts nothing; call `start`."""
        self.port = free_port()
        self._app, self._log = app, log
        self._environment = {**os.environ, **MEMORY, **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._cpu_nanoseconds: dict[Path, int] = {}

    def start(self, path: str) -> float:
        """Start it. Return the seconds until this page responds."""
        place = f"127.0.0.1:{self.port}"
        words = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", place, "--log-level", "error", self._app]
        begun = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *words], env=self._environment, cwd=ROOT, stderr=log
            )
        while time.perf_counter() - begun < 60:  # seconds
            try:
                if Browser(self.port).ask(path).status:
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(self._log.read_text())

    def stop(self) -> None:
        """Stop it with its workers."""
        if self._process:
            self._process.terminate()
            self._process.wait()

    @property
    def workers(self) -> list[int]:
        """Ids of the worker processes."""
        assert self._process  # noqa: S101  # call it after start
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """CPU time of all threads of the workers. Threads that have ended count with their last known value."""
        for pid in self.workers:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                self._cpu_nanoseconds[thread] = int((thread / "schedstat").read_text().split()[0])
        return sum(self._cpu_nanoseconds.values()) / 1e9

    def megabytes(self) -> list[float]:
        """Proportional memory (PSS) of each worker: shared pages are divided among the workers."""
        matches = [re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.workers]
        return [int(match[1]) / 1024 for match in matches if match]

    def statements(self) -> dict[str, int]:
        """SQL statements by request id, from the app's log."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        return {line["id"]: line["statements"] for line in lines if line.get("event") == "request"}
