"""Every endpoint × every role and no account × every classification × taking part or not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.security import stage
from tests.security.expectations import ALL, BY_TOKEN, ENDS_THE_SIGN_IN, OF_THE_CHAIR, PUBLIC, RULES, Rule
from tests.security.stage import Client, Standing
from tests.visitor import ADMIN, PASSWORDS, READER
from tracker.accounts.models import Account
from tracker.audit.models import Involvement
from tracker.audit.rules import Part
from tracker.core.actor import Classification, Role
from tracker.core.db import db

ROLES = {"sekretariat": Role.SECRETARIAT, "penasihat": Role.ADVISER,
         "penelaah": Role.REVIEWER, "pimpinan": Role.DECISION_MAKER, "pic": Role.PIC, "admin": Role.ADMIN,
         "pembaca": Role.READER, "ketua": Role.CHAIR, "auditor": Role.AUDITOR}  # fmt: skip
#: Slow endpoints: requested in full by one role with one access, otherwise only where they are refused.
SLOW = {"documents.minutes_pdf", "documents.minutes_docx", "documents.attendance_pdf", "lists.pdf", "lists.xlsx",
        "lists.report_pdf", "lists.report_xlsx"}  # fmt: skip
_OPEN_ORDINARY = next(one for one in stage.standings() if not one.takes_part)
#: Ids in URLs by name, and the row each stands for.
NUMBERS: dict[str, str] = {
    "meeting_id": "1", "proposal_id": "1", "action_id": "2", "statement_id": "min(id) FROM statement",
    "attachment_id": "9001", "series_id": "9001", "number": "1", "request_id": "9001", "change_id": "9001",
    "filter_id": "9001", "proponent_id": "id FROM proposal_proponent WHERE person_id = 9001 AND proposal_id = 1",
    "link_id": "min(id) FROM proposal_target_link WHERE proposal_id = 1", "subject_id": "1", "notice_id": "1",
    "relation_id": "min(id) FROM proposal_relation", "value_id": "min(id) FROM indicator_value",
    "holding_id": "min(id) FROM position_holding", "row_id": "min(id) FROM attendance", "name_id": "9001",
    "holiday_id": "min(id) FROM holiday", "scheme_id": "min(id) FROM period_scheme", "target_id": "4",
    "group_id": "min(id) FROM synonym_group", "sign_in_id": "0", "account_id": "1", "person_id": "1", "unit_id": "1",
    "position_id": "1", "grant_id": "9001", "item_id": "9001", "agenda_id": "9001", "merge_id": "9001", "other": "2",
    "escalation_id": "9001", "run_id": "9001", "hand_over_id": "9001", "decree_id": "9001", "line_id": "9001",
    "reply_link_id": "9001",
    "invitation_id": "9001", "arrival_id": "9001",
    "endpoint_id": "9001", "delivery_id": "9001",
}  # fmt: skip
#: Codes in URLs by feature: the demo's year, and with it the code of an action, depends on the day.
CODES = {"meetings": "code FROM meeting WHERE id = 1", "proposals": "code FROM proposal WHERE id = 1",
         "actions": "code FROM action_item WHERE id = 2"}  # fmt: skip
WORDS = {
    "meeting_type": "other",
    "answer": "confirmed",
    "kind": "proposals",
    "mark": stage.MARK,
    "token": "x",
    "to": "held",
    "name": "proposals",
    "decision": "goes_on",
    "week": stage.WEEK,
    "way": "up",
}
#: Of the triples of address, role and standing, one in how many is asked for. `make test` asks for some of two levels
#: on SQLite, `make long` for all on SQLite and some on PostgreSQL, `SECURITY_IN_FULL` for all on both databases.
IN_FULL = "SECURITY_IN_FULL" in os.environ
ALL_ON_BOTH = [(kind, level, 1) for kind in ("sqlite", "postgresql") for level in Classification]
SAMPLE = [("sqlite", Classification.ORDINARY, 60), ("sqlite", Classification.SECRET, 180)]
LATER = [(kind, level, share) for kind, share in (("sqlite", 1), ("postgresql", 4)) for level in Classification]
SHARES = pytest.mark.parametrize(
    ("kind", "level", "share"),
    ALL_ON_BOTH if IN_FULL else [*SAMPLE, *(pytest.param(*one, marks=pytest.mark.long) for one in LATER)],
)


class WouldStore(BaseException):
    """Raised instead of the commit of a permitted request, so that the next request finds the same rows."""


@dataclass(frozen=True)
class Case:
    """A method of an endpoint."""

    endpoint: str
    method: str
    path: str
    absent: str
    rule: Rule


@pytest.fixture
def eyes(app: Flask, session: Session) -> Session:
    stage.build(app, session)
    return session


def cases(app: Flask, session: Session) -> list[Case]:
    adapter = app.url_map.bind("localhost")
    numbers, codes = (
        {name: str(session.execute(text(f"SELECT {what}")).scalar_one()) for name, what in rows.items()}
        for rows in (NUMBERS, CODES)
    )
    methods = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    found = []
    for endpoint, rule in RULES:
        route = methods[endpoint]
        method = next(iter(route.methods & {"GET", "POST"}))
        values = {name: _value(endpoint, name, numbers, codes) for name in route.arguments} | rule.args
        values = {name: value for name, value in values.items() if name in route.arguments}
        gone = {**values, **{name: "999999" for name in values if name.endswith("_id")}, **(
            {"code": "R-1999-999"} if "code" in values else {})}  # fmt: skip
        path, absent = (adapter.build(endpoint, told, method=method) + rule.query for told in (values, gone))
        found.append(Case(endpoint, method, path, absent, rule))
    return found


def _value(endpoint: str, name: str, numbers: dict[str, str], codes: dict[str, str]) -> str:
    if name == "code":
        return codes[endpoint.split(".")[0]]
    if name == "proposal_id" and endpoint in {"proposals.edit_relation", "proposals.clarify_relation"}:
        return "4"
    if name == "row_id" and endpoint.startswith(("status.", "corrections.", "escalations.")):
        return "1"
    if name == "to" and endpoint.startswith("meetings."):
        return "cancelled"
    return WORDS.get(name) or numbers[name]


@contextmanager
def stopped_at_commit(is_on: bool) -> Iterator[None]:
    def stop(_: Any) -> None:
        raise WouldStore

    if not is_on:
        yield
        return
    event.listen(db.session, "before_commit", stop)
    try:
        yield
    finally:
        event.remove(db.session, "before_commit", stop)


def is_allowed(rule: Rule, role: Role, standing: Standing) -> bool:
    may = role in rule.roles or (rule.own and standing.takes_part)
    if standing.takes_part and rule.bars_who_takes_part:
        return False
    return may and (standing.sees or not rule.classified)


def ask(client: Client, case: Case, *, allowed: bool) -> tuple[int, str]:
    try:
        with stopped_at_commit(allowed and case.method == "POST"):
            answer = client.get(case.path) if case.method == "GET" else client.post(case.path)
    except WouldStore:
        return 303, ""
    return answer.status_code, "" if allowed else stage.plain(answer, case.path)


def test_every_route_has_an_expectation(app: Flask) -> None:
    told = {name for name, _ in RULES} | PUBLIC | set(OF_THE_CHAIR.split()) | ENDS_THE_SIGN_IN | BY_TOKEN

    assert told == {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.one_database
def test_programs_are_asked_for_a_token_whoever_is_signed_in(app: Flask) -> None:
    clients = [app.test_client(), Client(app, ADMIN, PASSWORDS[ADMIN]).client]
    adapter, found, asked = app.url_map.bind("localhost"), set(), list[str]()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in BY_TOKEN:
            steps = {name: next(iter(getattr(rule._converters[name], "items", ["1"]))) for name in rule.arguments}
            method = next(iter(rule.methods - {"HEAD"}))
            path = adapter.build(rule.endpoint, steps, method=method)
            asked.append(path)
            apart = {"REMOTE_ADDR": f"10.0.{len(asked)}.1"}  # a network may be wrong 60 times
            answers = [client.open(path, method=method, environ_base=apart) for client in clients]
            found |= {(answer.status_code, answer.mimetype) for answer in answers}

    assert found == {(401, "application/problem+json")}


@pytest.mark.repeated_later
def test_rows_of_an_account_are_not_found_by_others(app: Flask, eyes: Session) -> None:
    clients = stage.sign_in_everybody(app)
    Client(app, "ketua", PASSWORDS[READER])  # another sign-in of the chair, to be ended
    newest = eyes.scalar(text("SELECT max(id) FROM sign_in"))
    before = stage.fingerprint(eyes, without={"sign_in", "throttle_count", "audit_head"})

    answers: dict[str, dict[str, int]] = {}
    for endpoint in OF_THE_CHAIR.split():
        route = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        method = next(iter(route.methods & {"GET", "POST"}))
        path = app.url_map.bind("localhost").build(
            endpoint,
            {
                name: {"filter_id": 9001, "address_id": 9001, "token_id": 9001, "sign_in_id": newest}[name]
                for name in route.arguments
            },
            method=method,
        )
        answers[endpoint] = {
            name: ask(clients[name], Case(endpoint, method, path, path, Rule(ALL)), allowed=name == "ketua")[0]
            for name in ROLES
        }

    assert {name for told in answers.values() for name, status in told.items() if status != 404} == {"ketua"}
    assert all(told["ketua"] < 500 and told["ketua"] not in {400, 404} for told in answers.values())
    assert stage.fingerprint(eyes, without={"sign_in", "throttle_count", "audit_head"}) == before


def is_due(numbers: tuple[int, int, int], standing: Standing, rule: Rule, kind: Kind, share: int) -> bool:
    is_chosen = sum(numbers) % share == (kind == "sqlite") % share  # others on each database
    if not rule.classified:
        return standing == _OPEN_ORDINARY and is_chosen
    if standing.level is Classification.ORDINARY and share > 1:
        return is_chosen and (rule.own or not standing.takes_part)
    return is_chosen


@pytest.mark.timeout(900)
@SHARES
def test_access_is_as_expected_for_every_role_and_classification(
    app: Flask, eyes: Session, kind: Kind, level: Classification, share: int
) -> None:
    clients = stage.sign_in_everybody(app)
    listed, wrong = cases(app, eyes), []
    for turn, standing in enumerate(one for one in stage.standings() if one.level is level):
        stage.set_scene(eyes, standing)
        before = stage.fingerprint(eyes)
        for seat, (name, role) in enumerate(ROLES.items()):
            absent = stage.plain(clients[name].get("/meetings/999999"), "/meetings/999999")
            for number, case in enumerate(listed):
                allowed = is_allowed(case.rule, role, standing)
                is_slow = allowed and case.endpoint in SLOW and (name != ADMIN or standing != _OPEN_ORDINARY)
                if is_slow or not is_due((number, seat, turn), standing, case.rule, kind, share):
                    continue
                status, body = ask(clients[name], case, allowed=allowed)
                is_right = status < 500 and status not in {400, 404} if allowed else (status, body) == (404, absent)
                if not is_right:
                    wrong.append((case.endpoint, case.path, name, standing, allowed, status))
        if stage.fingerprint(eyes) != before:
            wrong.append(("what is stored", standing))
    assert wrong == []


@pytest.mark.long
@pytest.mark.timeout(600)
def test_accounts_with_a_part_in_a_row_may_not_judge_it(app: Flask, eyes: Session) -> None:
    clients, judging = stage.sign_in_everybody(app), [case for case in cases(app, eyes) if case.rule.judges]

    def open_to_somebody(judging: list[Case]) -> set[tuple[str, Part | None]]:
        found = set()
        for takes_part in (False, True):
            stage.set_scene(eyes, Standing(Classification.ORDINARY, Classification.ORDINARY, takes_part=takes_part))
            found |= {
                (case.endpoint, case.rule.judges)
                for case in judging
                if any(ask(clients[name], case, allowed=True)[0] != 404 for name in ROLES)
            }
        return found

    assert open_to_somebody(judging) == {(case.endpoint, case.rule.judges) for case in judging}

    still_open = {}
    for part, (subject, number) in judged_by_part(eyes).items():
        rows = [Involvement(subject=subject, subject_id=number, part=part, account_id=account)
                for account in eyes.scalars(select(Account.id))]  # fmt: skip
        eyes.add_all(rows)
        eyes.flush()
        still_open[part] = open_to_somebody([case for case in judging if case.rule.judges is part])
        for row in rows:
            eyes.delete(row)
        eyes.flush()
    assert still_open == {part: set() for part in still_open}


def judged_by_part(session: Session) -> dict[Part, tuple[str, int]]:
    """The row of the stage in which each part excludes."""
    number = {name: int(session.execute(text(f"SELECT {NUMBERS[name]}")).scalar_one())
              for name in ("link_id", "proponent_id")}  # fmt: skip
    return {
        **dict.fromkeys((Part.IN_CHARGE, Part.REPORTED, Part.ASKED), ("action_item", stage.ACTION)),
        Part.SUBMITTED: ("meeting", stage.MEETING),
        Part.CORRECTED: ("proposal", stage.PROPOSAL),
        Part.SUGGESTED: ("proposal_target_link", number["link_id"]),
        Part.NAMED: ("proposal_proponent", number["proponent_id"]),
    }


@pytest.mark.repeated_later
def test_without_signing_in_existing_and_missing_rows_get_the_same_answer(app: Flask, eyes: Session) -> None:
    nobody = Client(app)
    before = stage.fingerprint(eyes)
    for case in cases(app, eyes):
        for path in (case.path, case.absent):
            answer = nobody.get(path) if case.method == "GET" else nobody.post(path)
            assert answer.status_code == (302 if case.method == "GET" else 401), (case, answer.status_code)
            if case.method == "GET":
                assert answer.location.startswith("/sign-in?next=")
    assert stage.fingerprint(eyes) == before
