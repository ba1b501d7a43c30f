"""A browser for tests: gets pages, fills in the forms it was shown, and checks the page rules."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.test import TestResponse

from tests import house_rules
from tests.databases import cookies_for
from tests.elements import Element, parsed
from tracker.demo.setting import ACCOUNTS

PASSWORDS = {account.username: account.password for account in ACCOUNTS}
SECRETARIAT, ADVISER, REVIEWER, DECISION_MAKER, PIC, ADMIN, READER, OTHER_SECRETARIAT, OTHER_ADMIN = (
    account.username for account in ACCOUNTS
)


def key_of(words: str) -> str:
    """A form key derived from a text, in the format that forms use."""
    return urlsafe_b64encode(hashlib.sha256(words.encode()).digest()[:18]).decode()


class Page:
    """A response with its parsed page."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response = response
        self.path = path
        self.status = response.status_code
        self.is_document = response.mimetype != "text/html"
        if self.is_document:  # read and close what is sent from a file, as a browser would
            response.get_data()
            response.close()
        self.soup = parsed("" if self.is_document else response.get_data(as_text=True))

    @property
    def heading(self) -> str:
        return self.text_of("h1")

    @property
    def text(self) -> str:
        return self.soup.text

    @property
    def problems(self) -> list[str]:
        """Messages of the error summary."""
        return self.all_of(".error-summary li")

    @property
    def links(self) -> list[str]:
        return [link["href"] for link in self.soup.select("a[href]")]

    def text_of(self, selector: str) -> str:
        found = self.soup.select_one(selector)
        return found.text if found else ""

    def all_of(self, selector: str) -> list[str]:
        return [found.text for found in self.soup.select(selector)]

    def form(self, action: str) -> Element:
        forms = self.soup.select(".subhead form[method=post], main form[method=post]")
        for form in forms:
            if form["action"] == action:
                return form
        button = self.soup.select_one(f"button[formaction='{action}'][form]")  # its form has an address of its own
        if button:
            return self.soup.select_one(f"form[id='{button['form']}']")
        raise AssertionError(f"no form for {action} on {self.path}: {[form['action'] for form in forms]}")


def filled(form: Element, *, with_script: bool = True) -> dict[str, list[str]]:
    """What a browser would send for an unchanged form. With script, a combobox sends words only while it has no id."""
    values: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        values.setdefault(control["name"], []).extend(_sent(control))
    for box in form.select("[data-choices]") if with_script else ():
        hidden = form.select(f"input[type=hidden][name='{box['data-field']}']")
        if any(chosen["value"] for chosen in hidden) or not box["value"]:
            del values[box["name"]]
        values.setdefault(box["data-field"], [])
    return values


def _sent(control: Element) -> list[str]:
    if control.name == "select":
        first = [] if control.has_attr("multiple") else control.select("option")[:1]
        return [option.get("value", "") for option in control.select("option[selected]") or first]
    if control.name == "textarea":
        return [control.get_text()]
    if control.get("type") in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [control.get("value", "")]


class Visitor:
    """A browser session."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def as_(self, username: str) -> "Visitor":
        """A new session, signed in when the demo was created, or now."""
        cookie = cookies_for(self.app).get(username)
        if cookie is None:
            return self.sign_in(username)
        other = Visitor(self.app)
        other.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], cookie)
        return other

    def sign_in(self, username: str, password: str | None = None) -> "Visitor":
        """A new session that signs in now."""
        other = Visitor(self.app)
        page = other.get("/sign-in")
        answer = other.submit(page, "/sign-in", username=username, password=password or PASSWORDS[username])
        assert answer.status == 303, answer.problems
        return other

    def look(self, path: str) -> Page:
        """The answer, whatever its status."""
        page = Page(self.client.get(path, buffered=True), path)
        house_rules.check(page.response, page.soup, path)
        return page

    def get(self, path: str, status: int = 200) -> Page:
        page = self.look(path)
        assert page.status == status, (path, page.status, page.heading)
        return page

    def follow(self, page: Page) -> Page:
        """The page that a redirect leads to."""
        assert page.status == 303, (page.status, page.problems)
        return self.get(page.response.location.split("#")[0])

    def submit(self, page: Page, action: str, **changes: Any) -> Page:
        """Submit the form as shown, with these changes; a list gives several values."""
        values = filled(page.form(action))
        for name, value in changes.items():
            assert name in values, f"no field {name} in the form for {action}: {sorted(values)}"
            values[name] = [str(part) for part in value] if isinstance(value, list) else [str(value)]
        return self.post(action, values)

    def post(self, path: str, values: dict[str, Any]) -> Page:
        page = Page(self.client.post(path, data=values), path)
        page.response.request.environ["wsgi.input"].close()  # a temporary file, if it is large
        if page.status != 303:
            house_rules.check(page.response, page.soup, path)
        return page

    def quiet(self, path: str, **fields: Any) -> TestResponse:
        """A request of the script of the live minutes, which expects JSON; POST if there are fields."""
        headers = {"Accept": "application/json"}
        if not fields:
            return self.client.get(path, headers=headers)
        return self.client.post(path, data={"csrf_token": self.token(), **fields}, headers=headers)

    def token(self) -> str:
        """A CSRF token of this session."""
        page = Page(self.client.get("/account"), "/account")
        return page.soup.select_one("input[name=csrf_token]")["value"]


def offered(browser: Visitor, page: Page, field: str, typed: str = "") -> list[str]:
    """The ids that a combobox of the page finds for what is typed."""
    box = page.soup.select_one(f"[data-field='{field}']")
    assert box, f"no combobox {field} on {page.path}"
    address, _, narrowed = box["data-choices"].partition("?")
    answer = browser.client.get(address, query_string=[*parse_qsl(narrowed), ("q", typed)])
    assert answer.status_code == 200, (page.path, answer.status_code)
    return [str(choice["id"]) for choice in answer.json["choices"]]
