"""A form sent after its sign-in has gone comes back filled, is not stored by that, and never travels between sites."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.architecture.test_routes import OPEN_TO_STRANGERS, UNSAFE, addresses
from tests.databases import Kind
from tests.elements import Element
from tests.forms import WRITERS, forms_first_reached_by, fresh, typed_names
from tests.visitor import ADMIN, PASSWORDS, READER, SECRETARIAT, Page, Visitor, filled
from tracker.audit.models import AuditHead
from tracker.core.form_keys import SpentKey
from tracker.core.forms import PageForm
from tracker.core.typed import SECRET_FIELDS

HERE = {"Origin": "http://localhost"}
OTHERS = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/localhost"}, {},
          {"Sec-Fetch-Site": "cross-site", **HERE}, {"Sec-Fetch-Site": "same-site", **HERE}]  # fmt: skip


@pytest.fixture
def kind() -> Kind:
    """What comes back does not depend on the database."""
    return "sqlite"


def send(browser: Visitor, path: str, values: dict[str, Any], headers: dict[str, str] = HERE) -> Page:
    return Page(browser.client.post(path, data=values, headers=headers), path)


def stored(session: Session) -> tuple[int, int]:
    """What any change that is stored would raise."""
    return session.scalar(select(AuditHead.length)) or 0, session.scalar(
        select(func.count()).select_from(SpentKey)
    ) or 0


def without_cookies(visit: Visitor) -> Visitor:
    return Visitor(visit.app)


def words_for(form: Element) -> dict[str, list[str]]:
    """Something to find again, in every field that takes words and is no secret."""
    names = [name for name in typed_names(form) if name not in SECRET_FIELDS]
    return {name: [f"Kata <b>{number}</b> “tetap” & utuh"] for number, name in enumerate(names)}


def sign_in_there(browser: Visitor, asked: Page, username: str) -> Page:
    """Sign in on the page that asked for it, and go on as its script does."""
    values = filled(asked.form("/sign-in")) | {"username": [username], "password": [PASSWORDS[username]]}
    going_on = send(browser, "/sign-in", values)
    assert going_on.status == 200, going_on.problems
    form = going_on.soup.select_one("form[data-send-now]")
    return send(browser, str(form["action"]), filled(form))


def shown_words(page: Page, action: str) -> dict[str, list[str]]:
    form = next(one for one in page.soup.select("main form[method=post]") if one["action"] == action)
    return filled(form)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("username", WRITERS)
def test_every_form_comes_back_filled_after_signing_in(visit: Visitor, session: Session, username: str) -> None:
    forms = forms_first_reached_by(username, visit.app)
    before, lost = stored(session), []
    for shape, form in fresh(visit.as_(username), forms):
        action, said, browser = str(form["action"]), words_for(form), without_cookies(visit)

        asked = send(browser, action, {**filled(form), **said})
        assert asked.status == 401, (shape, asked.status)
        page = sign_in_there(browser, asked, username)

        assert page.status in {409, 422}, (shape, page.status)
        again = shown_words(page, action)
        lost += [(shape, name) for name, value in said.items() if again.get(name) != value]
        assert any("Belum ada yang tersimpan" in problem for problem in page.problems), (shape, page.problems)
    assert lost == []
    assert stored(session)[1] == before[1]
    assert stored(session)[0] == before[0]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("username", WRITERS)
def test_every_form_of_an_earlier_sign_in_comes_back_filled(visit: Visitor, session: Session, username: str) -> None:
    forms = forms_first_reached_by(username, visit.app)
    shown = list(fresh(visit.as_(username), forms))
    now = visit.as_(username)
    before = stored(session)
    for shape, form in shown:
        action, said = str(form["action"]), words_for(form)

        page = send(now, action, {**filled(form), **said})

        assert page.status in {409, 422}, (shape, page.status)
        again = shown_words(page, action)
        assert {name: again.get(name) for name in said} == said, shape
    assert stored(session) == before


def test_a_form_that_came_back_is_stored_when_it_is_sent(visit: Visitor, session: Session) -> None:
    form = visit.as_(SECRETARIAT).get("/people/new").form("/people/new")
    browser = without_cookies(visit)
    page = sign_in_there(browser, send(browser, "/people/new", {**filled(form), "name": ["Nama Kembali"]}), SECRETARIAT)
    before = stored(session)

    answer = browser.submit(page, "/people/new")

    assert answer.status == 303, answer.problems
    assert stored(session)[0] > before[0]


def test_after_signing_out_elsewhere_a_form_is_kept_too(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new")
    browser.client.post("/sign-out", data={"csrf_token": browser.token()})

    asked = send(browser, "/people/new", {**filled(page.form("/people/new")), "name": ["Nama Kembali"]})
    back = sign_in_there(browser, asked, SECRETARIAT)

    assert asked.status == 401
    assert back.form("/people/new").select_one("[name=name]")["value"] == "Nama Kembali"


def test_who_signs_in_as_somebody_else_who_may_not_still_gets_the_words(visit: Visitor, session: Session) -> None:
    form = visit.as_(SECRETARIAT).get("/people/new").form("/people/new")
    browser, before = without_cookies(visit), stored(session)

    page = sign_in_there(browser, send(browser, "/people/new", {**filled(form), "name": ["Nama Kembali"]}), READER)

    assert page.status == 404
    assert "Nama Kembali" in page.text
    assert page.soup.select("main form") == []
    assert stored(session) == before


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_nothing_is_carried_from_another_site(visit: Visitor, session: Session, headers: dict[str, str]) -> None:
    signed_in, before = visit.as_(SECRETARIAT), stored(session)

    for browser in (without_cookies(visit), signed_in):
        answer = send(browser, "/people/new", {"name": "Nama Jahat Sekali"}, headers)

        assert answer.status == 400
        assert "Nama Jahat" not in str(answer.soup)
    assert stored(session) == before


def test_no_address_stores_what_came_without_its_token(visit: Visitor, app: Flask, session: Session) -> None:
    browser = visit.as_(ADMIN)
    before = stored(session)
    held = browser.client.get_cookie("tracker").value

    for name, path in addresses(app, UNSAFE).items():
        status = browser.client.post(path, data={"to": "held"}, headers=HERE).status_code
        assert 400 <= status < 500, (name, status)
        shown_again = browser.client.post(path, data={"show_again": "", "csrf_token": browser.token()}).status_code
        assert 400 <= shown_again < 500 or name == "accounts.enter", (name, shown_again)
        assert browser.client.get("/account").status_code == 200, name

    assert browser.client.get_cookie("tracker").value
    assert held
    assert stored(session) == before


def test_passwords_and_files_do_not_come_along(visit: Visitor) -> None:
    signed_in = visit.as_(ADMIN)
    form = signed_in.get("/accounts/new").form("/accounts/new")
    secret = "kalimat sandi yang panjang"

    asked = send(without_cookies(visit), "/accounts/new", {**filled(form), "password": [secret], "username": ["baru"]})
    with_file = {"caption": "Lampiran penting", "file": (io.BytesIO(b"x"), "surat <tugas>.pdf")}
    browser = without_cookies(visit)
    chosen = Page(browser.client.post("/attachments/new?meeting=1", data=with_file, headers=HERE), "/attachments/new")

    assert secret not in str(asked.soup)
    assert "surat <tugas>.pdf" in chosen.text
    back = sign_in_there(browser, chosen, SECRETARIAT)
    assert back.status == 409
    assert any("surat <tugas>.pdf" in problem for problem in back.problems)
    assert "Lampiran penting" in str(back.soup)


def fields_of(form: type[PageForm]) -> set[tuple[str, str]]:
    return {(name, made.field_class.__name__) for name in dir(form)
            if hasattr(made := getattr(form, name), "field_class")}  # fmt: skip


def test_the_secret_fields_are_those_of_the_forms(app: Flask) -> None:
    forms, todo = set(), [PageForm]
    while todo:
        forms.update(found := set(todo.pop().__subclasses__()))
        todo.extend(found)
    names = {field for form in forms for field in fields_of(form)}

    secret = {name for name, kind in names if kind == "PasswordField"} | {"sealed_seed"}

    assert secret == SECRET_FIELDS
    assert {kind for name, kind in names if name in SECRET_FIELDS} == {"PasswordField", "HiddenField"}


def test_public_forms_come_back_too(visit: Visitor) -> None:
    assert {"access.ask_for_reset", "accounts.enter"} <= OPEN_TO_STRANGERS
    for path in ("/sign-in/forgotten", "/sign-in"):
        form = visit.get(path).form(path)

        page = send(without_cookies(visit), path, {**filled(form), "username": ["nama saya"], "password": ["rahasia"]})

        assert 400 <= page.status < 500
        assert page.form(path).select_one("[name=username]")["value"] == "nama saya"
        assert "rahasia" not in str(page.soup.select("input"))
