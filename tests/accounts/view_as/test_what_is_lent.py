"""A preview lends a fixed list of rights. All else requires both accounts; the own rows of the reader are hidden."""

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
from tests.depth import one_in
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
from tracker.lists.saved_filters.models import SavedFilter
from tracker.meetings.live.models import TypedLine

#: The rights that a preview lends: steps of rows that both accounts see.
LENT = {
    "actions.is_own", "actions.may_report", "actions.may_move", "actions.may_verify", "status.may_answer_hand_over",
    "minutes.may_approve", "minutes.may_return", "actions.leaves_to_others", "corrections.may_confirm",
    "proposals.is_proponent", "proposals.may_move", "proposals.may_answer_attribution",
    "proposals.may_settle_link", "changes.is_recipient", "changes.may_ask", "changes.may_hold",
    "changes.may_answer_escalation", "changes.may_settle_escalated", "reply_links.may_answer",
    "proposals.may_record_realised",
}  # fmt: skip
#: The GET pages of these steps.
PAGES_OF_STEPS = {
    "reports.new_report", "actions.move", "status.answering_hand_over", "minutes.ask_to_approve",
    "minutes.ask_to_return", "proposals.move", "proposals.answering", "proposals.settling_link", "changes.asking",
    "changes.holding", "changes.releasing", "escalations.answering_escalation", "corrections.confirming",
}  # fmt: skip
#: Handles previews itself.
HANDLES_PREVIEWS = {"accounts.may_preview"}
#: Not open in a preview, or only where both accounts may import the same (`imports.policy.may_import`).
CLOSED = {"view_as.choose", "imports.index", "imports.new"}

#: Tables whose rows belong to one account; never loaded in a preview.
OWN_TABLES = {"access_link", "api_token", "bulk_change", "calendar_address", "follow", "import_run", "notice",
         "office_identity", "recovery_code", "saved_view", "second_step", "spent_key", "typed_line",
         "webhook_endpoint"}  # fmt: skip
#: Tables that name an account but are part of the shared record or of the preview itself.
SHARED_TABLES = {
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
    "reply_link": "to whom it was sent",
    "review_item": "who decided",
    "sign_in": "the previewer's own; the reader's are shown under /account, which is closed",
}
READER_ID = 98765432
#: The reader takes part in everything, the previewer in nothing.
READER_PART, PREVIEWER_PART = (
    Standing(Classification.ORDINARY, Classification.ORDINARY, takes_part=own) for own in (True, False)
)
AT = clock.now()


def policies() -> dict[str, Callable[..., bool]]:
    functions = {}
    for module in tracker.of_each_feature("policy"):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and "actor" in inspect.signature(function).parameters:
                functions[f"{module.__name__.split('.')[-2]}.{name}"] = function
    return functions


def decorator_of(function: Callable[..., bool]) -> str:
    return function.__code__.co_qualname.split(".")[0]


#: Policies that depend only on roles; those about a row are tested in_preview pages below.
ROLE_POLICIES = [
    name
    for name, function in policies().items()
    if list(inspect.signature(function).parameters) == ["actor"] and name not in LENT | HANDLES_PREVIEWS
]


def test_every_policy_is_lent_or_requires_both_accounts() -> None:
    decorators = {name: decorator_of(function) for name, function in policies().items()}

    assert {name for name, decorator in decorators.items() if decorator == "lent"} == LENT
    assert {name for name, decorator in decorators.items() if decorator not in {"lent", "both"}} == HANDLES_PREVIEWS
    assert len(decorators) > 45


@pytest.mark.parametrize("name", ROLE_POLICIES)
def test_a_policy_that_is_not_lent_requires_both_accounts(name: str) -> None:
    policy = policies()[name]
    for reader in Role:
        for previewer in Role:
            in_preview = seen_through(somebody(reader, account=2), somebody(previewer, account=1))
            assert policy(in_preview) is (policy(somebody(reader)) and policy(somebody(previewer))), (reader, previewer)


def begin(client: Client, reader: int) -> None:
    assert client.post("/preview", reader=reader, next="/meetings", once="").status_code == 303


@pytest.mark.timeout(300)
@pytest.mark.one_database
@one_in(36)
@pytest.mark.parametrize("who", [SECRETARIAT, pytest.param(ADMIN, marks=pytest.mark.long)])
def test_a_page_opens_in_a_preview_if_both_accounts_may_open_it(
    app: Flask, session: Session, who: str, step: int
) -> None:
    stage.build(app, session)
    stage.set_scene(session, READER_PART)
    session.execute(update(Account).where(Account.username == who).values(person_id=None))
    ids = dict(session.execute(select(Account.username, Account.id)).all())
    tested = [case for case in cases(app, session) if case.method == "GET" and case.endpoint not in CLOSED
             and (case.rule.roles != ALL or case.rule.own) and case.endpoint not in SLOW]  # fmt: skip
    client = Client(app, who, PASSWORDS[who])
    assert len(tested) > 100

    wrong = []
    for reader in ROLES.keys() - {who}:
        begin(client, ids[reader])
        for case in tested[::step]:
            may_reader = is_allowed(case.rule, ROLES[reader], READER_PART)  # test_matrix proves that the app agrees
            may_both = may_reader and is_allowed(case.rule, ROLES[who], PREVIEWER_PART)
            is_open = may_both or (may_reader and case.endpoint in PAGES_OF_STEPS)
            if (client.get(case.path).status_code != 404) != is_open:
                wrong.append((reader, case.endpoint, case.path, is_open))
        assert client.post("/preview/end").status_code == 303
    assert wrong == []


def test_every_table_that_names_an_account_is_classified() -> None:
    naming = {
        table.name
        for table in Model.metadata.tables.values()
        for column in table.columns
        if "account" in column.name or any(key.target_fullname == "account.id" for key in column.foreign_keys)
    }

    assert naming == OWN_TABLES | set(SHARED_TABLES)


@contextmanager
def recorded_reads_of_own_tables() -> Iterator[set[str]]:
    """Collects the own tables from which a statement selects this reader's rows."""
    tables: set[str] = set()

    def inspect_statement(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: Any) -> None:
        for match in re.finditer(r"(\w+)\.(?:by_)?account_id = \?", statement):
            if parameters[statement.count("?", 0, match.end() - 1)] == READER_ID:
                tables.update(OWN_TABLES & {match[1]})

    event.listen(db.engine, "before_cursor_execute", inspect_statement)
    try:
        yield tables
    finally:
        event.remove(db.engine, "before_cursor_execute", inspect_statement)


@pytest.mark.one_database
@pytest.mark.long
def test_a_preview_never_loads_the_readers_own_rows(app: Flask, session: Session) -> None:
    stage.build(app, session)
    reader = session.scalars(select(Account).filter_by(username="pembaca")).one()
    session.add(Account(id=READER_ID, username="semua", display_name="Semua", password_hash=reader.password_hash,
                        created_at=AT, clearance=Classification.ORDINARY, person_id=9001))  # fmt: skip
    session.flush()
    admin = session.scalar(select(Account.id).filter_by(username="admin"))
    session.execute(delete(AccountRole).where(AccountRole.account_id == admin))
    session.add_all(AccountRole(account_id=number, role=role) for number in (admin, READER_ID) for role in Role)
    session.add_all([
        SavedFilter(account_id=READER_ID, list_name="proposals", name="Milik semua", query="q=x", is_default=True),
        SavedFilter(account_id=READER_ID, list_name="actions", name="Bagi semua", query="q=y", is_default=True,
                  is_shared=True),
        TypedLine(key="k" * 32, meeting_id=1, account_id=READER_ID, text="Belum selesai", typed_at=AT),
        BulkChange(by_account_id=READER_ID, at=AT),
        RecoveryCode(account_id=READER_ID, code_hash="y"),
    ])  # fmt: skip
    session.flush()
    elsewhere = {*SLOW, "feed.show"}  # a calendar is read as its owner, whoever looks
    paths = sorted({case.path for case in cases(app, session) if case.method == "GET" and case.endpoint not in SLOW}
                   | {path for name, path in addresses(app, {"GET"}).items() if name not in elsewhere})  # fmt: skip
    reader, client = Client(app, "semua", PASSWORDS["pembaca"]), Client(app, "admin", PASSWORDS["admin"])
    session.add(SecondStep(account_id=READER_ID, sealed_seed="x", last_step=1, since=AT))
    session.flush()
    begin(client, READER_ID)

    with app.app_context(), recorded_reads_of_own_tables() as in_own_sign_in:
        for path in ("/", "/account", "/account/second-step", "/actions/bulk", "/meetings/1/minutes", "/proposals"):
            reader.get(path)
    with app.app_context(), recorded_reads_of_own_tables() as in_preview:
        answers = [client.get(path) for path in paths]
    texts = "".join(answer.get_data(as_text=True) for answer in answers if answer.mimetype == "text/html")

    assert in_own_sign_in == {
        "api_token",
        "bulk_change",
        "calendar_address",
        "follow",
        "recovery_code",
        "saved_view",
        "second_step",
        "typed_line",
    }
    assert in_preview == set()
    assert "Milik semua" not in texts
    assert "Belum selesai" not in texts
    assert "Bagi semua" in texts  # shared with everybody
    assert sum(answer.status_code == 200 for answer in answers) > 120
