"""One command tells what is held about a person, and who read it."""

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, Visitor
from tracker.accounts.models import Account
from tracker.core.actor import Classification
from tracker.core.db import Model
from tracker.meetings.models import Meeting
from tracker.people.models import Person


def test_all_that_is_held_is_told_and_exported(app: Flask, session: Session, visit: Visitor, tmp_path: Path) -> None:
    razilu = session.scalars(select(Person).filter_by(name="Razilu")).one()
    session.execute(update(Account).filter_by(username=ADVISER).values(clearance=Classification.TOP_SECRET))
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))
    visit.as_(ADVISER).get("/meetings/1")
    file = tmp_path / "razilu.json"

    answer = app.test_cli_runner().invoke(args=["person-data", "razilu", "--to", str(file)])

    assert answer.exit_code == 0, answer.output
    assert f"person {razilu.id}: Razilu" in answer.output
    assert "UTC by Razilu: meeting 1 (meetings.show)" in answer.output
    held = json.loads(file.read_text())
    assert held["person"]["name"] == "Razilu"
    assert {"account", "attendance", "proposal_proponent", "sign_in"} <= set(held["rows"])
    assert [row["username"] for row in held["rows"]["account"]] == [ADVISER]
    assert "password_hash" not in file.read_text()
    assert "token_hash" not in file.read_text()
    assert ("account", "display_name") in {(table, column) for table, _, column in held["named_in"]}
    assert file.stat().st_mode & 0o077 == 0


def test_every_table_that_points_at_persons_is_looked_at(app: Flask, session: Session) -> None:
    answer = app.test_cli_runner().invoke(args=["person-data", str(session.scalar(select(Account.person_id).filter_by(
        username="pic")))])  # fmt: skip

    pointing = {table.name for table in Model.metadata.tables.values()
                for key in table.foreign_keys if key.column.table.name == "person"}  # fmt: skip
    told = {line.split(":")[0].strip() for line in answer.output.splitlines()}
    assert {"account", "action_item", "position_holding"} <= told & pointing


def test_a_name_that_several_have_is_asked_back(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["person-data", "a"])

    assert answer.exit_code == 1
    assert "give the number" in answer.output
