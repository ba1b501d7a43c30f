"""Back up while users write, restore into an empty installation, and compare everything."""

import tarfile
import threading
from pathlib import Path

from flask import Flask
from sqlalchemy import MetaData, NullPool, create_engine, select, text
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, key_of
from tracker.core import clock
from tracker.core.db import db
from tracker.operations import queries

MEETING = "/meetings/1"


def content_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, sorted."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
                for name, table in tables.tables.items()}  # fmt: skip


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(words))
    return result.exit_code, result.output


def attach(app: Flask, content: bytes = b"naskah") -> Path:
    file = app.extensions["settings"].attachments / "ab" / "cdef"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file.relative_to(app.extensions["settings"].attachments)


def test_a_backup_made_while_users_write_restores_completely(
    visit: Visitor, app: Flask, empty_app: Flask, tmp_path: Path
) -> None:
    name, archive = attach(app), tmp_path / "backup.tar"
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.get(f"{MEETING}/minutes")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            secretariat.submit(page, f"{MEETING}/minutes/lines", line=f"baris {number}", once=key_of(f"kunci-{number}"))

    writer = threading.Thread(target=write)
    writer.start()
    backup = run(app, "backup", str(archive))
    stop.set()
    writer.join()
    restored = run(empty_app, "restore", str(archive))

    assert backup[0] == 0, backup
    assert restored[0] == 0, restored
    assert run(empty_app, "check")[0] == 0
    assert (empty_app.extensions["settings"].attachments / name).read_bytes() == b"naskah"
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_restored_record_is_identical(app: Flask, empty_app: Flask, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    run(app, "backup", str(archive))
    run(empty_app, "restore", str(archive))

    before, after = (content_of(each.config["SQLALCHEMY_DATABASE_URI"]) for each in (app, empty_app))

    assert len(before["meeting"]) > 5
    assert before == after


def test_a_restored_database_has_planner_statistics(app: Flask, empty_app: Flask, tmp_path: Path) -> None:
    """Large lists are slow without them. On SQLite the nightly backup also updates those of the original."""
    statistics = {"sqlite": "SELECT tbl FROM sqlite_stat1", "postgresql": "SELECT tablename FROM pg_stats"}
    archive = tmp_path / "backup.tar"
    run(app, "backup", str(archive))
    run(empty_app, "restore", str(archive))

    for each in (app, empty_app) if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else (empty_app,):
        with each.app_context():
            tables = set(db.session.scalars(text(statistics[db.engine.dialect.name])))
        assert {"meeting", "action_item", "proposal", "statement"} <= tables


def test_restoring_over_a_record_or_from_an_invalid_file_is_refused(
    app: Flask, empty_app: Flask, session: Session, tmp_path: Path
) -> None:
    archive, other, damaged = (tmp_path / name for name in ("backup.tar", "other.tar", "damaged.tar"))
    attach(app, b"naskah asli")
    run(app, "backup", str(archive))
    other.write_bytes(b"no archive at all" * 100)
    damaged.write_bytes(archive.read_bytes().replace(b"naskah asli", b"naskah ubah"))
    again = run(app, "backup", str(archive))

    refused = {file.name: run(place, "restore", str(file)) for place, file in
               ((app, archive), (empty_app, other), (empty_app, damaged))}  # fmt: skip

    assert again[0] != 0
    assert {name: code for name, (code, _) in refused.items()} == {"backup.tar": 1, "other.tar": 1, "damaged.tar": 1}
    assert "is not empty" in refused["backup.tar"][1]
    assert "is not a backup" in refused["other.tar"][1]
    assert "is damaged" in refused["damaged.tar"][1]
    assert not list(empty_app.extensions["settings"].attachments.rglob("*"))


def test_the_archive_starts_with_the_manifest(app: Flask, tmp_path: Path) -> None:
    run(app, "backup", str(tmp_path / "backup.tar"))

    with tarfile.open(tmp_path / "backup.tar") as archive:
        assert archive.getnames() == ["manifest.json", "database"]


def test_the_day_of_the_last_backup_is_noted_and_no_link_is_followed(app: Flask, tmp_path: Path) -> None:
    settings, elsewhere = app.extensions["settings"], tmp_path / "elsewhere"
    elsewhere.write_text("kept")
    settings.backup_stamp.unlink(missing_ok=True)
    assert queries.last_backup(settings) is None
    settings.backup_stamp.symlink_to(elsewhere)

    backup = run(app, "backup", str(tmp_path / "backup.tar"))

    assert backup[0] == 0, backup
    assert queries.last_backup(settings) == clock.today()
    assert elsewhere.read_text() == "kept"
