"""Reports from a real streaming standby: never older than the primary's data, and available without it."""

import gc
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import prepared
from tests.databases import close, settings_for
from tests.postgres import NOT_DURABLE, Cluster, at, running_cluster, say_to
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker import create_app
from tracker.core import replica
from tracker.core.db import REPLICA, db
from tracker.core.settings import Settings

REPORT, HIDDEN = "/proposals.csv", "U-2020-001"
OTHERS = (pytest.param(path, marks=pytest.mark.long) for path in ("/proposals.xlsx", "/actions.pdf", "/reviews/trends"))
pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("replica")]


@pytest.fixture(scope="module")
def clusters() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with the demo, and its standby, which logs every statement."""
    with ExitStack() as stack:
        primary = stack.enter_context(running_cluster(data=prepared.postgresql()))
        yield primary, stack.enter_context(running_cluster((*NOT_DURABLE, "log_statement=all"), following=primary))


@pytest.fixture
def standby(clusters: tuple[Cluster, Cluster]) -> Cluster:
    """The standby; tests may stop it."""
    _, standby = clusters
    standby.ensure_running()
    return standby


@pytest.fixture
def settings(clusters: tuple[Cluster, Cluster], tmp_path: Path) -> Settings:
    primary, standby = clusters
    reads = at(standby.url, "demo").replace("postgresql://", "postgresql+psycopg://")
    return replace(settings_for(at(primary.url, "demo"), tmp_path), database_read_url=reads)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a working standby may need longer to catch up."""
    monkeypatch.setattr(replica, "PATIENCE", 60.0)


@pytest.fixture
def app(settings: Settings, standby: Cluster) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    close(app)


def proposal_queries(standby: Cluster) -> int:
    """The number of queries on proposals that the standby has logged."""
    return sum("FROM proposal" in line for line in (standby.folder / "log").read_text().splitlines())


def read(browser: Visitor, path: str = REPORT) -> str:
    response = browser.client.get(path, buffered=True)
    response.close()
    assert response.status_code == 200, response.text
    return response.text


def wait_for_standby(app: Flask) -> None:
    """`/readyz` does not wait for the standby, which may take long on a busy machine."""
    deadline = time.monotonic() + 60
    while (answer := app.test_client().get("/readyz").text) != "ok\nreplica ok\n":
        assert time.monotonic() < deadline, answer
        time.sleep(0.1)


def new_title(browser: Visitor, title: str) -> None:
    form = browser.get("/proposals/1/edit")
    assert browser.submit(form, "/proposals/1/edit", title_id=title).status == 303


def test_reports_are_read_from_the_standby_and_pages_are_not(app: Flask, standby: Cluster) -> None:
    browser, before = Visitor(app).as_(SECRETARIAT), proposal_queries(standby)
    browser.get("/proposals")
    pages = proposal_queries(standby) - before
    report = read(browser)

    assert pages == 0
    assert proposal_queries(standby) > before
    assert report.count("\n") > 5


@pytest.mark.parametrize("path", [REPORT, "/actions/units", *OTHERS])
def test_large_read_only_requests_use_the_standby(app: Flask, standby: Cluster, path: str) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    log = standby.folder / "log"
    before = log.stat().st_size

    with browser.client.get(path, buffered=True) as response:
        assert response.status_code == 200

    statements = log.read_text()[before:]
    assert "pg_last_wal_replay_lsn" in statements
    assert statements.count("SELECT") > 1


def test_the_standby_shows_each_reader_the_same_rows_as_the_primary(
    app: Flask, settings: Settings, clusters: tuple[Cluster, Cluster]
) -> None:
    alone = create_app(replace(settings, database_read_url=""))
    classify = "UPDATE proposal SET classification = '{}' WHERE id = 1"
    open_to_all = read(Visitor(app).as_(READER))
    say_to(at(clusters[0].url, "demo"), classify.format("secret"))
    try:
        shown = {name: [read(Visitor(each).as_(name)) for each in (app, alone)] for name in (READER, SECRETARIAT)}
    finally:
        say_to(at(clusters[0].url, "demo"), classify.format("ordinary"))
        close(alone)

    assert shown[READER][0] == shown[READER][1]
    assert shown[SECRETARIAT][0] == shown[SECRETARIAT][1]
    assert HIDDEN in open_to_all
    assert HIDDEN not in shown[READER][0]


def test_a_change_just_stored_is_in_the_report(app: Flask, standby: Cluster) -> None:
    browser, before = Visitor(app).as_(SECRETARIAT), proposal_queries(standby)
    for number in range(5):
        new_title(browser, f"Judul baru {number}")
        assert f"Judul baru {number}" in read(browser)

    assert proposal_queries(standby) > before


@pytest.mark.long
def test_a_lagging_standby_is_not_used_until_it_has_caught_up(
    app: Flask, standby: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    say_to(standby.url, "SELECT pg_wal_replay_pause()")
    try:
        new_title(browser, "Judul selagi tertinggal")
        before = proposal_queries(standby)
        with monkeypatch.context() as impatient:
            impatient.setattr(replica, "PATIENCE", 0.1)
            meanwhile, state = read(browser), app.test_client().get("/readyz").text
            check = app.test_cli_runner().invoke(args=["check"])
    finally:
        say_to(standby.url, "SELECT pg_wal_replay_resume()")
    queries_meanwhile = proposal_queries(standby) - before
    later = read(browser)

    assert "Judul selagi tertinggal" in meanwhile
    assert queries_meanwhile == 0
    assert state == "ok\nreplica behind\n"
    assert (check.exit_code, "replica: behind" in check.output) == (1, True)
    assert later == meanwhile
    assert proposal_queries(standby) > before


@pytest.mark.long
def test_reports_work_without_the_standby(app: Flask, standby: Cluster) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    whole = read(browser)
    standby.stop()

    assert read(browser) == whole
    assert app.test_client().get("/readyz").text == "ok\nreplica away\n"
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 1


# SQLAlchemy leaves the cursor of a lost connection to the collector.
@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_report_survives_losing_the_standby_halfway(app: Flask, standby: Cluster) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    whole, intercepted = read(browser), []
    with app.app_context():
        engine = db.engines[REPLICA]

    def stop_standby(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "FROM proposal" in statement and not intercepted:
            intercepted.append(statement)
            standby.stop()

    event.listen(engine, "before_cursor_execute", stop_standby)

    assert read(browser) == whole
    assert len(intercepted) == 1
    gc.collect()  # here, and not in a later test, which would report it as its own


@pytest.mark.long
def test_a_database_that_is_no_standby_is_not_used(app: Flask, settings: Settings) -> None:
    stranger = replace(settings, database_read_url=settings.database_url)
    with_stranger = create_app(stranger)

    assert read(Visitor(with_stranger).as_(SECRETARIAT))
    assert with_stranger.test_client().get("/readyz").text == "ok\nreplica stranger\n"
    assert "no standby of DATABASE_URL" in with_stranger.test_cli_runner().invoke(args=["check"]).output
    close(with_stranger)


def test_a_working_standby_is_ready_and_passes_check(app: Flask) -> None:
    wait_for_standby(app)
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0
