"""The drill: back up while people write, restore into an empty place, compare everything."""

import tarfile
import threading
from pathlib import Path

from flask import Flask
from sqlalchemy import MetaData, NullPool, create_engine, select, text
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, key_of
from tracker.core.db import db

MEETING = "/meetings/1"


def content_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, whatever the order."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
                for name, table in tables.tables.items()}  # fmt: skip


def run(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=list(words))
    return answer.exit_code, answer.output


def attach(app: Flask, content: bytes = b"naskah") -> Path:
    file = app.extensions["settings"].attachments / "ab" / "cdef"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file.relative_to(app.extensions["settings"].attachments)


def test_what_was_backed_up_while_people_wrote_comes_back_whole(
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
    made = run(app, "backup", str(archive))
    stop.set()
    writer.join()
    restored = run(empty_app, "restore", str(archive))

    assert made[0] == 0, made
    assert restored[0] == 0, restored
    assert run(empty_app, "check")[0] == 0
    assert (empty_app.extensions["settings"].attachments / name).read_bytes() == b"naskah"
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_quiet_record_is_identical_after_the_drill(app: Flask, empty_app: Flask, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    run(app, "backup", str(archive))
    run(empty_app, "restore", str(archive))

    before, after = (content_of(one.config["SQLALCHEMY_DATABASE_URI"]) for one in (app, empty_app))

    assert len(before["meeting"]) > 5
    assert before == after


def test_the_restored_database_knows_how_its_rows_are_distributed(app: Flask, empty_app: Flask, tmp_path: Path) -> None:
    """Without it lists of a large record are planned blindly; after the nightly backup SQLite knows it at home, too."""
    known = {"sqlite": "SELECT tbl FROM sqlite_stat1", "postgresql": "SELECT tablename FROM pg_stats"}
    archive = tmp_path / "backup.tar"
    run(app, "backup", str(archive))
    run(empty_app, "restore", str(archive))

    for one in (app, empty_app) if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else (empty_app,):
        with one.app_context():
            tables = set(db.session.scalars(text(known[db.engine.dialect.name])))
        assert {"meeting", "action_item", "proposal", "statement"} <= tables


def test_nothing_is_restored_over_a_record_nor_from_what_is_no_backup(
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


def test_the_archive_names_what_it_holds_before_all_else(app: Flask, tmp_path: Path) -> None:
    run(app, "backup", str(tmp_path / "backup.tar"))

    with tarfile.open(tmp_path / "backup.tar") as archive:
        assert archive.getnames() == ["manifest.json", "database"]
