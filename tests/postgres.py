"""A real PostgreSQL of one's own: made in a folder, on a free port, stopped at the end."""

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

#: For tests, whose databases nobody misses after a power cut.
CARELESS = ("fsync=off", "full_page_writes=off")


def _folder_of_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else found[-1]


def _user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as the package's own user."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A server with its data in a folder; it can be stopped hard and started again, and copied to a standby."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = ()) -> None:
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        self._settings = settings
        folder.mkdir(exist_ok=True)
        if user := _user():
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)

    @property
    def url(self) -> str:
        """The address of its maintenance database."""
        return f"postgresql://tracker@127.0.0.1:{self.port}/postgres"

    def run(self, *words: str) -> None:
        """Call a program of PostgreSQL's, as the user whose data it is."""
        command = [str(_folder_of_programs() / words[0]), *words[1:]]
        subprocess.run(command, user=_user(), cwd=self.folder, check=True, capture_output=True)

    def make(self) -> None:
        """An empty one."""
        self.run("initdb", "-D", str(self.data), "-U", "tracker", "-A", "trust", "--no-sync", "-E", "UTF8",
                 "--locale=C.UTF-8", "--wal-segsize=1")  # fmt: skip

    def make_standby_of(self, primary: "Cluster") -> None:
        """A copy that follows the other by streaming."""
        self.run("pg_basebackup", "-D", str(self.data), "-d", primary.url, "-R", "-X", "stream", "--checkpoint=fast",
                 "--no-sync")  # fmt: skip

    def start(self) -> None:
        """Start it, and wait until it answers."""
        chosen = [f"-c {setting}" for setting in (*self._settings, "listen_addresses=127.0.0.1")]
        options = " ".join([f"-p {self.port} -k {self.folder}", *chosen])
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it, as in a power cut unless told otherwise."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def limit_files(self, size: str) -> None:
        """No file of the server grows beyond this any more, as on a full disk; its log is in pieces of 1 MB."""
        first = (self.data / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *children):
            subprocess.run(["prlimit", f"--pid={process}", f"--fsize={size}:"], user=_user(), check=True)

    def ensure_running(self) -> None:
        """Start it if it stands still."""
        if not (self.data / "postmaster.pid").exists():
            self.start()


@contextmanager
def running_cluster(settings: tuple[str, ...] = CARELESS, *, following: Cluster | None = None) -> Iterator[Cluster]:
    """A server in a temporary folder, empty or a standby of another."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    cluster = Cluster(folder, settings)
    try:
        cluster.make_standby_of(following) if following else cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.ensure_running()
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server; give the address of its maintenance database; stop it."""
    with running_cluster() as cluster:
        yield cluster.url


def say_to(server: str, statement: str) -> None:
    """Run one statement on the maintenance database, outside a transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
