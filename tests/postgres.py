"""A real PostgreSQL of the tests' own: made in a temporary folder, on a free port, stopped at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def _folder_of_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else found[-1]


def _user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as the package's own user."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server; give the address of its maintenance database; stop it."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    user, programs = _user(), _folder_of_programs()
    if user:
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    port = free_port()
    data = folder / "data"

    def run(*words: str) -> None:
        subprocess.run([str(programs / words[0]), *words[1:]], user=user, cwd=folder, check=True, capture_output=True)

    try:
        run("initdb", "-D", str(data), "-U", "tracker", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield f"postgresql://tracker@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def say_to(server: str, statement: str) -> None:
    """Run one statement on the maintenance database, outside a transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
