"""Extra form fields and children of another parent change nothing; tried on every route."""

from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter

from tests.api.programs import API, program
from tests.depth import one_in
from tests.forms import WRITERS, forms_first_reached_by, forms_of_the_demo, fresh
from tests.security import stage
from tests.security.test_matrix import NUMBERS, WORDS, WouldStore
from tests.visitor import ADMIN, DECISION_MAKER, REVIEWER, SECRETARIAT, Visitor, filled
from tracker.core.db import Model, db

#: For each kind of parent in a URL, the id of another visible row.
OTHER_PARENTS = {"meeting_id": "2", "proposal_id": "6", "action_id": "3", "target_id": "5", "unit_id": "2",
                 "person_id": "2", "position_id": "2", "row_id": "3"}  # fmt: skip
#: Suffixes of columns that depend on time or randomness.
_OF_THE_MOMENT = ("_at", "at", "key", "once", "spent_at", "token_hash")


class Watch:
    """Records what a request would store, and prevents the commit."""

    def __init__(self) -> None:
        self.noted: list[Any] = []

    def __call__(self, session: Any) -> None:
        session.flush()
        noted = (
            (change, table, row, *({key: value for key, value in (content or {}).items()
                                    if not key.endswith(_OF_THE_MOMENT)} for content in (before, after)))
            for change, table, row, before, after in session.info.get("audit_pending", [])
        )  # fmt: skip
        # The flush order of unrelated tables is arbitrary.
        self.noted = sorted(noted, key=repr)
        raise WouldStore


class WatchOfAnswer(Watch):
    """Lets the commit pass with which a link is counted before its answer is read."""

    def __call__(self, session: Any) -> None:
        if session.info.get("audit_pending") or session.new or session.dirty:
            super().__call__(session)


def would_store(visitor: Visitor, path: str, values: dict[str, Any], watch: Watch | None = None) -> list[Any]:
    watch = watch or Watch()
    event.listen(db.session, "before_commit", watch, insert=True)
    try:
        visitor.client.post(path, data=values, buffered=True)
    except WouldStore:
        pass
    finally:
        event.remove(db.session, "before_commit", watch)
    return watch.noted


def every_column(form_has: set[str]) -> dict[str, str]:
    """A value for each column of each table that is not a field of the form."""
    names = {column.name for table in Model.metadata.tables.values() for column in table.columns}
    words = {"classification": "top_secret", "role": "admin", "roles": "admin", "clearance": "top_secret",
             "status": "approved", "state": "approved", "is_active": "1", "locked_at": "2020-01-01"}  # fmt: skip
    return {name: words.get(name, "7") for name in sorted(names | set(words)) if name not in form_has}


def fields_of_page(visitor: Visitor, address: str) -> set[str]:
    """The fields of the form on its own page: a row of an inbox offers some of them."""
    page = visitor.client.get(address)
    if page.status_code != HTTPStatus.OK:
        return set()
    return {field["name"] for field in BeautifulSoup(page.data, "lxml").select("main form [name]")}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite"])  # what a form takes up does not depend on the database
@one_in(3)
@pytest.mark.parametrize("username", [SECRETARIAT, REVIEWER, DECISION_MAKER, ADMIN])
def test_extra_form_fields_change_nothing(visit: Visitor, username: str, step: int) -> None:
    browser, wrong, stored = visit.as_(username), [], 0

    for shape, form in fresh(browser, forms_of_the_demo(username, visit.app, step)):
        asked = {name: [value or "Kata" for value in values] for name, values in filled(form).items()}
        values = {**asked, "version": filled(form).get("version", [""])}
        action = str(form["action"])
        plain = would_store(browser, action, values)
        extra = would_store(browser, action, {**every_column({*values} | fields_of_page(browser, action)), **values})
        stored += bool(plain)
        if plain != extra:
            wrong.append((shape, plain, extra))

    assert wrong == []
    assert stored >= 1 or step > 1, username


@pytest.mark.timeout(300)
@pytest.mark.long
@pytest.mark.parametrize("kind", ["postgresql"])  # on SQLite the test above sends them, and so do the tests of pages
def test_every_form_gets_as_far_as_the_commit_or_is_refused_in_words(visit: Visitor) -> None:
    stored, faults = 0, {}

    for username in WRITERS:
        browser = visit.as_(username)
        for shape, form in fresh(browser, forms_first_reached_by(username, visit.app)):
            values = {name: [value or "Kata" for value in sent] for name, sent in filled(form).items()}
            try:
                stored += bool(would_store(browser, str(form["action"]), values))
            except Exception as fault:  # of whatever kind
                faults[username, shape] = repr(fault)

    assert faults == {}
    assert stored >= 5


def _word_for(rule: Any, name: str) -> str:
    """What is not a number in the address: one of its choices, or some word."""
    converter = rule._converters[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else WORDS.get(name, "x")


def test_children_of_another_parent_are_not_found(app: Flask, session: Session, visit: Visitor) -> None:
    stage.build(app, session)
    numbers = {name: str(session.execute(text(f"SELECT {what}")).scalar_one()) for name, what in NUMBERS.items()}
    names = (SECRETARIAT, ADMIN, DECISION_MAKER)
    browsers, programs = [visit.as_(name) for name in names], [program(app, name) for name in names]
    tokens = [browser.token() for browser in browsers]
    for asks in programs:
        asks.get("/meetings")  # the first use of a token is noted
    adapter, before, tried, wrong = app.url_map.bind("localhost"), stage.fingerprint(session), 0, []

    for rule in app.url_map.iter_rules():
        ids = _ids(rule)
        if len(ids) < 2 or ids[0] not in OTHER_PARENTS:
            continue
        values = {name: numbers.get(name) or _word_for(rule, name) for name in rule.arguments}
        values[ids[0]] = OTHER_PARENTS[ids[0]]
        method = min(rule.methods - {"HEAD", "OPTIONS"})
        path = adapter.build(rule.endpoint, values, method=method)
        for browser, token, asks in zip(browsers, tokens, programs, strict=True):
            if path.startswith(API):
                answer = asks.ask(method, path, json={})
            else:
                answer = browser.client.open(path, method=method, data={"csrf_token": token})
            tried += 1
            if answer.status_code != 404:
                wrong.append((path, answer.status_code))

    assert wrong == []
    assert tried >= 18
    assert stage.fingerprint(session) == before


def _ids(rule: Any) -> list[str]:
    """Names of the ids in a URL in order, the parent first."""
    found = [(rule.rule.index(f":{name}>"), name) for name in rule.arguments if f":{name}>" in rule.rule]
    return [name for _, name in sorted(found) if name.endswith("_id")]
