"""Several nodes as in production: gunicorn process groups behind a real nginx."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests import pinned
from tests.databases import SECRET_KEY
from tests.postgres import free_port
from tests.visitor import PASSWORDS
from tracker.core.settings import ROOT

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Node:
    """A node with `deploy/gunicorn.conf.py`."""

    def __init__(self, url: str, instance: Path) -> None:
        self.port = free_port()
        self._environment = {
            **os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
            "TRACKER_PROXIES": "1", "TRACKER_INSTANCE": str(instance), "TRACKER_BIND": f"127.0.0.1:{self.port}",
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = pinned.command("gunicorn", "--config", "deploy/gunicorn.conf.py", "--log-level", "error", "app:app")
        self._process = subprocess.Popen(words, env=self._environment, cwd=ROOT, start_new_session=True,
                                         stderr=subprocess.DEVNULL)  # fmt: skip
        wait_for(f"http://127.0.0.1:{self.port}/readyz")

    @property
    def pid(self) -> int:
        """The process that watches over those that serve."""
        assert self._process
        return self._process.pid

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """As systemd does: answer what has begun, take nothing new."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, sign) if sign is signal.SIGKILL else self._process.send_signal(sign)
            self._process.wait(timeout=60)


def wait_for(address: str, *, trusted: Path | None = None) -> None:
    for _ in range(1200):
        try:
            if requests.get(address, timeout=5, verify=str(trusted) if trusted else True).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


@contextmanager
def nginx_before(
    nodes: list[Node],
    folder: Path,
    *,
    scheme: str = "$scheme",
    certificate: Path | None = None,
    log: str = "access_log off;",
) -> Iterator[str]:
    """`deploy/nginx.conf` with these nodes, on a port of its own; tells them this scheme.

    With TLS, and to be called `localhost`, only if there is a folder with a certificate.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is needed here (Debian: apt-get install nginx-light)"
    port = free_port()
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    line = re.search(r"    server 127.0.0.1:8000 .*\n", site)
    assert line
    site = site.replace(line[0], "".join(line[0].replace("8000", str(node.port)) for node in nodes))
    site = site.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    if certificate:
        site = site.replace("/etc/ssl/tracker", str(certificate)).replace("listen 443", f"listen 127.0.0.1:{port}")
    else:
        site = re.sub(r"listen 443 ssl( http2)?", f"listen 127.0.0.1:{port}", re.sub(r"    ssl_.*\n", "", site))
    name = "localhost" if certificate else "127.0.0.1"
    site = site.replace("server_name ", f"server_name {name} ").replace("Proto $scheme", f"Proto {scheme}")
    folder.mkdir()
    places = "".join(f"{name}_temp_path {folder}/{name};\n" for name in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\n{log}\n{places}{site}\n}}\n"
    )
    folder.chmod(0o755)
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL
    )
    try:
        address = f"https://localhost:{port}" if certificate else f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz", trusted=certificate and certificate / "fullchain.pem")
        yield address
    finally:
        process.terminate()
        process.wait()


class Person:
    """A client with its own IP address."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def get(self, address: str) -> requests.Response:
        return self.session.get(address, timeout=30)

    def send(self, address: str, page: str, **fields: str) -> requests.Response:
        """POST with a token of this page."""
        token = TOKEN.findall(self.get(page).text)[-1]
        return self.session.post(address, {"csrf_token": token, **fields}, allow_redirects=False, timeout=30)

    def sign_in(self, site: str, username: str, password: str = "") -> requests.Response:
        page = f"{site}/sign-in"
        return self.send(page, page, username=username, password=password or PASSWORDS[username])
