"""Worker processes are killed while users save: acknowledged changes are stored once and completely."""

import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import JSON, NullPool, column, create_engine, select, table

from tests.databases import Databases, Kind, close, settings_for
from tests.elements import parsed
from tests.faults.deeds import DEEDS, Deed
from tests.nodes.served import Node, Person
from tests.visitor import filled
from tracker import create_app

RUNS = int(os.environ.get("FAULT_RUNS", "2"))
AUDIT = table("audit_entry", column("table_name"), column("change"), column("after", JSON))
pytestmark = pytest.mark.long


class Writer:
    """Sends one form repeatedly, and records what was sent and what was acknowledged."""

    def __init__(self, site: str, deed: Deed) -> None:
        self.site, self.deed = site, deed
        self.person = Person()
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.is_done = self.is_storing = False
        assert self.person.sign_in(site, deed.username).status_code == 303

    def write(self) -> None:
        """Until told to stop; whatever a killed server does not answer is tried with the next text."""
        while not self.is_done:
            try:
                self.store(f"{len(self.sent)} kali")
            except requests.RequestException:
                self.is_storing = False
                time.sleep(0.01)

    def store(self, number: str) -> None:
        page = parsed(self.person.get(f"{self.site}{self.deed.page}").text)
        form = page.select_one(f'main form[method=post][action="{self.deed.action}"]')
        values: dict[str, Any] = {**filled(form), **self.deed.changes(number)}
        self.sent.append(number)
        self.is_storing = True
        answer = self.person.session.post(f"{self.site}{self.deed.action}", values, allow_redirects=False, timeout=30)
        assert answer.status_code == 303, answer.text
        self.is_storing = False
        self.acknowledged.append(number)

    def lost(self, stored: list[str]) -> list[str]:
        """What was acknowledged and is not there, and what is there more than once."""
        texts = [self.deed.text_of(number) for number in self.sent]
        known = [self.deed.text_of(number) for number in self.acknowledged]
        return [text for text in texts if stored.count(text) > 1 or (text in known and text not in stored)]


@pytest.mark.timeout(900)
def test_processes_killed_while_storing(
    databases: Databases, kind: Kind, tmp_path: Path, tell: Callable[..., None]
) -> None:
    chance = random.Random(11)
    with databases.copy(kind, "demo") as url, ExitStack() as stack:
        node = Node(url, tmp_path)
        stack.callback(node.stop)
        node.start()
        writers = {name: Writer(f"http://127.0.0.1:{node.port}", deed) for name, deed in DEEDS.items()}
        with ThreadPoolExecutor(len(writers)) as pool:
            running = [pool.submit(writer.write) for writer in writers.values()]
            for _ in range(RUNS):
                while not any(writer.is_storing for writer in writers.values()):
                    time.sleep(0.001)
                time.sleep(chance.uniform(0, 0.05))
                kill_those_that_serve(node)
            patience = time.monotonic() + 60  # seconds, on a busy machine
            while time.monotonic() < patience and not all(writer.acknowledged for writer in writers.values()):
                time.sleep(0.05)
            for writer in writers.values():
                writer.is_done = True
        node.stop()
        for one in running:
            one.result()
        stored = {name: stored_by(url, deed) for name, deed in DEEDS.items()}
        faults = faults_of(url, tmp_path)

    lost = {name: writer.lost(stored[name]) for name, writer in writers.items()}
    for name, writer in writers.items():
        struck = len(writer.sent) - len(writer.acknowledged)
        tell(runs=RUNS, struck=struck, losses=len(lost[name]), errors=len(faults), about=name)
    assert faults == []
    assert {name: texts for name, texts in lost.items() if texts} == {}
    assert all(writer.acknowledged for writer in writers.values())


def kill_those_that_serve(node: Node) -> None:
    """The worker processes, not their master, which starts new ones."""
    for process in Path(f"/proc/{node.pid}/task/{node.pid}/children").read_text().split():
        os.kill(int(process), signal.SIGKILL)


def stored_by(url: str, deed: Deed) -> list[str]:
    """Every text of this kind that was ever committed, from the audit."""
    address = url.replace("postgresql://", "postgresql+psycopg://")
    with create_engine(address, poolclass=NullPool).connect() as connection:
        told = connection.execute(select(AUDIT.c.after).where(AUDIT.c.table_name == deed.table)).scalars()
        texts = [str((after or {}).get(deed.column) or "") for after in told]
    return [text for text in texts if text.endswith(" kali")]


def faults_of(url: str, folder: Path) -> list[str]:
    """The output of `check`."""
    app = create_app(settings_for(url, folder))
    answer = app.test_cli_runner().invoke(args=["check"])
    close(app)
    return answer.output.splitlines() if answer.exit_code else []
