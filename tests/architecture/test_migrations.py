"""The migrations create exactly the schema of the models, can be reverted, and survive being killed."""

import re
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, inspect

from tests.databases import Databases, Kind, close, settings_for
from tracker import create_app
from tracker.core.db import Model, db


@pytest.fixture
def blank(databases: Databases, kind: Kind, tmp_path: Path) -> Flask:
    app = create_app(settings_for(databases.blank(kind), tmp_path))
    yield app
    close(app)


def ddl(app: Flask) -> list[str]:
    """The schema as reported by the database, without order and quotes."""
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


def test_the_migrations_create_the_schema_of_the_models(
    blank: Flask, databases: Databases, kind: Kind, tmp_path: Path
) -> None:
    modelled = create_app(settings_for(databases.blank(kind), tmp_path))
    with modelled.app_context():
        Model.metadata.create_all(db.engine)

    with blank.app_context():
        upgrade()

    assert ddl(blank) == ddl(modelled)
    close(modelled)


def test_downgrading_removes_everything_and_upgrading_restores_it(blank: Flask) -> None:
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
