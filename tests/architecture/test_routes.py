"""Rules that hold for every route, read from the URL map so that new routes are covered."""

import re

import pytest
from flask import Flask

from tests.databases import Kind
from tests.visitor import READER, Visitor
from tracker.core.settings import ROOT

pytestmark = pytest.mark.one_database

OPEN_TO_STRANGERS = {"accounts.sign_in", "accounts.enter", "accounts.choose_language", "operations.alive",
                     "operations.ready", "operations.counts", "access.choose", "access.use", "access.forgotten",
                     "access.ask_for_reset", "access.to_office", "access.from_office", "access.office_code",
                     "access.take_office_code", "minutes.verify", "mails.stopping", "mails.stop", "feed.show", "static",
                     "offline.manifest", "offline.worker", "offline.away", "reply_links.show",
                     "reply_links.answer", "specification.show", "invitations.asked", "invitations.answer",
                     "check_in.ask", "check_in.find", "check_in.show", "check_in.arrive"}  # fmt: skip
#: A failed attempt to sign in is refused and yet counted, so these store on a bad answer too.
STORES_REFUSALS = {"accounts.enter", "accounts.accept_proof", "access.take_office_code"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def addresses(app: Flask, methods: set[str]) -> dict[str, str]:
    """A path for each endpoint that accepts one of the methods. Programs have no pages: see tests/api."""
    adapter = app.url_map.bind("localhost")
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.methods & methods and rule.endpoint != "static" and not rule.endpoint.startswith("api."):
            values = {name: "1" if type(rule._converters[name]).__name__ == "RowNumber" else "U-2020-001"
                      if type(rule._converters[name]).__name__ == "CodeInAddress"
                      else next(iter(getattr(rule._converters[name], "items", ["x"])))
                      for name in rule.arguments}  # fmt: skip
            found[rule.endpoint] = adapter.build(rule.endpoint, values, method=next(iter(rule.methods & methods)))
    return found


def test_templates_link_only_to_endpoints_that_there_are(app: Flask) -> None:
    texts = "".join(file.read_text() for file in (ROOT / "templates").rglob("*") if file.is_file())
    linked = set(re.findall(r"""\b(?:url_for|here_as|address)\(\s*["'](\w+\.\w+)["']""", texts))

    assert len(linked) > 100
    assert linked - app.view_functions.keys() == set()


def test_every_writing_route_is_transactional(app: Flask) -> None:
    writing = [rule.endpoint for rule in app.url_map.iter_rules() if rule.methods & UNSAFE]

    loose = {name for name in writing if not getattr(app.view_functions[name], "is_transactional", False)}

    assert loose == STORES_REFUSALS


def test_only_listed_pages_are_open_without_signing_in(app: Flask) -> None:
    views = app.view_functions.items()

    public = {name for name, view in views if getattr(view, "is_public", False)} | {"static"}

    assert public == OPEN_TO_STRANGERS


def test_every_other_page_requires_signing_in(app: Flask) -> None:
    client = app.test_client()
    closed = {name: path for name, path in addresses(app, {"GET"}).items() if name not in OPEN_TO_STRANGERS}

    answers = {name: (client.get(path).status_code, client.get(path).location) for name, path in closed.items()}

    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(closed, 302)
    assert all(location.startswith("/sign-in?next=") for _, location in answers.values())


def test_a_reader_can_change_only_their_own_settings(visit: Visitor, app: Flask) -> None:
    browser = visit.as_(READER)
    token = browser.token()
    own = {"accounts.sign_out", "accounts.sign_out_everywhere", "accounts.update_password", "accounts.update_mails",
           "accounts.accept_proof", "accounts.enter", "accounts.choose_language", "accounts.end_sign_in",
           "guide.end_tour",
           "access.turn_on", "access.turn_off", "access.use", "access.ask_for_reset", "view_as.end",
           "feed.create", "tokens.create",
           "check_in.find", "check_in.arrive"}  # fmt: skip
    others = {name: path for name, path in addresses(app, UNSAFE).items() if name not in own}

    answers = {name: browser.client.post(path, data={"csrf_token": token}).status_code for name, path in others.items()}

    assert answers == dict.fromkeys(others, 404)


def test_every_form_sent_without_a_token_is_refused(visit: Visitor, app: Flask, kind: Kind) -> None:
    browser = visit.as_(READER)
    writing = addresses(app, UNSAFE)
    sealed = {name for name, view in app.view_functions.items() if getattr(view, "is_sealed", False)}

    answers = {name: browser.client.post(path).status_code for name, path in writing.items()}

    assert sealed == {"mails.stopping", "mails.stop", "feed.show", "reply_links.show", "reply_links.answer"}
    assert answers == {name: 404 if name in sealed else 400 for name in writing}  # that address is sealed by nobody
