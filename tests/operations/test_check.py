"""`check` finds each kind of fault, and nothing where there is none."""

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
def behind(app: Flask) -> Iterator[Engine]:
    """Somebody at the database itself, past its guards."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"], poolclass=NullPool)
    yield engine
    engine.dispose()


def check(app: Flask) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["check"])
    return answer.exit_code, answer.output


def test_a_record_that_is_whole_has_no_fault(app: Flask) -> None:
    assert check(app)[0] == 0, check(app)


@pytest.mark.parametrize(
    ("harm", "told"),
    [("UPDATE alembic_version SET version_num = 'another'", "schema: at revision another"),
     ("CREATE TABLE by_hand (id integer)", "schema: remove_table would be needed: by_hand"),
     ("DROP INDEX ix_proposal_status", "schema: add_index would be needed: ix_proposal_status"),
     ("ALTER TABLE meeting DROP COLUMN note", "schema: add_column would be needed: meeting, note")],
)  # fmt: skip
def test_tables_changed_by_hand_are_told(app: Flask, behind: Engine, harm: str, told: str) -> None:
    with behind.begin() as connection:
        connection.execute(text(harm))

    code, output = check(app)

    assert (code, told in output) == (1, True), output


def test_a_guard_that_somebody_took_away_or_switched_off_is_told(app: Flask, behind: Engine, kind: str) -> None:
    harm, name = {
        "sqlite": ("DROP TRIGGER audit_entry_no_update", "audit_entry_no_update"),
        "postgresql": ("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only", "audit_entry_append_only"),
    }[kind]
    with behind.begin() as connection:
        connection.execute(text(harm))

    code, output = check(app)

    assert (code, f"schema: trigger {name} is missing or off" in output) == (1, True), output


def test_rows_that_refer_to_nothing_are_counted(app: Flask, behind: Engine, kind: str) -> None:
    off = {"sqlite": "PRAGMA foreign_keys=OFF", "postgresql": "SET session_replication_role = replica"}[kind]
    with behind.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(off))
        connection.execute(text("UPDATE statement SET speaker_id = 999999 WHERE id = 1"))

    code, output = check(app)

    assert (code, "orphans: 1 of statement by speaker_id" in output) == (1, True), output


def test_what_repeats_something_classified_is_listed_by_address(app: Flask, behind: Engine) -> None:
    words = "Tempatkan saksi rahasiakelak di rumah aman secepatnya"
    secret, place = actions_called(app, words)
    assert f"/actions/{place}" not in check(app)[1]

    with app.app_context(), unrestricted(), acting(SYSTEM):
        db.session.get_one(ActionItem, secret).classification = Classification.TOP_SECRET
        commit()
    code, output = check(app)

    assert (code, f"/actions/{place} is ordinary and has the words of /actions/{secret}" in output) == (0, True), output
    assert "rahasiakelak" not in output


def actions_called(app: Flask, words: str) -> tuple[int, int]:
    """Two actions of the demo, both ordinary, that say this from now on."""
    with app.app_context(), unrestricted(), acting(SYSTEM):
        ordinary = select(ActionItem).filter_by(classification=Classification.ORDINARY).order_by(ActionItem.id)
        first, second = db.session.scalars(ordinary.limit(2)).all()
        first.text_id = second.text_id = words
        commit()
        return first.id, second.id
