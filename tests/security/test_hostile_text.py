"""Hostile text in every field is shown as text: on pages, in conflicts, refusals, histories and previews."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.forms import forms_within_reach, fresh, typed_names
from tests.security import hostile, stage
from tests.security.test_matrix import cases
from tests.visitor import ADMIN, PASSWORDS, SECRETARIAT, Page, Visitor, filled

MIN_FIELDS = 30
#: Number of texts in the corpus that have no effect in plain HTML.
HARMLESS = 9
_FILES = (".csv", ".xlsx", ".pdf", ".docx")
pytestmark = pytest.mark.long


@pytest.fixture
def kind() -> str:
    """Escaping does not depend on the database."""
    return "sqlite"


@pytest.fixture
def planted(app: Flask, session: Session) -> int:
    """The demo with hostile text in every field that people type into."""
    fields = hostile.plant(session)
    stage.build(app, session)
    return fields


def test_the_detector_finds_hostile_text() -> None:
    assert len(hostile.CORPUS) >= MIN_FIELDS
    around = ("<p title='x'>{}</p>", '<p title="{}">', "<p title='{}'>", "<p title=`{}`>", '<a href="{}">')
    unescaped = [words for words in hostile.CORPUS if not any(hostile.faults(one.format(words)) for one in around)]
    # Harmless in plain HTML; dangerous in templates, spreadsheets and with double decoding.
    assert len(unescaped) <= HARMLESS, unescaped


@pytest.mark.timeout(300)
def test_hostile_text_is_escaped_on_every_page(planted: int, visit: Visitor, app: Flask, session: Session) -> None:
    seen, shapes, found, shown = set(), {}, {}, 0
    addresses = {case.path for case in cases(app, session) if case.method == "GET" and not case.path.endswith(_FILES)}

    for username in PASSWORDS:
        browser, todo = visit.as_(username), ["/", *sorted(addresses - seen)]
        while todo:
            path = todo.pop(0)
            page = Page(browser.client.get(path, buffered=True), path)
            assert page.status < 500, (path, page.status)
            if page.is_document or page.status != 200:
                continue
            seen.add(path)
            html = page.response.get_data(as_text=True)
            shown += hostile.MARK in html
            if wrong := hostile.faults(html):
                found[f"{username} {path}"] = wrong[:2]
            for link in page.links:
                path = link.split("#")[0]
                shape = re.sub(r"\d+", "N", path.split("?")[0])
                if path.startswith("/") and path not in seen and path not in todo and shapes.get(shape, 0) < 1:
                    shapes[shape] = shapes.get(shape, 0) + 1
                    todo.append(path)

    assert found == {}
    assert planted > 1000
    assert shown > 60, shown


@pytest.mark.timeout(300)
@pytest.mark.parametrize("username", [SECRETARIAT, ADMIN])
def test_hostile_text_is_escaped_in_conflicts_refusals_and_previews(
    planted: int, visit: Visitor, username: str
) -> None:
    browser, found, answered, turn = visit.as_(username), {}, 0, 0

    for shape, form in fresh(browser, forms_within_reach(username, visit.app)):
        for version in ("0", "999"):
            said = {}
            for name in typed_names(form):
                said[name] = [hostile.CORPUS[turn % len(hostile.CORPUS)]]
                turn += 1
            values = {**filled(form), **said}
            if "version" in values:
                values["version"] = [version]
            answer = browser.client.post(str(form["action"]), data=values, buffered=True)
            assert answer.status_code < 500, (shape, answer.status_code)
            if answer.status_code in {200, 409, 422}:
                answered += 1
                if wrong := hostile.faults(answer.get_data(as_text=True)):
                    found[shape] = wrong[:2]

    assert found == {}
    assert answered > 10, answered
