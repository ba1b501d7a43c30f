"""Starting, using and ending a preview."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.accounts.view_as.conftest import Previewing
from tests.architecture.test_routes import UNSAFE, addresses
from tests.security import stage
from tests.test_statement_counts import cost_of
from tests.visitor import ADMIN, ADVISER, DECISION_MAKER, PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.models import Account, Preview
from tracker.audit.models import AuditEntry, Event
from tracker.audit.queries import chain_faults
from tracker.core import clock

pytestmark = pytest.mark.one_database

BANNER = ".preview-bar"


def test_a_banner_is_shown_on_every_page_until_the_preview_ends(preview: Previewing) -> None:
    browser = preview(SECRETARIAT, READER)

    for path, status in {"/": 200, "/meetings/1": 200, "/search?q=ham": 200, "/tidak-ada": 404, "/audit": 404}.items():
        assert "Anda melihat ini sebagai Pembaca" in browser.get(path, status).text_of(BANNER), path
    page = browser.get("/meetings/1")
    assert not page.soup.select('a[href$="/edit"]')
    assert browser.post("/preview/end", {"csrf_token": token(browser), "next": "/meetings/1"}).status == 303
    page = browser.get("/meetings/1")
    assert not page.text_of(BANNER)
    assert page.soup.select('a[href$="/meetings/1/edit"]')


def test_navigation_links_of_a_role_require_both_accounts(preview: Previewing, visit: Visitor) -> None:
    assert {"/accounts", "/audit"} <= set(visit.as_(ADMIN).get("/meetings").links)

    through = preview(SECRETARIAT, ADMIN).get("/meetings").links

    assert not {"/accounts", "/audit"} & set(through)


def token(browser: Visitor) -> str:
    return str(browser.get("/meetings").soup.select_one("input[name=csrf_token]")["value"])


@pytest.mark.parametrize("reader", [SECRETARIAT, ADMIN])
def test_nothing_is_stored_in_a_preview(preview: Previewing, app: Flask, session: Session, reader: str) -> None:
    browser = preview(ADMIN if reader == SECRETARIAT else SECRETARIAT, reader)
    fields = {"csrf_token": token(browser)}
    before = stage.fingerprint(session)

    statuses = {
        name: browser.client.post(path, data=fields).status_code
        for name, path in addresses(app, UNSAFE).items()
        # The last two need only the link in a mail.
        if name not in {"view_as.end", "accounts.sign_out", "mails.stop", "reply_links.answer"}
    }

    assert statuses == dict.fromkeys(statuses, 409)
    assert len(statuses) > 100
    assert "tidak ada yang disimpan" in browser.post("/preview", fields).text
    assert stage.fingerprint(session) == before


def test_a_preview_costs_one_statement_more(preview: Previewing, app: Flask, visit: Visitor) -> None:
    through, reader = preview(SECRETARIAT, READER), visit.as_(READER)

    for path in ("/", "/meetings", "/meetings/1", "/search?q=forum+nasional"):
        assert cost_of(app, through, path) == cost_of(app, reader, path) + 1, path
    assert cost_of(app, visit.as_(SECRETARIAT), "/preview") == 3


def test_the_readers_own_account_pages_are_closed(preview: Previewing) -> None:
    browser = preview(SECRETARIAT, READER)

    for path in ("/account", "/account/password", "/account/mails", "/account/second-step", "/preview"):
        browser.get(path, 404)


@pytest.mark.parametrize("username", [ADVISER, REVIEWER, DECISION_MAKER, PIC, READER])
def test_other_roles_cannot_preview(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)

    browser.get("/preview", 404)
    assert not [link for link in browser.get("/meetings/1").links if link.startswith("/preview")]


def test_only_other_active_accounts_can_be_previewed(visit: Visitor, session: Session) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(is_active=False))
    ids = dict(session.execute(select(Account.username, Account.id)).all())
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/meetings/1")
    assert page.links.count("/preview?next=/meetings/1") == 1

    page = browser.get("/preview?next=/meetings/1")

    offered = [str(option["value"]) for option in page.soup.select("#reader option")]
    assert {str(ids[READER]), str(ids[ADMIN])} <= set(offered)
    assert not {str(ids[SECRETARIAT]), str(ids[PIC])} & set(offered)
    for wrong in ("", ids[SECRETARIAT], ids[PIC], 999999):
        assert browser.submit(page, "/preview", reader=wrong).status == 422
    assert session.scalars(select(Preview)).all() == []


def test_a_preview_expires_after_half_an_hour(preview: Previewing, session: Session) -> None:
    at = clock.now()
    browser = preview(SECRETARIAT, READER)

    with time_machine.travel(at + timedelta(minutes=29), tick=False):
        browser.get("/meetings/1/edit", 404)
    with time_machine.travel(at + timedelta(minutes=31), tick=False):
        assert not browser.get("/meetings/1/edit").text_of(BANNER)
        browser.submit(browser.get("/preview"), "/preview", reader=session.scalar(
            select(Account.id).filter_by(username=ADVISER)))  # fmt: skip

    first, second = session.scalars(select(Preview).order_by(Preview.id))
    assert first.ended_at == first.until
    assert second.ended_at is None


@pytest.mark.parametrize("lost", ["is_active", "role"])
def test_a_preview_ends_when_the_right_is_lost(preview: Previewing, session: Session, lost: str) -> None:
    browser = preview(SECRETARIAT, READER)
    if lost == "is_active":
        session.execute(update(Account).filter_by(username=READER).values(is_active=False))
    else:
        session.execute(text("UPDATE account_role SET role = 'adviser' WHERE role = 'secretariat'"))

    assert not browser.get("/meetings").text_of(BANNER)


def test_signing_out_ends_a_preview_and_both_steps_are_audited(
    preview: Previewing, session: Session, app: Flask, visit: Visitor
) -> None:
    browser = preview(SECRETARIAT, READER)

    assert browser.post("/sign-out", {"csrf_token": token(browser)}).response.location == "/sign-in"

    entries = session.scalars(select(AuditEntry).filter_by(table_name="preview").order_by(AuditEntry.id)).all()
    assert [(entry.change, entry.by_name) for entry in entries] == [
        ("insert", "Sekretariat"),
        ("update", "Sekretariat"),
    ]
    assert entries[0].after["until"] > entries[0].after["begun_at"]
    assert entries[1].after["ended_at"]
    events = session.scalars(select(Event).where(Event.verb.startswith("preview")).order_by(Event.id)).all()
    assert [(event.verb, event.by_name, event.subject) for event in events] == [
        ("preview_begun", "Sekretariat", "account"),
        ("preview_ended", "Sekretariat", "account"),
    ]
    assert "Pratinjau" in visit.as_(ADMIN).get("/audit?kind=preview").text_of("tbody tr")
    assert not visit.sign_in(SECRETARIAT).get("/meetings").text_of(BANNER)
    with app.app_context():
        assert list(chain_faults({})) == []


def test_signing_out_everywhere_ends_a_preview(preview: Previewing, session: Session, visit: Visitor) -> None:
    browser = preview(SECRETARIAT, READER)
    other = visit.as_(SECRETARIAT)

    other.client.post("/account/sign-out-everywhere", data={"csrf_token": other.token()})

    browser.get("/meetings", 302)
    assert session.scalar(select(Preview.ended_at)) is not None
