"""PostgreSQL fails during a request or restarts: the next request works, and nothing is stored partly."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from tests import prepared
from tests.databases import close, settings_for
from tests.postgres import Cluster, at, running_cluster, say_to
from tests.visitor import SECRETARIAT, Visitor, key_of
from tracker import create_app
from tracker.core.db import db

RUNS = int(os.environ.get("FAULT_RUNS", "3"))
MINUTES = "/meetings/1/minutes"
#: PostgreSQL's page; the least size that its own log fits in; how many lines it takes until no page is left.
PAGE, LEAST, FULL_RUNS = 8192, 1024 * 1024, 60
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tracker' AND pid <> pg_backend_pid()"
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    as_in_production = ()  # what is committed is on the disk
    with running_cluster(as_in_production, data=prepared.postgresql()) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def app(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    instance: Path = tmp_path_factory.mktemp("lost")
    app = create_app(settings_for(at(cluster.url, "demo"), instance))
    yield app
    close(app)


def count(app: Flask, line: str) -> int:
    with app.app_context(), db.engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM statement WHERE gist_id = :line"), {"line": line}) or 0)


def counted(app: Flask, work: Callable[[], object]) -> int:
    """The number of statements."""
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(said)


def test_a_connection_cut_during_a_request_stores_nothing_and_the_next_works(
    app: Flask, cluster: Cluster, tell: Callable[..., None]
) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    page = browser.get(MINUTES)
    statements = counted(app, lambda: browser.submit(page, f"{MINUTES}/lines", line="baris utuh", once=key_of("utuh")))
    halves = struck = 0
    for run in range(RUNS):
        line, said = f"baris terputus {run}", 0

        def cut(*_: Any, at: int = 2 + run % (statements - 1)) -> None:
            nonlocal said
            said += 1
            if said == at:
                say_to(cluster.url, CUT)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", cut)
        try:
            browser.submit(page, f"{MINUTES}/lines", line=line, once=key_of(f"putus-{run}"))
        except DBAPIError:
            struck += 1
        finally:
            event.remove(engine, "before_cursor_execute", cut)
        halves += count(app, line)
        again = browser.submit(page, f"{MINUTES}/lines", line=line, once=key_of(f"putus-{run}"))
        halves += (again.status, count(app, line)) != (303, 1)

    tell(runs=RUNS, struck=struck, losses=halves)
    assert struck == RUNS
    assert halves == 0


def test_after_a_restart_of_postgresql_nothing_acknowledged_is_lost(
    app: Flask, cluster: Cluster, tell: Callable[..., None]
) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    page = browser.get(MINUTES)
    runs = max(1, RUNS // 3)
    lost = 0
    for run in range(runs):
        line = f"baris sebelum mati {run}"
        assert browser.submit(page, f"{MINUTES}/lines", line=line, once=key_of(f"mati-{run}")).status == 303
        cluster.stop("immediate")
        assert app.test_client().get("/readyz").status_code == 503
        cluster.start()
        lost += browser.get(MINUTES).text.count(line) == 0

    tell(runs=runs, struck=runs, losses=lost)
    assert lost == 0


def test_full_disk(app: Flask, cluster: Cluster, tell: Callable[..., None]) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    page = browser.get(MINUTES)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_entry SET (fillfactor = 10)"))  # every line takes pages
        size = int(connection.scalar(text("SELECT pg_relation_size('audit_entry')")))
    kept, refused = [], 0
    cluster.limit_files(str(max(size, LEAST) + 10 * PAGE))
    try:
        for run in range(FULL_RUNS):
            line = f"baris {run} sebelum penuh"
            try:
                answer = browser.submit(page, f"{MINUTES}/lines", line=line, once=key_of(f"penuh-{run}"))
            except DBAPIError:
                refused += 1
                continue
            kept += [line] if answer.status == 303 else []
    finally:
        cluster.limit_files("unlimited")
    after = browser.submit(page, f"{MINUTES}/lines", line="baris setelah lega", once=key_of("lega"))

    lost = [line for line in kept if count(app, line) != 1]
    tell(runs=FULL_RUNS, struck=refused, losses=len(lost))
    assert refused > 0
    assert lost == []
    assert after.status == 303
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0
