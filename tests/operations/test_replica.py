"""A real standby that streams: reports are read there, nobody is shown less than was stored, and it may go away."""

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
from tests.postgres import CARELESS, Cluster, at, running_cluster, say_to
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker import create_app
from tracker.core.db import REPLICA, db
from tracker.core.settings import Settings

REPORT, HIDDEN = "/proposals.csv", "U-2020-001"
pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("replica")]


@pytest.fixture(scope="module")
def clusters() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary with the demo, and its standby, which writes down all that it is asked."""
    with ExitStack() as stack:
        primary = stack.enter_context(running_cluster(data=prepared.postgresql()))
        yield primary, stack.enter_context(running_cluster((*CARELESS, "log_statement=all"), following=primary))


@pytest.fixture
def standby(clusters: tuple[Cluster, Cluster]) -> Cluster:
    """The one that follows; a test may stop it."""
    _, standby = clusters
    standby.ensure_running()
    return standby


@pytest.fixture
def settings(clusters: tuple[Cluster, Cluster], tmp_path: Path) -> Settings:
    primary, standby = clusters
    reads = at(standby.url, "demo").replace("postgresql://", "postgresql+psycopg://")
    return replace(settings_for(at(primary.url, "demo"), tmp_path), database_read_url=reads)


@pytest.fixture
def app(settings: Settings, standby: Cluster) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    close(app)


def asked(standby: Cluster) -> int:
    """How many questions about proposals the standby has been asked."""
    return sum("FROM proposal" in line for line in (standby.folder / "log").read_text().splitlines())


def read(browser: Visitor, path: str = REPORT) -> str:
    answer = browser.client.get(path, buffered=True)
    answer.close()
    assert answer.status_code == 200, answer.text
    return answer.text


def until_caught_up(app: Flask) -> None:
    """Replaying takes its time on a busy machine; whoever asks meanwhile is answered by the primary."""
    deadline = time.monotonic() + 60
    while "replica ok" not in app.test_client().get("/readyz").text and time.monotonic() < deadline:
        time.sleep(0.1)


def new_title(browser: Visitor, title: str) -> None:
    form = browser.get("/proposals/1/edit")
    assert browser.submit(form, "/proposals/1/edit", title_id=title).status == 303


def test_reports_are_read_at_the_standby_and_pages_are_not(app: Flask, standby: Cluster) -> None:
    browser, before = Visitor(app).as_(SECRETARIAT), asked(standby)
    browser.get("/proposals")
    pages = asked(standby) - before
    report = read(browser)

    assert pages == 0
    assert asked(standby) > before
    assert report.count("\n") > 5


@pytest.mark.parametrize("path", [REPORT, "/proposals.xlsx", "/actions.pdf", "/actions/units", "/reviews/trends"])
def test_what_only_reads_and_reads_much_goes_there(app: Flask, standby: Cluster, path: str) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    log = standby.folder / "log"
    before = log.stat().st_size

    with browser.client.get(path, buffered=True) as answer:
        assert answer.status_code == 200

    said = log.read_text()[before:]
    assert "pg_last_wal_replay_lsn" in said
    assert said.count("SELECT") > 1


def test_the_standby_shows_each_reader_exactly_what_the_database_shows(
    app: Flask, settings: Settings, clusters: tuple[Cluster, Cluster]
) -> None:
    alone = create_app(replace(settings, database_read_url=""))
    classify = "UPDATE proposal SET classification = '{}' WHERE id = 1"
    open_to_all = read(Visitor(app).as_(READER))
    say_to(at(clusters[0].url, "demo"), classify.format("secret"))
    try:
        shown = {name: [read(Visitor(one).as_(name)) for one in (app, alone)] for name in (READER, SECRETARIAT)}
    finally:
        say_to(at(clusters[0].url, "demo"), classify.format("ordinary"))
        close(alone)

    assert shown[READER][0] == shown[READER][1]
    assert shown[SECRETARIAT][0] == shown[SECRETARIAT][1]
    assert HIDDEN in open_to_all
    assert HIDDEN not in shown[READER][0]


def test_what_was_just_stored_is_in_the_report(app: Flask, standby: Cluster) -> None:
    browser, before = Visitor(app).as_(SECRETARIAT), asked(standby)
    for number in range(5):
        new_title(browser, f"Judul baru {number}")
        assert f"Judul baru {number}" in read(browser)

    assert asked(standby) > before


def test_a_standby_that_lags_is_not_asked_until_it_has_caught_up(app: Flask, standby: Cluster) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    say_to(standby.url, "SELECT pg_wal_replay_pause()")
    try:
        new_title(browser, "Judul selagi tertinggal")
        before = asked(standby)
        meanwhile, state = read(browser), app.test_client().get("/readyz").text
        check = app.test_cli_runner().invoke(args=["check"])
    finally:
        say_to(standby.url, "SELECT pg_wal_replay_resume()")
    unasked = asked(standby) - before
    until_caught_up(app)
    later = read(browser)

    assert "Judul selagi tertinggal" in meanwhile
    assert unasked == 0
    assert state == "ok\nreplica behind\n"
    assert (check.exit_code, "replica: behind" in check.output) == (1, True)
    assert later == meanwhile
    assert asked(standby) > before


def test_a_standby_that_is_away_is_missed_by_nobody(app: Flask, standby: Cluster) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    whole = read(browser)
    standby.stop()

    assert read(browser) == whole
    assert app.test_client().get("/readyz").text == "ok\nreplica away\n"
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 1


# SQLAlchemy leaves the cursor of a lost connection to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_standby_that_goes_away_within_a_report_is_not_missed_either(app: Flask, standby: Cluster) -> None:
    browser = Visitor(app).as_(SECRETARIAT)
    whole, struck = read(browser), []
    with app.app_context():
        engine = db.engines[REPLICA]

    def strike(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "FROM proposal" in statement and not struck:
            struck.append(statement)
            standby.stop()

    event.listen(engine, "before_cursor_execute", strike)

    assert read(browser) == whole
    assert len(struck) == 1


def test_a_database_that_follows_nobody_is_not_asked(app: Flask, settings: Settings) -> None:
    stranger = replace(settings, database_read_url=settings.database_url)
    with_stranger = create_app(stranger)

    assert read(Visitor(with_stranger).as_(SECRETARIAT))
    assert with_stranger.test_client().get("/readyz").text == "ok\nreplica stranger\n"
    assert "no standby of DATABASE_URL" in with_stranger.test_cli_runner().invoke(args=["check"]).output
    close(with_stranger)


def test_a_whole_standby_is_ready_and_checked(app: Flask) -> None:
    assert app.test_client().get("/readyz").text == "ok\nreplica ok\n"
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0
