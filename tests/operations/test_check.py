"""`check` reports each kind of fault, and nothing on an intact record."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine, select, text

from tracker.actions.models import ActionItem
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.db import db
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted


@pytest.fixture
def direct(app: Flask) -> Iterator[Engine]:
    """A direct connection to the database, without the app's guards."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool)
    yield engine
    engine.dispose()


def check(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["check"])
    return result.exit_code, result.output


def test_an_intact_record_has_no_faults(app: Flask) -> None:
    assert check(app)[0] == 0, check(app)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [("UPDATE alembic_version SET version_num = 'another'", "schema: at revision another"),
     ("CREATE TABLE by_hand (id integer)", "schema: remove_table would be needed: by_hand"),
     ("DROP INDEX ix_proposal_status", "schema: add_index would be needed: ix_proposal_status"),
     ("ALTER TABLE meeting DROP COLUMN note", "schema: add_column would be needed: meeting, note")],
)  # fmt: skip
def test_tables_changed_by_hand_are_reported(app: Flask, direct: Engine, statement: str, fault: str) -> None:
    with direct.begin() as connection:
        connection.execute(text(statement))

    code, output = check(app)

    assert (code, fault in output) == (1, True), output


def test_missing_or_disabled_triggers_are_reported(app: Flask, direct: Engine, kind: str) -> None:
    statement, name = {
        "sqlite": ("DROP TRIGGER audit_entry_no_update", "audit_entry_no_update"),
        "postgresql": ("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only", "audit_entry_append_only"),
    }[kind]
    with direct.begin() as connection:
        connection.execute(text(statement))

    code, output = check(app)

    assert (code, f"schema: trigger {name} is missing or off" in output) == (1, True), output


def test_dangling_references_are_counted(app: Flask, direct: Engine, kind: str) -> None:
    off = {"sqlite": "PRAGMA foreign_keys=OFF", "postgresql": "SET session_replication_role = replica"}[kind]
    with direct.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(off))
        connection.execute(text("UPDATE statement SET speaker_id = 999999 WHERE id = 1"))

    code, output = check(app)

    assert (code, "orphans: 1 of statement by speaker_id" in output) == (1, True), output


def test_rows_that_repeat_classified_text_are_listed_by_address(app: Flask, direct: Engine) -> None:
    words = "Tempatkan saksi rahasiakelak di rumah aman secepatnya"
    secret, place = actions_with_text(app, words)
    assert f"/actions/{place}" not in check(app)[1]

    with app.app_context(), unrestricted(), acting(SYSTEM):
        db.session.get_one(ActionItem, secret).classification = Classification.TOP_SECRET
        commit()
    code, output = check(app)

    assert (code, f"/actions/{place} is ordinary and has the words of /actions/{secret}" in output) == (0, True), output
    assert "rahasiakelak" not in output


def actions_with_text(app: Flask, words: str) -> tuple[int, int]:
    """Give two ordinary actions of the demo this text. Return their ids."""
    with app.app_context(), unrestricted(), acting(SYSTEM):
        ordinary = select(ActionItem).filter_by(classification=Classification.ORDINARY).order_by(ActionItem.id)
        first, second = db.session.scalars(ordinary.limit(2)).all()
        first.text_id = second.text_id = words
        commit()
        return first.id, second.id
