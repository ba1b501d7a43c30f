"""Connection settings of both engines."""

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tracker.core.db import db, engine_options

KEPT = {
    "sqlite": {"PRAGMA foreign_keys": 1, "PRAGMA synchronous": 2, "PRAGMA busy_timeout": 10_000},
    "postgresql": {"SHOW jit": "off"},
}


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_connection_settings_outlive_a_transaction(app: Flask, ending: str) -> None:
    with app.app_context():
        for question, told in KEPT[db.engine.dialect.name].items():
            with db.engine.connect() as connection:
                assert connection.scalar(text(question)) == told
                getattr(connection, ending)()
                assert connection.scalar(text(question)) == told


@pytest.mark.parametrize("kind", ["postgresql"])
def test_nothing_is_prepared_behind_a_pooler(app: Flask) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    kept = []
    for has_pooler in (False, True):
        engine = create_engine(url, **engine_options(url, has_pooler=has_pooler))
        with engine.connect() as connection:
            for _ in range(8):
                connection.scalar(text("SELECT 1"))
            kept.append(connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) > 0)
        engine.dispose()

    assert kept == [True, False]


def test_database_errors_do_not_contain_typed_values(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as failed, db.engine.connect() as connection:
        connection.execute(text("SELECT :words FROM nowhere"), {"words": "Katarahasia"})

    assert "nowhere" in str(failed.value)
    assert "Katarahasia" not in str(failed.value)
