"""The pages of webhooks: made, looked at, changed and ended by their owner alone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, OTHER_ADMIN, READER, SECRETARIAT, Visitor
from tracker.audit.models import AuditEntry, Event
from tracker.core import clock
from tracker.webhooks.models import Endpoint

pytestmark = pytest.mark.one_database
ADDRESS = "https://penerima.example/masuk?kunci=x"


def make(browser: Visitor, **changes: object) -> str:
    """Return the secret that the page shows."""
    values = {"target_url": ADDRESS, "description": "Loket", "hook_kinds": ["action.assigned"], **changes}
    page = browser.submit(browser.get("/account/webhooks/new"), "/account/webhooks/new", **values)
    assert page.status == 200, page.problems
    return str(page.soup.select_one("#secret")["value"])


def test_a_secret_is_shown_once_and_stored_encrypted(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADMIN)

    secret = make(browser)

    endpoint = session.scalars(select(Endpoint)).one()
    assert secret.startswith("whsec_")
    assert secret not in endpoint.sealed_secret
    for path in ("/account/webhooks", "/account/webhooks/1", "/account/webhooks/1/edit", "/audit"):
        assert secret not in str(browser.get(path).soup)
    stored = [
        str(entry.after) for entry in session.scalars(select(AuditEntry).filter_by(table_name="webhook_endpoint"))
    ]
    assert stored
    assert not any(endpoint.sealed_secret in one for one in stored)
    assert ADDRESS not in str(browser.get("/audit").soup)


@pytest.mark.parametrize("address", ["http://penerima.example/", "https://127.0.0.1/", "https://[::1]/", "x", ""])
def test_what_was_typed_comes_back_with_a_sentence(visit: Visitor, session: Session, address: str) -> None:
    browser = visit.as_(ADMIN)

    page = browser.submit(
        browser.get("/account/webhooks/new"), "/account/webhooks/new", target_url=address, description="Loket"
    )

    assert (page.status, len(page.problems)) == (422, 2)  # and nothing is ticked
    assert page.soup.select_one("#description")["value"] == "Loket"
    assert session.scalars(select(Endpoint)).all() == []


def test_an_owner_changes_pauses_and_ends_it(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADMIN)
    make(browser)

    edit = browser.get("/account/webhooks/1/edit")
    assert browser.submit(edit, "/account/webhooks/1/edit", hook_kinds=["proposal.decided", "ping"]).status == 422
    changed = {"hook_kinds": ["proposal.decided"], "target_url": "https://lain.example:8443/"}
    assert browser.submit(edit, "/account/webhooks/1/edit", **changed).status == 303
    for step in ("ping", "pause", "resume", "end"):
        page = browser.get("/account/webhooks/1")
        assert browser.submit(page, f"/account/webhooks/1/{step}").status == 303
    browser.get("/account/webhooks/1", 404)

    endpoint = session.scalars(select(Endpoint)).one()
    assert (endpoint.sealed_secret, endpoint.hook_kinds) == (None, ["proposal.decided"])
    verbs = session.scalars(select(Event.verb).filter_by(subject="webhook_endpoint").order_by(Event.id)).all()
    assert verbs == ["made", "edited", "pinged", "paused", "resumed", "ended"]


def test_others_see_nothing_of_it(visit: Visitor, session: Session) -> None:
    make(visit.as_(ADMIN))

    other = visit.as_(OTHER_ADMIN)
    assert "Loket" not in other.get("/account/webhooks").text
    for path in ("/account/webhooks/1", "/account/webhooks/1/edit"):
        other.get(path, 404)
    for step in ("edit", "secret", "pause", "resume", "ping", "end", "deliveries/1/again"):
        assert other.post(f"/account/webhooks/1/{step}", {"csrf_token": other.token()}).status == 404
    for username in (SECRETARIAT, READER):
        visit.as_(username).get("/account/webhooks", 404)
        assert not visit.as_(username).get("/account").soup.select("#webhooks")


def test_the_password_is_asked_for_again(visit: Visitor) -> None:
    browser = visit.as_(ADMIN)
    make(browser)
    form = browser.get("/account/webhooks/new")
    page = browser.get("/account/webhooks/1")

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        browser.get("/account/webhooks/new", 302)
        browser.get("/account/webhooks/1/edit", 302)
        assert browser.submit(form, "/account/webhooks/new").status == 403
        assert browser.submit(page, "/account/webhooks/1/secret").status == 403


def test_there_is_an_end_to_them(visit: Visitor) -> None:
    browser = visit.as_(ADMIN)
    for _ in range(10):
        make(browser)

    values = {"target_url": ADDRESS, "hook_kinds": ["action.assigned"]}
    refused = browser.submit(browser.get("/account/webhooks/new"), "/account/webhooks/new", **values)

    assert (refused.status, len(refused.problems)) == (409, 1)
