"""Connection settings of both engines."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tracker.core.db import db

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


def test_database_errors_do_not_contain_typed_values(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as failed, db.engine.connect() as connection:
        connection.execute(text("SELECT :words FROM nowhere"), {"words": "Katarahasia"})

    assert "nowhere" in str(failed.value)
    assert "Katarahasia" not in str(failed.value)
