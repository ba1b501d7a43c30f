"""What a preview lends is a list; all else is what both may, and nothing in it belongs to the account looked at."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session

import tracker
from tests.architecture.test_routes import addresses
from tests.policies import somebody
from tests.security import stage
from tests.security.expectations import ALL
from tests.security.stage import Client, Standing
from tests.security.test_matrix import ROLES, SLOW, cases, is_allowed
from tests.visitor import ADMIN, PASSWORDS, SECRETARIAT
from tracker.accounts.models import Account, AccountRole, RecoveryCode, SecondStep
from tracker.actions.changes.models import BulkChange
from tracker.core import clock
from tracker.core.actor import Classification, Role, seen_through
from tracker.core.db import Model, db
from tracker.lists.saved_filters.models import SavedView
from tracker.meetings.live.models import TypedLine

#: All that a preview lends: steps of something that both see.
LENT = {
    "actions.is_own", "actions.may_report", "actions.may_move", "actions.may_verify", "status.may_answer_hand_over",
    "minutes.may_approve", "minutes.may_return", "actions.leaves_to_others", "corrections.may_confirm",
    "proposals.is_proponent", "proposals.may_move", "proposals.may_answer_attribution",
    "proposals.may_settle_link", "changes.is_recipient", "changes.may_ask", "changes.may_hold",
    "changes.may_answer_escalation",
}  # fmt: skip
#: The pages of these steps: each is the form that its POST of the same address takes.
PAGES_OF_STEPS = {
    "actions.report", "actions.move", "answers.answering_hand_over", "minutes.ask_to_approve", "minutes.ask_to_return",
    "proposals.move", "proposals.answering", "proposals.settling_link", "steering.asking", "steering.holding",
    "steering.releasing", "escalations.answering_escalation", "corrections.confirming",
}  # fmt: skip
#: Asks for itself whether it is asked in a preview.
OWN_QUESTION = {"accounts.may_preview"}
CLOSED = {"previews.choose"}

#: Rows that belong to one account: asked for in no preview.
OWNED = {"access_link", "bulk_change", "follow", "notice", "office_identity", "recovery_code", "saved_view",
         "second_step", "spent_key", "typed_line"}  # fmt: skip
#: Columns that name an account and yet are the record's, or what the preview itself is made of.
OF_THE_RECORD = {
    "account_role": "who may what",
    "action_update": "who reported",
    "action_item": "who recorded and verified it",
    "attachment": "who added it",
    "audit_entry": "who changed a row",
    "due_date_request": "who asked",
    "event": "who did it",
    "involvement": "who had a part in what others judge",
    "meeting": "who recorded it",
    "meeting_grant": "who was let in",
    "preview": "the preview itself",
    "proposal": "who recorded it",
    "review_item": "who decided",
    "sign_in": "the sign-in that the preview belongs to; the reader's stand under /account, which is closed",
}
READER_ID = 98765432
#: The reader takes part in everything, whoever looks in nothing.
READS, LOOKS = (Standing(Classification.ORDINARY, Classification.ORDINARY, takes_part=own) for own in (True, False))
AT = clock.now()


def policies() -> dict[str, Callable[..., bool]]:
    found = {}
    for module in tracker.of_each_feature("policy"):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and "actor" in inspect.signature(function).parameters:
                found[f"{module.__name__.split('.')[-2]}.{name}"] = function
    return found


def marked(function: Callable[..., bool]) -> str:
    return function.__code__.co_qualname.split(".")[0]


#: Policies that ask for nothing but the roles; of those about a thing the pages are asked below.
OF_ROLES = [
    name
    for name, function in policies().items()
    if list(inspect.signature(function).parameters) == ["actor"] and name not in LENT | OWN_QUESTION
]


def test_every_policy_is_lent_by_the_list_or_asks_both() -> None:
    told = {name: marked(function) for name, function in policies().items()}

    assert {name for name, mark in told.items() if mark == "lent"} == LENT
    assert {name for name, mark in told.items() if mark not in {"lent", "both"}} == OWN_QUESTION
    assert len(told) > 45


@pytest.mark.parametrize("name", OF_ROLES)
def test_a_policy_that_is_not_lent_asks_both(name: str) -> None:
    policy = policies()[name]
    for reader in Role:
        for looks in Role:
            through = seen_through(somebody(reader, account=2), somebody(looks, account=1))
            assert policy(through) is (policy(somebody(reader)) and policy(somebody(looks))), (reader, looks)


def begin(client: Client, reader: int) -> None:
    assert client.post("/preview", reader=reader, next="/meetings", once="").status_code == 303


@pytest.mark.timeout(300)
@pytest.mark.one_database
@pytest.mark.parametrize("who", [SECRETARIAT, ADMIN])
def test_a_page_opens_in_a_preview_where_it_opens_to_both(app: Flask, session: Session, who: str) -> None:
    stage.build(app, session)
    stage.set_scene(session, READS)
    session.execute(update(Account).where(Account.username == who).values(person_id=None))
    ids = dict(session.execute(select(Account.username, Account.id)).all())
    asked = [case for case in cases(app, session) if case.method == "GET" and case.endpoint not in CLOSED
             and (case.rule.roles != ALL or case.rule.own) and case.endpoint not in SLOW]  # fmt: skip
    client = Client(app, who, PASSWORDS[who])
    assert len(asked) > 100

    wrong = []
    for reader in ROLES.keys() - {who}:
        begin(client, ids[reader])
        for case in asked:
            may_reader = is_allowed(case.rule, ROLES[reader], READS)  # the matrix proves that these are the answers
            may_both = may_reader and is_allowed(case.rule, ROLES[who], LOOKS)
            is_open = may_both or (may_reader and case.endpoint in PAGES_OF_STEPS)
            if (client.get(case.path).status_code != 404) != is_open:
                wrong.append((reader, case.endpoint, case.path, is_open))
        assert client.post("/preview/end").status_code == 303
    assert wrong == []


def test_every_table_of_an_account_is_its_own_or_the_records() -> None:
    naming = {
        table.name
        for table in Model.metadata.tables.values()
        for column in table.columns
        if "account" in column.name or any(key.target_fullname == "account.id" for key in column.foreign_keys)
    }

    assert naming == OWNED | set(OF_THE_RECORD)


@contextmanager
def statements_about_the_readers_own() -> Iterator[set[str]]:
    """The owned tables of which a statement asks for the rows of this reader."""
    found: set[str] = set()

    def look(_: Any, __: Any, statement: str, told: Any, ___: Any, ____: Any) -> None:
        for asked in re.finditer(r"(\w+)\.(?:by_)?account_id = \?", statement):
            if told[statement.count("?", 0, asked.end() - 1)] == READER_ID:
                found.update(OWNED & {asked[1]})

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", look)


@pytest.mark.one_database
def test_no_page_of_a_preview_asks_for_a_row_of_the_account_looked_at(app: Flask, session: Session) -> None:
    stage.build(app, session)
    reader = session.scalars(select(Account).filter_by(username="pembaca")).one()
    session.add(Account(id=READER_ID, username="semua", display_name="Semua", password_hash=reader.password_hash,
                        created_at=AT, clearance=Classification.ORDINARY, person_id=9001))  # fmt: skip
    session.flush()
    admin = session.scalar(select(Account.id).filter_by(username="admin"))
    session.execute(delete(AccountRole).where(AccountRole.account_id == admin))
    session.add_all(AccountRole(account_id=number, role=role) for number in (admin, READER_ID) for role in Role)
    session.add_all([
        SavedView(account_id=READER_ID, list_name="proposals", name="Milik semua", query="q=x", is_default=True),
        SavedView(account_id=READER_ID, list_name="actions", name="Bagi semua", query="q=y", is_default=True,
                  is_shared=True),
        TypedLine(key="k" * 32, meeting_id=1, account_id=READER_ID, text="Belum selesai", typed_at=AT),
        BulkChange(by_account_id=READER_ID, at=AT),
        RecoveryCode(account_id=READER_ID, code_hash="y"),
    ])  # fmt: skip
    session.flush()
    paths = sorted({case.path for case in cases(app, session) if case.method == "GET" and case.endpoint not in SLOW}
                   | {path for name, path in addresses(app, {"GET"}).items() if name not in SLOW})  # fmt: skip
    reader, client = Client(app, "semua", PASSWORDS["pembaca"]), Client(app, "admin", PASSWORDS["admin"])
    session.add(SecondStep(account_id=READER_ID, sealed_seed="x", last_step=1, since=AT))
    session.flush()
    begin(client, READER_ID)

    with app.app_context(), statements_about_the_readers_own() as alone:
        for path in ("/", "/account", "/account/second-step", "/actions/bulk", "/meetings/1/minutes", "/proposals"):
            reader.get(path)
    with app.app_context(), statements_about_the_readers_own() as through:
        answers = [client.get(path) for path in paths]
    texts = "".join(answer.get_data(as_text=True) for answer in answers if answer.mimetype == "text/html")

    assert alone == {"bulk_change", "follow", "recovery_code", "saved_view", "second_step", "typed_line"}
    assert through == set()
    assert "Milik semua" not in texts
    assert "Belum selesai" not in texts
    assert "Bagi semua" in texts  # shown to everybody
    assert sum(answer.status_code == 200 for answer in answers) > 120
