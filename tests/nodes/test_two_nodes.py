"""Two nodes on one PostgreSQL behind nginx act as one; either can be updated while users work."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.databases import Databases
from tests.nodes.served import Node, Person, nginx_before
from tests.visitor import READER, SECRETARIAT, key_of

MINUTES = "/meetings/1/minutes"
pytestmark = [pytest.mark.long, pytest.mark.timeout(300), pytest.mark.xdist_group("nodes")]


@dataclass(frozen=True)
class Site:
    """The public URL, the nodes behind it, and their database."""

    address: str
    nodes: list[Node]
    database: str

    def ask(self, statement: str) -> list[object]:
        engine = create_engine(self.database.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
        with engine.connect() as connection:
            return list(connection.execute(text(statement)).scalars())

    def at(self, number: int, path: str) -> str:
        """A page at one node, past nginx."""
        return f"http://127.0.0.1:{self.nodes[number].port}{path}"


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nodes")
    folder.chmod(0o755)
    for above in folder.parents[:2]:
        above.chmod(0o755)
    with ExitStack() as stack:
        url = stack.enter_context(databases.copy("postgresql", "demo"))
        nodes = [Node(url, folder) for _ in range(2)]
        for node in nodes:
            stack.callback(node.stop)
            node.start()
        yield Site(stack.enter_context(nginx_before(nodes, folder / "nginx")), nodes, url)


def test_a_sign_in_and_a_sign_out_apply_to_both_nodes(site: Site) -> None:
    person = Person()
    assert person.sign_in(site.at(0, ""), SECRETARIAT).status_code == 303
    assert person.get(site.at(1, "/meetings")).status_code == 200

    out = person.send(site.at(1, "/sign-out"), site.at(1, "/account"))

    assert out.status_code == 303
    assert person.get(site.at(0, "/meetings")).url.startswith(site.at(0, "/sign-in"))


def test_failures_at_both_nodes_count_together(site: Site) -> None:
    for attempt in range(30):
        answer = Person().sign_in(site.at(attempt % 2, ""), READER, f"wrong-password-{attempt}")
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert [Person().sign_in(site.at(number, ""), READER).status_code for number in (0, 1)] == [429, 429]


def test_a_form_sent_to_both_nodes_is_stored_once(site: Site) -> None:
    person = Person()
    person.sign_in(site.address, SECRETARIAT)
    fields = {"line": "baris sekali saja", "once": key_of("kunci-dua-simpul"), "version": "", "earlier": ""}

    answers = [person.send(site.at(number, f"{MINUTES}/lines"), site.at(0, MINUTES), **fields) for number in (0, 1)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert site.ask("SELECT count(*) FROM statement WHERE gist_id = 'baris sekali saja'") == [1]


def test_nodes_are_updated_one_after_the_other_without_downtime(site: Site) -> None:
    """Expand, then contract: a column for the new program is added first, and dropped at the very end."""
    person, stop = Person(), threading.Event()
    person.sign_in(site.address, SECRETARIAT)
    answers: list[int] = []

    def work() -> None:
        number = 0
        token_page = f"{site.address}{MINUTES}"
        while not stop.is_set():
            number += 1
            answers.append(person.get(f"{site.address}/proposals").status_code)
            fields = {
                "line": f"baris berjalan {number}",
                "once": key_of(f"berjalan-{number}"),
                "version": "",
                "earlier": "",
            }
            answers.append(person.send(f"{site.address}{MINUTES}/lines", token_page, **fields).status_code)

    worker = threading.Thread(target=work)
    worker.start()
    engine = create_engine(site.database.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE meeting ADD COLUMN expanded text"))
        for node in site.nodes:
            node.stop()
            node.start()
            seen = answers.count(303)
            while worker.is_alive() and answers.count(303) < seen + 2:  # people work on before the next is taken away
                time.sleep(0.05)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE meeting DROP COLUMN expanded"))
    finally:
        stop.set()
        worker.join()

    assert {code for code in answers if code not in {200, 303}} == set()
    stored = site.ask("SELECT count(*) FROM statement WHERE gist_id LIKE 'baris berjalan %'")
    assert stored == [answers.count(303)]
    assert answers.count(303) > 3
