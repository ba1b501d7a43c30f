from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, selectinload

from tests.visitor import SECRETARIAT, Visitor
from tracker.actions.models import ActionItem
from tracker.audit.chain import UnauditedChangeError
from tracker.audit.labels import REASONS, WORDS
from tracker.audit.models import AuditEntry, AuditHead, Event
from tracker.audit.queries import COVERED, chain_faults
from tracker.audit.rules import AUDITED, UNAUDITED, AuditedKind, UnauditedKind, digest
from tracker.core.anchors import anchors
from tracker.core.db import Model, db
from tracker.core.visibility import unrestricted
from tracker.people.models import OrgUnit

pytestmark = pytest.mark.on_both


def faults(app: Flask) -> list[str]:
    with app.app_context(), unrestricted():
        return [fault.fault for fault in chain_faults(anchors().of_each_day())]


def test_each_change_adds_an_entry_to_an_intact_chain(visit: Visitor, app: Flask, session: Session) -> None:
    before = session.scalar(select(func.max(AuditEntry.id)))
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note="Catatan baru.")

    added = session.scalars(select(AuditEntry).where(AuditEntry.id > before)).all()

    assert faults(app) == []
    assert [(entry.change, entry.table_name, entry.before["note"], entry.after["note"]) for entry in added] == [
        ("update", "meeting", None, "Catatan baru.")
    ]
    assert added[0].by_name == "Sekretariat"
    assert session.scalar(select(Event.verb).order_by(Event.id.desc()).limit(1)) == "edited"


@pytest.mark.parametrize("statement", ["UPDATE {0} SET by_name = 'x' WHERE id = 1", "DELETE FROM {0} WHERE id = 1"])
@pytest.mark.parametrize("table", ["audit_entry", "event"])
def test_the_database_refuses_to_rewrite_history(session: Session, statement: str, table: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement.format(table)))


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE audit_entry SET by_name = 'orang lain' WHERE id = 5", "altered"),
        ("DELETE FROM audit_entry WHERE id = 7", "missing"),
        ("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)", "tail"),
    ],
)
def test_tampering_without_the_database_triggers_is_detected(
    app: Flask, session: Session, kind: str, tampering: str, fault: str
) -> None:
    disable_triggers(session, kind)
    session.execute(text(tampering))

    assert fault in faults(app)


def disable_triggers(session: Session, kind: str) -> None:
    """As the owner of the database could."""
    if kind == "sqlite":
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_entry_no_{verb}"))
    else:
        session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))


def test_a_chain_cut_together_with_its_head_is_detected_by_the_anchors(
    visit: Visitor, app: Flask, session: Session, kind: str
) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note="Akan dihapus.")
    assert faults(app) == []
    length = session.scalar(select(AuditHead.length))
    before = session.scalar(select(AuditEntry.hash).filter_by(id=length - 1))
    session.rollback()

    disable_triggers(session, kind)
    session.execute(text("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"))
    session.execute(AuditHead.__table__.update().values(length=length - 1, hash=before))

    assert faults(app) == ["cut"]
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 1


def test_an_entry_rewritten_with_its_hashes_is_detected_by_the_anchors(
    visit: Visitor, app: Flask, session: Session, kind: str
) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note="Akan diubah.")
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    content = {name: getattr(last, name) for name in COVERED} | {"at": last.at.isoformat(), "by_name": "Orang lain"}

    disable_triggers(session, kind)
    forged = digest(content, last.previous_hash)
    session.execute(AuditEntry.__table__.update().filter_by(id=last.id).values(by_name="Orang lain", hash=forged))
    session.execute(AuditHead.__table__.update().values(hash=forged))

    assert faults(app) == ["not as anchored"]


def test_check_fails_if_the_chain_is_broken(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["check"]).exit_code == 0

    session.execute(AuditHead.__table__.update().values(hash="0" * 64))

    assert runner.invoke(args=["check"]).exit_code == 1


def test_no_secret_is_copied_into_the_audit(app: Flask, session: Session) -> None:
    opened = app.test_cli_runner().invoke(
        args=["user", "add", "rina", "--name", "Rina", "--role", "reader"], input="kuda-terbang-di-awan-biru\n"
    )
    assert opened.exit_code == 0, opened.output

    entries = session.scalars(select(AuditEntry).filter_by(table_name="account").order_by(AuditEntry.id)).all()

    assert (entries[-1].change, entries[-1].after["username"]) == ("insert", "rina")
    assert not [entry for entry in entries if "password_hash" in (entry.after or {})]


def test_every_table_is_audited_or_listed_with_the_reason_why_not() -> None:
    assert set(Model.metadata.tables) == AUDITED | UNAUDITED
    assert not AUDITED & UNAUDITED
    assert set(REASONS) == set(UnauditedKind)
    assert all(kind in WORDS[AuditedKind] for kind in AuditedKind)


def statements_on(table: str) -> list[Any]:
    """Changing statements of each kind on this table, built by Core and as plain SQL. None needs a row to exist."""
    columns = Model.metadata.tables[table]
    first = next(iter(columns.columns))
    return [
        text(f"insert into {table} default values"),
        columns.update().values({first: first}),
        columns.delete().where(first.is_(None)),
        text(f'update "{table}" set {first.name} = {first.name} where 1 = 0'),
        text(f"DELETE\n FROM {table} WHERE 1 = 0"),
        text(f"WITH some AS (SELECT 1) DELETE FROM {table} WHERE 1 = 0"),
        text(f"UPDATE main.{table} SET {first.name} = 1 WHERE 1 = 0"),
        text(f'DELETE FROM "public"."{table}" WHERE 1 = 0'),
        text(f"UPDATE /* nothing */ {table} -- of it\n SET {first.name} = 1 WHERE 1 = 0"),
        text(f"UPDATE OR IGNORE [{table}] SET {first.name} = 1 WHERE 1 = 0"),
        text(f"INSERT--\nINTO `{table}` DEFAULT VALUES"),
        text(f"SELECT 1; DELETE FROM {table} WHERE 1 = 0"),
        text(f"TRUNCATE TABLE {table}"),
        text(f"MERGE INTO {table} USING other ON 1 = 0 WHEN MATCHED THEN DELETE"),
    ]


def test_no_statement_can_change_an_audited_table_without_the_audit(app: Flask) -> None:
    with app.app_context(), unrestricted():
        for table in sorted(AUDITED):
            for statement in statements_on(table):
                with pytest.raises(UnauditedChangeError):
                    db.session.execute(statement)
                db.session.rollback()
                with pytest.raises(UnauditedChangeError), db.engine.connect() as connection:
                    connection.execute(statement)


def test_association_rows_are_audited(app: Flask, session: Session) -> None:
    actions = select(ActionItem).options(selectinload(ActionItem.supporting_units)).order_by(ActionItem.id)
    with app.app_context(), unrestricted():
        action = db.session.scalars(actions.where(~ActionItem.supporting_units.any())).first()
        unit = db.session.scalars(select(OrgUnit)).first()
        link = {"action_id": action.id, "unit_id": unit.id}
        action.supporting_units.append(unit)
        db.session.commit()
        db.session.scalars(actions.where(ActionItem.supporting_units.any())).first().supporting_units.clear()
        db.session.commit()

    question = select(AuditEntry).filter_by(table_name="action_supporting_unit").order_by(AuditEntry.id)
    entries = session.scalars(question).all()

    assert ("insert", None, link) in [(entry.change, entry.before, entry.after) for entry in entries]
    assert entries[-1].change == "delete"
