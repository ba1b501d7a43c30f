"""The migrations make exactly what the models say, can go back, and survive being killed."""

import datetime as dt
import re
import sqlite3
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, event, inspect, select, text

from tests.databases import Databases, Kind, close, settings_for
from tracker import create_app
from tracker.audit.chain import IS_MIGRATION
from tracker.core.db import Model, db
from tracker.core.places import nth


@pytest.fixture
def blank(databases: Databases, kind: Kind, tmp_path: Path) -> Flask:
    app = create_app(settings_for(databases.blank(kind), tmp_path))
    yield app
    close(app)


def ddl(app: Flask) -> list[str]:
    """The database's own account of its schema, without what orders or quotes it."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return sorted(_canonical(sql) for name, sql in rows if name != "alembic_version")
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    dump = subprocess.run(["pg_dump", "--schema-only", "--no-owner", plain], check=True, capture_output=True, text=True)
    statements = re.sub(r"^(--|\\|SET |SELECT pg_catalog).*$", "", dump.stdout, flags=re.MULTILINE).split(";\n")
    return sorted(_canonical(one) for one in statements if one.strip() and "alembic_version" not in one)


def _canonical(sql: str) -> str:
    """One line; the parts of a CREATE TABLE in order: a column that came later stands last, and means the same."""
    line = " ".join(sql.replace('"', "").split()).replace("( ", "(").replace(" )", ")")
    if not line.startswith("CREATE TABLE"):
        return line
    head, body = line.split("(", 1)
    return head + "(" + "; ".join(sorted(re.split(r", (?=[A-Za-z_]+ )(?![^()]*\))", body.rsplit(")", 1)[0])))


def test_the_migrations_make_what_the_models_say(
    blank: Flask, databases: Databases, kind: Kind, tmp_path: Path
) -> None:
    modelled = create_app(settings_for(databases.blank(kind), tmp_path))
    with modelled.app_context():
        Model.metadata.create_all(db.engine)

    with blank.app_context():
        upgrade()

    assert ddl(blank) == ddl(modelled)
    close(modelled)


def test_going_all_the_way_back_leaves_nothing_and_forward_again_everything(blank: Flask) -> None:
    with blank.app_context():
        upgrade()
        before = ddl(blank)

        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]

        upgrade()
        assert ddl(blank) == before


def test_a_migration_killed_halfway_runs_again(blank: Flask) -> None:
    class Killed(BaseException):
        """As when the power goes."""

    seen: list[str] = []

    def kill(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)
        if sum("CREATE TABLE" in one for one in seen) == 6:
            raise Killed

    with blank.app_context():
        event.listen(db.engine, "before_cursor_execute", kill)
        with pytest.raises(Killed):
            upgrade()
        event.remove(db.engine, "before_cursor_execute", kill)
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}

        upgrade()

        assert "statement" in inspect(db.engine).get_table_names()


def test_a_database_with_meetings_loses_nothing_when_people_can_be_expected(blank: Flask) -> None:
    """Attendance is made anew on SQLite while statements point to it."""
    names = ("meeting", "attendance", "statement")

    def rows() -> dict[str, list[dict[str, Any]]]:
        found = MetaData()
        found.reflect(db.engine, only=names)
        with db.engine.connect() as connection:
            questions = {name: select(found.tables[name]).order_by(text("id")) for name in names}
            return {name: [dict(row) for row in connection.execute(one).mappings()] for name, one in questions.items()}

    with blank.app_context():
        upgrade(revision="20261125_0053")
        _store_a_meeting()
        before = rows()

        upgrade()

        after = rows()
        kept = {
            name: [{key: row[key] for key in row if key in before[name][0]} for row in after[name]] for name in names
        }
        counted = [[row.pop("number") for row in before[name]] for name in ("attendance", "statement")]
        assert kept == before
        assert counted == [[1, 2], [1, 2]]
        assert [row["place"] for name in ("attendance", "statement") for row in after[name]] == [nth(1), nth(2)] * 2
        assert [len(kept[name]) for name in names] == [1, 2, 2]
        with _as_migration() as connection:
            connection.execute(text("UPDATE attendance SET status = 'expected' WHERE id = 2"))

        downgrade(revision="20261125_0053")
        assert [row["status"] for row in rows()["attendance"]] == ["present", "absent"]
        assert [row["speaker_id"] for row in rows()["statement"]] == [1, 2]


def _as_migration() -> AbstractContextManager[Connection]:
    """A connection that may change audited tables past the session."""
    return db.engine.execution_options(**{IS_MIGRATION: True}).begin()


def _store_a_meeting() -> None:
    """One meeting, two on its list, each with a statement, in the schema of that day."""
    tables = MetaData()
    tables.reflect(db.engine)
    at = dt.datetime(2020, 10, 21, tzinfo=dt.UTC)
    meeting = {
        "id": 1, "code": "R-2020-001", "name_id": "Rapat", "status": "held", "date": at.date(), "recorded_at": at,
        "timezone": "Asia/Jakarta", "organiser_is_inferred": False, "classification": "ordinary", "version": 1,
    }  # fmt: skip
    listed = [
        {"id": number, "meeting_id": 1, "number": number, "post_as_written": f"Staf Ahli {number}", "role": role,
         "status": "present", "version": 1}
        for number, role in ((1, "chair"), (2, "participant"))
    ]  # fmt: skip
    said = [
        {"id": number, "meeting_id": 1, "number": number, "kind": "remark", "quote": f"«{number}»",
         "speaker_id": number, "has_sic": False, "version": 1}
        for number in (1, 2)
    ]  # fmt: skip
    with _as_migration() as connection:
        for name, stored in (("meeting", [meeting]), ("attendance", listed), ("statement", said)):
            connection.execute(tables.tables[name].insert(), stored)


def test_a_filled_index_stays_filled_when_files_can_be_found(blank: Flask) -> None:
    """The table of entries is made anew on SQLite, where the index and its triggers stand beside it."""
    person, file = (6 << 32) + 1, (9 << 32) + 1

    def store(number: int, kind: str) -> None:
        entry = "INSERT INTO search_entry (id, kind, row_id, head_size, stems) VALUES (:id, :kind, 1, 1, 'abhipraya')"
        with db.engine.begin() as connection:
            connection.execute(text(entry), {"id": number, "kind": kind})

    def found() -> list[int]:
        questions = {
            "sqlite": "SELECT rowid FROM search_stems WHERE search_stems MATCH 'abhipraya' ORDER BY rowid",
            "postgresql": "SELECT id FROM search_entry WHERE lexemes @@ CAST('abhipraya' AS tsquery) ORDER BY id",
        }
        with db.engine.connect() as connection:
            return list(connection.scalars(text(questions[db.engine.dialect.name])))

    with blank.app_context():
        upgrade(revision="20261125_0345")
        store(person, "person")
        upgrade(revision="20261125_0400")
        store(file, "attachment")
        assert found() == [person, file]

        downgrade(revision="20261125_0345")
        assert found() == [person]
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM search_entry"))
        assert found() == []
