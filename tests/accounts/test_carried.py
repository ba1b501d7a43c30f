"""A form sent after its sign-in has ended comes back filled and unsaved, and is never carried between sites."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.architecture.test_routes import OPEN_TO_STRANGERS, UNSAFE, addresses
from tests.databases import Kind
from tests.depth import one_in
from tests.elements import Element
from tests.forms import WRITERS, forms_first_reached_by, fresh, typed_names
from tests.visitor import ADMIN, PASSWORDS, READER, SECRETARIAT, Page, Visitor, filled
from tracker.audit.models import AuditHead
from tracker.core.form_keys import SpentKey
from tracker.core.forms import PageForm
from tracker.core.typed import SECRET_FIELDS

SAME_SITE = {"Origin": "http://localhost"}
OTHER_SITES = [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/localhost"}, {},
    {"Sec-Fetch-Site": "cross-site", **SAME_SITE}, {"Sec-Fetch-Site": "same-site", **SAME_SITE},
]  # fmt: skip


SOME_WRITERS = pytest.mark.parametrize(
    "username", [SECRETARIAT, *(pytest.param(name, marks=pytest.mark.long) for name in WRITERS if name != SECRETARIAT)]
)


@pytest.fixture
def kind() -> Kind:
    """The result does not depend on the database."""
    return "sqlite"


def send(browser: Visitor, path: str, values: dict[str, Any], headers: dict[str, str] = SAME_SITE) -> Page:
    return Page(browser.client.post(path, data=values, headers=headers), path)


def stored(session: Session) -> tuple[int, int]:
    """(length of the audit chain, number of used form keys): any stored change raises one of them."""
    return session.scalar(select(AuditHead.length)) or 0, session.scalar(
        select(func.count()).select_from(SpentKey)
    ) or 0


def without_cookies(visit: Visitor) -> Visitor:
    return Visitor(visit.app)


def sample_input(form: Element) -> dict[str, list[str]]:
    """A distinct text for every text field that is not secret."""
    names = [name for name in typed_names(form) if name not in SECRET_FIELDS]
    return {name: [f"Kata <b>{number}</b> “tetap” & utuh"] for number, name in enumerate(names)}


def sign_in_and_resume(browser: Visitor, sign_in_page: Page, username: str) -> Page:
    """Sign in on the page that sign_in_page for it, and send the carried form as its script does."""
    values = filled(sign_in_page.form("/sign-in")) | {"username": [username], "password": [PASSWORDS[username]]}
    resumed = send(browser, "/sign-in", values)
    assert resumed.status == 200, resumed.problems
    form = resumed.soup.select_one("form[data-send-now]")
    return send(browser, str(form["action"]), filled(form))


def shown_input(page: Page, action: str) -> dict[str, list[str]]:
    form = next(form for form in page.soup.select("main form[method=post]") if form["action"] == action)
    return filled(form)


@pytest.mark.timeout(600)
@one_in(15)
@SOME_WRITERS
def test_every_form_comes_back_filled_after_signing_in(
    visit: Visitor, session: Session, username: str, step: int
) -> None:
    forms = forms_first_reached_by(username, visit.app, step)
    before, lost = stored(session), []
    for shape, form in fresh(visit.as_(username), forms):
        action, typed, browser = str(form["action"]), sample_input(form), without_cookies(visit)

        sign_in_page = send(browser, action, {**filled(form), **typed})
        assert sign_in_page.status == 401, (shape, sign_in_page.status)
        page = sign_in_and_resume(browser, sign_in_page, username)

        assert page.status in {409, 422}, (shape, page.status)
        again = shown_input(page, action)
        lost += [(shape, name) for name, value in typed.items() if again.get(name) != value]
        assert any("Belum ada yang tersimpan" in problem for problem in page.problems), (shape, page.problems)
    assert lost == []
    assert stored(session)[1] == before[1]
    assert stored(session)[0] == before[0]


@pytest.mark.timeout(600)
@one_in(15)
@SOME_WRITERS
def test_every_form_of_an_earlier_sign_in_comes_back_filled(
    visit: Visitor, session: Session, username: str, step: int
) -> None:
    forms = forms_first_reached_by(username, visit.app, step)
    shown = list(fresh(visit.as_(username), forms))
    now = visit.as_(username)
    before = stored(session)
    for shape, form in shown:
        action, typed = str(form["action"]), sample_input(form)

        page = send(now, action, {**filled(form), **typed})

        assert page.status in {409, 422}, (shape, page.status)
        again = shown_input(page, action)
        assert {name: again.get(name) for name in typed} == typed, shape
    assert stored(session) == before


def test_a_restored_form_can_be_saved(visit: Visitor, session: Session) -> None:
    form = visit.as_(SECRETARIAT).get("/people/new").form("/people/new")
    browser = without_cookies(visit)
    page = sign_in_and_resume(
        browser, send(browser, "/people/new", {**filled(form), "name": ["Nama Kembali"]}), SECRETARIAT
    )
    before = stored(session)

    answer = browser.submit(page, "/people/new")

    assert answer.status == 303, answer.problems
    assert stored(session)[0] > before[0]


def test_a_form_survives_signing_out_in_another_tab(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new")
    browser.client.post("/sign-out", data={"csrf_token": browser.token()})

    sign_in_page = send(browser, "/people/new", {**filled(page.form("/people/new")), "name": ["Nama Kembali"]})
    back = sign_in_and_resume(browser, sign_in_page, SECRETARIAT)

    assert sign_in_page.status == 401
    assert back.form("/people/new").select_one("[name=name]")["value"] == "Nama Kembali"


def test_signing_in_without_the_right_still_shows_the_input(visit: Visitor, session: Session) -> None:
    form = visit.as_(SECRETARIAT).get("/people/new").form("/people/new")
    browser, before = without_cookies(visit), stored(session)

    page = sign_in_and_resume(browser, send(browser, "/people/new", {**filled(form), "name": ["Nama Kembali"]}), READER)

    assert page.status == 404
    assert "Nama Kembali" in page.text
    assert page.soup.select("main form") == []
    assert stored(session) == before


@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
def test_nothing_is_carried_from_another_site(visit: Visitor, session: Session, headers: dict[str, str]) -> None:
    signed_in, before = visit.as_(SECRETARIAT), stored(session)

    for browser in (without_cookies(visit), signed_in):
        answer = send(browser, "/people/new", {"name": "Nama Jahat Sekali"}, headers)

        assert answer.status == 400
        assert "Nama Jahat" not in str(answer.soup)
    assert stored(session) == before


def test_no_route_stores_a_request_without_a_csrf_token(visit: Visitor, app: Flask, session: Session) -> None:
    browser = visit.as_(ADMIN)
    before, token = stored(session), browser.token()
    token_cookie = browser.client.get_cookie("tracker").value

    for name, path in addresses(app, UNSAFE).items():
        status = browser.client.post(path, data={"to": "held"}, headers=SAME_SITE).status_code
        assert 400 <= status < 500, (name, status)
        shown_again = browser.client.post(path, data={"show_again": "", "csrf_token": token}).status_code
        assert 400 <= shown_again < 500 or name == "accounts.enter", (name, shown_again)
        assert browser.client.get("/account").status_code == 200, name

    assert browser.client.get_cookie("tracker").value
    assert token_cookie
    assert stored(session) == before


def test_passwords_and_files_are_not_carried(visit: Visitor) -> None:
    signed_in = visit.as_(ADMIN)
    form = signed_in.get("/accounts/new").form("/accounts/new")
    secret = "kalimat sandi yang panjang"

    sign_in_page = send(
        without_cookies(visit), "/accounts/new", {**filled(form), "password": [secret], "username": ["baru"]}
    )
    with_file = {"caption": "Lampiran penting", "file": (io.BytesIO(b"x"), "surat <tugas>.pdf")}
    browser = without_cookies(visit)
    sign_in_page_with_file = Page(
        browser.client.post("/attachments/new?meeting=1", data=with_file, headers=SAME_SITE), "/attachments/new"
    )

    assert secret not in str(sign_in_page.soup)
    assert "surat <tugas>.pdf" in sign_in_page_with_file.text
    back = sign_in_and_resume(browser, sign_in_page_with_file, SECRETARIAT)
    assert back.status == 409
    assert any("surat <tugas>.pdf" in problem for problem in back.problems)
    assert "Lampiran penting" in str(back.soup)


def fields_of(form: type[PageForm]) -> set[tuple[str, str]]:
    return {(name, field.field_class.__name__) for name in dir(form)
            if hasattr(field := getattr(form, name), "field_class")}  # fmt: skip


def test_the_secret_fields_are_those_of_the_forms(app: Flask) -> None:
    forms, todo = set(), [PageForm]
    while todo:
        forms.update(subclasses := set(todo.pop().__subclasses__()))
        todo.extend(subclasses)
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
