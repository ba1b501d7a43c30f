"""One command tells what is held about a person, and who read it."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, ADVISER, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry, Event
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.db import Model
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting
from tracker.people.models import Person, PersonMerge


def test_everything_stored_about_a_person_is_listed_and_exported(
    app: Flask, session: Session, visit: Visitor, tmp_path: Path
) -> None:
    razilu = session.scalars(select(Person).filter_by(name="Razilu")).one()
    session.execute(update(Account).filter_by(username=ADVISER).values(clearance=Classification.TOP_SECRET))
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))
    visit.as_(ADVISER).get("/meetings/1")
    file = tmp_path / "razilu.json"

    confirmed = ["--with-classified", "--by", ADMIN, "--reason", "Permintaan tertulis 12/2026"]
    answer = app.test_cli_runner().invoke(args=["person-data", "razilu", "--to", str(file), *confirmed])

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


@pytest.fixture
def mentioned(session: Session) -> Person:
    """Somebody of whom the record holds something secret, and an entry that is somebody hidden."""
    person = session.scalars(select(Person).filter_by(name="Razilu")).one()
    account = session.scalars(select(Account).filter_by(username=ADVISER)).one()
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))
    session.add(Attendance(meeting_id=1, place=nth(900), person_id=person.id, status="present", note="KATARAHASIA-A"))
    hidden = Person(name="Murni Terlindungi", folded="murni terlindungi", made_in_meeting_id=1)
    session.add(hidden)
    session.flush()
    session.add(PersonMerge(kept_id=person.id, gone_id=hidden.id, undo_data={}, at=clock.now(), by_name="x"))
    action = session.scalars(select(ActionItem).filter_by(classification=Classification.ORDINARY)).first()
    action.pic_id, action.text_id, action.classification = person.id, "KATARAHASIA-B", Classification.SECRET
    about = {"by_account_id": account.id, "by_name": "Razilu", "at": clock.now()}
    session.add_all([
        Event(subject="meeting", subject_id=1, verb="edited", details={"name": "KATARAHASIA-C"}, **about),
        Event(subject="account", subject_id=account.id, verb="edited", details={"name": "KATARAHASIA-D"},
              mentions=["meeting:1"], **about),
        Event(subject="account", subject_id=account.id, verb="edited", details={"name": "kata biasa"}, **about),
        Event(subject="account", subject_id=account.id, verb="edited", details={"name": hidden.name},
              mentions=[f"person:{hidden.id}"], **about),
    ])  # fmt: skip
    session.flush()
    return person


def test_what_is_classified_or_tells_of_it_is_counted_and_not_told(
    app: Flask, mentioned: Person, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "razilu.json"

    answer = app.test_cli_runner().invoke(args=["person-data", "razilu", "--to", str(file)])

    assert answer.exit_code == 0, answer.output
    told = file.read_text()
    assert "KATARAHASIA" not in told
    assert "Murni" not in told
    held = json.loads(told)
    assert held["rows"]["account"][0]["username"] == ADVISER
    assert "kata biasa" in [row["details"].get("name") for row in held["rows"]["event"]]
    assert held["withheld"]["attendance"] >= 1
    assert {"action_item", "person_merge"} <= set(held["withheld"])
    assert held["withheld"]["event"] >= 3
    assert (
        f"withheld as classified, or about something classified: attendance: {held['withheld']['attendance']}"
        in answer.output
    )
    [entry] = session.scalars(select(AuditEntry).filter_by(change="read")).all()
    assert (entry.table_name, entry.row_id, entry.after["page"]) == ("person", str(mentioned.id), "person-data")


def test_all_of_it_is_given_out_by_somebody_for_a_reason_which_auditors_read(
    app: Flask, mentioned: Person, session: Session, visit: Visitor, tmp_path: Path
) -> None:
    file, ask = tmp_path / "razilu.json", app.test_cli_runner().invoke
    officer = session.scalar(select(Account.display_name).filter_by(username=ADMIN))
    command = ["person-data", "razilu", "--to", str(file), "--with-classified"]
    for half in (
        [],
        ["--by", ADMIN],
        ["--reason", "x"],
        ["--by", ADMIN, "--reason", " "],
        ["--by", "-", "--reason", "x"],
    ):
        assert ask(args=[*command, *half]).exit_code == 1
    assert not file.exists()
    assert session.scalars(select(AuditEntry).filter_by(change="read")).all() == []

    answer = ask(args=[*command, "--by", ADMIN, "--reason", "Permintaan 12/2026"])

    assert answer.exit_code == 0, answer.output
    told = file.read_text()
    assert all(f"KATARAHASIA-{letter}" in told for letter in "ABCD")
    assert "withheld" not in answer.output
    entries = session.scalars(select(AuditEntry).filter_by(change="read")).all()
    given = {(one.table_name, one.row_id) for one in entries}
    assert {("person", str(mentioned.id)), ("meeting", "1")} <= given
    assert {table for table, _ in given} >= {"action_item", "attendance"}
    assert {(one.by_name, one.reason) for one in entries} == {(officer, "Permintaan 12/2026")}
    page = visit.as_(ADMIN).get("/audit?change=read&kind=person").text_of("tbody tr")
    assert "Permintaan 12/2026" in page
    assert "Ekspor data yang disimpan tentang seseorang: orang Razilu" in page


def test_a_file_that_exists_is_not_written_over(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "there.json"
    file.write_text("x")

    answer = app.test_cli_runner().invoke(args=["person-data", "razilu", "--to", str(file)])

    assert answer.exit_code == 1
    assert "exists already" in answer.output
    assert file.read_text() == "x"


def test_every_table_that_refers_to_persons_is_searched(app: Flask, session: Session) -> None:
    answer = app.test_cli_runner().invoke(args=["person-data", str(session.scalar(select(Account.person_id).filter_by(
        username="pic")))])  # fmt: skip

    pointing = {table.name for table in Model.metadata.tables.values()
                for key in table.foreign_keys if key.column.table.name == "person"}  # fmt: skip
    told = {line.split(":")[0].strip() for line in answer.output.splitlines()}
    assert {"account", "action_item", "position_holding"} <= told & pointing


def test_an_ambiguous_name_is_refused(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["person-data", "a"])

    assert answer.exit_code == 1
    assert "give the number" in answer.output
