import re
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from tests.databases import Kind
from tests.elements import parsed
from tests.journeys.hands import acting_once_loaded
from tests.visitor import PASSWORDS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--lang=id-ID", "--accept-lang=id-ID"]  # fmt: skip
# How long a page may take to show what is expected, in ms: as long as an action may. A busy machine decides no test.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright, acting_once_loaded():
        program = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def kind() -> Kind:
    """Browser tests run on SQLite."""
    return "sqlite"


@pytest.fixture
def app_url(app: Flask) -> str:
    """URL of the database of the site."""
    return str(app.config["SQLALCHEMY_DATABASE_URI"])


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The app, served on a free port."""
    with Served(app) as address:
        yield address


def closed_before_it_is_sent(app: "WSGIApplication") -> "WSGIApplication":
    """The app with whole answers, so that none stays open.

    Werkzeug reads what a browser still has to say before it closes an answer, and forgets to close it, and the file
    it is read from, if that browser is gone.
    """

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return list(parts)

    return answered


class Served:
    """A server in its own thread."""

    def __init__(self, app: Flask) -> None:
        self.server = make_server("127.0.0.1", 0, closed_before_it_is_sent(app), threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def faults() -> list[str]:
    """Errors reported by the browser."""
    return []


@pytest.fixture
def page(chromium: Browser, site: str, faults: list[str]) -> Iterator[Page]:
    """A new browser window; console errors fail the test."""
    context = chromium.new_context(
        base_url=site, viewport={"width": 1280, "height": 900}, locale="id-ID", service_workers="block"
    )
    page = context.new_page()
    refused = "the server responded with a status of"  # 409 and 422 are expected, but Chromium logs them as errors
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and refused not in m.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def sign_in_unseen(page: Page, username: str, password: str = "") -> None:
    """Without opening a page, so that the page that a test is about is the first."""
    asked = page.context.request
    token = parsed(asked.get("/sign-in").text()).select_one("[name=csrf_token]")["value"]
    given = {"csrf_token": token, "username": username, "password": password or PASSWORDS[username]}
    assert asked.post("/sign-in", form=given, max_redirects=0).status == 303


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORDS[username])
    page.click("main button[type=submit]")
    page.wait_for_url("**/")


#: Suffixes of downloads, which are not pages.
FILES = re.compile(r"\.(csv|xlsx|pdf|docx|ics)(\?|$)|/attachments/\d+$|/template$|download|/present$")
#: The real meeting and its outcome, where the demo has most content.
RICH = [
    "/meetings/1",
    "/meetings/1/minutes",
    "/proposals/1",
    "/proposals/4",
    "/actions/1",
    "/targets/1",
    "/people/1",
    "/posts/5",
]


def every_page(page: Page, seen: set[str]) -> Iterator[str]:
    """Visit each reachable page of a new kind. Links are read after the caller has used the page."""
    todo = ["/", *(path for path in RICH if path not in seen)]
    while todo:
        path = todo.pop(0)
        seen |= {path, re.sub(r"\d+", "N", path.split("?")[0])}
        page.goto(path, wait_until="load")
        yield path
        for link in page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            near = link.split("#")[0]
            shape = re.sub(r"\d+", "N", near.split("?")[0])
            if shape not in seen and not FILES.search(near):
                seen.add(shape)
                todo.append(near)
