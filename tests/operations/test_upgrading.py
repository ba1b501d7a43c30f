"""The steps of `docs/upgrading.md`, with an installation that the previous release wrote (`previous/make.py`)."""

import re
import tarfile
from pathlib import Path
from typing import Any

import pytest
import requests
from flask_migrate import upgrade
from sqlalchemy import MetaData, NullPool, create_engine, make_url, select

from tests.databases import Databases, Kind, close, settings_for
from tests.nodes.served import Node
from tests.operations.previous.make import PASSWORD
from tests.processes import Command
from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker import create_app
from tracker.core import engines
from tracker.core.settings import ROOT

GUIDE = (ROOT / "docs" / "upgrading.md").read_text()
PREVIOUS = Path(__file__).parent / "previous"
PAGES = {
    SECRETARIAT: ["/", "/meetings", "/meetings/1", "/meetings/1/minutes", "/proposals", "/actions?view=all", "/targets",
                  "/actions/1", "/people", "/people/1", "/units", "/posts", "/reviews", "/search?q=rapat"],
    ADMIN: ["/", "/operations", "/settings", "/accounts", "/audit", "/imports", "/reorganisations"],
}  # fmt: skip


def steps_of(section: str) -> list[list[str]]:
    """The words after `deploy/tracker` of each command in a section of the guide, in its order."""
    text = GUIDE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    return [words.split() for words in re.findall(r"`deploy/tracker ([^`]+)`", " ".join(text.split()))]


def placed(folder: Path, databases: Databases, kind: Kind) -> str:
    """Unpack the installation of the previous release. Return the URL of its database."""
    with tarfile.open(PREVIOUS / f"{kind}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    if kind == "sqlite":
        return f"sqlite:///{folder / 'instance' / 'tracker.sqlite'}"
    with tarfile.open(folder / "before.tar") as backup:
        backup.extract("database", folder, filter="data")
    url = databases.blank(kind)
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    engines.load(engine, folder / "database")
    return url


def content_of(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for name, table in tables.tables.items()}  # fmt: skip


def without_new_columns(rows: list[dict[str, Any]], old: list[dict[str, Any]]) -> list[str]:
    known = old[0].keys() if old else ()
    return sorted(repr([row.get(name) for name in known]) for row in rows)


@pytest.mark.repeated_later
def test_upgrading_the_tables_changes_nothing_that_was_stored(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    url = placed(tmp_path, databases, kind)
    before = content_of(url)
    app = create_app(settings_for(url, tmp_path / "instance"))

    with app.app_context():
        upgrade()
    close(app)

    after = content_of(url)
    changed = [name for name, rows in before.items()
               if without_new_columns(after[name], rows) != without_new_columns(rows, rows)]  # fmt: skip
    assert len(before["audit_entry"]) > 1000
    assert changed == ["alembic_version"]


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_steps_to_a_newer_version(databases: Databases, kind: Kind, tmp_path: Path) -> None:
    url, instance = placed(tmp_path, databases, kind), tmp_path / "instance"
    steps = steps_of("To a newer version")
    assert steps.pop(0) == ["backup", "/var/backups/tracker/before.tar"]  # made by the previous release

    for words in steps:
        here = [word.replace("/var/backups/tracker", str(tmp_path)) for word in words]
        require_done(here, url, instance)

    node = Node(url, instance)
    node.start()
    assert requests.get(f"http://127.0.0.1:{node.port}/sign-in", timeout=10).status_code == 200
    node.stop()
    require_pages(url, instance)
    require_done(["check"], url, instance)


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_new_version_restores_the_backup_of_the_previous_one(
    databases: Databases, kind: Kind, tmp_path: Path
) -> None:
    placed(tmp_path, databases, kind)
    url, instance = databases.blank(kind), tmp_path / "empty"
    instance.mkdir()

    for words in (["restore", str(tmp_path / "before.tar")], ["check"]):
        require_done(words, url, instance)

    require_pages(url, instance)


def require_done(words: list[str], url: str, instance: Path) -> None:
    command = Command(url, instance, *words, SITE_URL="https://tracker.kantor.test")
    code = command.end()
    wrong = [line for line in command.output.splitlines() if line.startswith("wrong: ")]
    if wrong and "postgresql" in url:  # the server's clock does not follow that of the tests
        wrong, code = [line for line in wrong if not line.startswith("wrong: Clock")], 0
    assert (code, wrong) == (0, []), (words, command.output, command.errors)


def require_pages(url: str, instance: Path) -> None:
    """Pages answer, a file comes back, and a form is stored."""
    app = create_app(settings_for(url, instance))
    try:
        for username, paths in PAGES.items():
            browser = Visitor(app).sign_in(username, PASSWORD)
            for path in paths:
                page = browser.look(path)
                assert (browser.get(page.response.location) if page.status in {302, 303} else page).status == 200, path
        secretariat = Visitor(app).sign_in(SECRETARIAT, PASSWORD)
        assert secretariat.get("/attachments/1").response.data == b"naskah"
        stored = secretariat.submit(secretariat.get("/units/new"), "/units/new", name_id="Unit sesudah pembaruan")
        assert stored.status == 303
    finally:
        close(app)
