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


def test_whoever_had_a_part_before_parts_were_kept_has_it_afterwards(blank: Flask) -> None:
    """From rows, events and audit, as they stand in a database of the day before."""
    with blank.app_context():
        upgrade(revision="20261129_1300")
        _store_what_was_done()

        upgrade(revision="20261129_1340")

        with db.engine.connect() as connection:
            parts = text("SELECT subject, subject_id, part, account_id, person_id FROM involvement")
            found = connection.execute(parts).all()
        assert len(found) == len({*found})
        assert {tuple(row) for row in found} == {
            ("action_item", 1, "in_charge", None, 1),  # now
            ("action_item", 1, "in_charge", None, 2),  # before, as the audit tells
            ("action_item", 1, "in_charge", None, 3),  # before that, as an event tells
            ("action_item", 1, "reported", 12, 2),
            ("action_item", 1, "asked", 13, None),  # by an account of nobody
            ("action_item", 2, "reported", 11, 1),  # said it was done, and a column kept who
            ("meeting", 1, "submitted", 12, 2),
            ("proposal_proponent", 1, "named", None, 3),
            ("account", 11, "owner", None, 1), ("account", 12, "owner", None, 2),
            ("account", 13, "owner", None, 3),  # once
        }  # fmt: skip

        upgrade()
        with db.engine.connect() as connection:
            added = {tuple(row) for row in connection.execute(parts)} - {tuple(row) for row in found}
        assert added == {("escalation", 1, "asked", 12, 2)}

        downgrade(revision="20261129_1300")
        assert "involvement" not in inspect(db.engine).get_table_names()
        upgrade()


def _store_what_was_done() -> None:
    """Reports, requests, hand-overs and changes of accounts, in the schema of that day."""
    tables = MetaData()
    tables.reflect(db.engine)
    at = dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC)
    sitting = at + dt.timedelta(hours=1)

    def row(table: str, **given: Any) -> tuple[str, dict[str, Any]]:
        columns = [one for one in tables.tables[table].columns if not one.nullable and one.name not in given]
        usual = {str: "x", int: 1, bool: False, dt.datetime: at, dt.date: at.date(), object: []}
        return table, {one.name: usual[one.type.python_type] for one in columns if one.name != "id"} | given

    def done(number: int, verb: str, by: int | None, **given: Any) -> tuple[str, dict[str, Any]]:
        told = {"subject": "action_item", "subject_id": 1, "details": {}} | given
        return row("event", id=number, verb=verb, by_account_id=by, by_name="x", **told)

    def changed(number: int, table: str, row_id: int, before: Any, after: Any) -> tuple[str, dict[str, Any]]:
        told = {"table_name": table, "row_id": str(row_id), "before": before, "after": after, "hash": f"h{number}"}
        return row("audit_entry", id=number, change="update" if before else "insert", **told)

    stored = [
        *(row("person", id=number, name=f"Orang {number}", folded=f"orang {number}") for number in (1, 2, 3)),
        *(row("account", id=number, username=f"akun{number}", person_id=person, clearance="ordinary", is_active=True)
          for number, person in ((11, 1), (12, 2), (13, None))),
        row("meeting", id=1, code="R-2026-001", status="held", timezone="Asia/Jakarta", classification="ordinary"),
        row("proposal", id=1, code="U-2026-001", status="submitted", classification="ordinary",
            raised_in_id=1),
        row("proposal_proponent", id=1, proposal_id=1, person_id=3, role="proponent", attribution="quoted"),
        row("action_item", id=1, code="T-2026-001", status="in_progress", pic_id=1, meeting_id=1,
            classification="ordinary"),
        row("action_item", id=2, code="T-2026-002", status="awaiting_verification", meeting_id=1,
            classification="ordinary", finished_by_id=11),
        done(1, "progress_reported", 12),
        done(2, "due_date_asked", 13),
        done(3, "moved_awaiting_verification", 11, subject_id=2),
        done(4, "moved_awaiting_verification", 11, at=sitting),  # a sitting took note of it:
        done(5, "reviewed_done", 11, at=sitting),
        done(6, "progress_reported", None),
        done(7, "minutes_submitted", 12, subject="meeting"),
        done(8, "reassigned", 13, details={"before": {"pic_id": 3}, "after": {"pic_id": 2}}),
        done(9, "reassigned", 13, details={"before": {"pic_id": 99}, "after": {"pic_id": None}}),
        row("escalation", id=1, action_id=1, person_id=3, reason="Buntu", by_name="x"),
        done(10, "escalated", 12, details={"escalation_id": 1}),
        done(11, "escalated", 12, details={"escalation_id": 99}),  # one that was taken back
        changed(1, "action_item", 1, {"pic_id": 2}, {"pic_id": 1}),
        changed(2, "action_item", 1, None, {"pic_id": 99}),  # somebody who is not there any more
        changed(3, "account", 13, {"person_id": 3}, {"person_id": None}),
        changed(4, "meeting", 1, None, {"pic_id": 1}),
    ]  # fmt: skip
    with _as_migration() as connection:
        for table, values in stored:
            connection.execute(tables.tables[table].insert(), values)
