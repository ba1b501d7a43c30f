"""The secret address: made, shown once, fetched, ended."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.feed.calendars import address_of, calendar, fetched
from tests.security import stage
from tests.visitor import ADMIN, PASSWORDS, PIC, READER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account, CalendarAddress
from tracker.core import clock
from tracker.feed.routes import throttle

pytestmark = pytest.mark.one_database


def test_an_address_is_shown_once_and_stored_as_a_hash(visit: Visitor, session: Session) -> None:
    browser = visit.as_(PIC)

    address = address_of(browser)

    stored = session.scalars(select(CalendarAddress)).one()
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in {stored.token_hash, str(stored.id)}
    assert token not in str(browser.get("/account").soup)
    assert fetched(browser, address).status_code == 200


def test_whoever_fetches_it_needs_no_cookie_and_gets_none(visit: Visitor) -> None:
    browser = visit.as_(PIC)
    address = address_of(browser)

    own, strangers, others = fetched(browser, address), Visitor(visit.app), visit.as_(SECRETARIAT)

    assert own.mimetype == "text/calendar"
    assert own.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in own.headers
    assert own.data == strangers.client.get(address).data == others.client.get(address).data
    assert strangers.client.head(address).data == b""
    assert [strangers.client.open(address, method=way).status_code for way in ("POST", "PUT", "OPTIONS")] == [405] * 3


def test_the_account_page_tells_which_program_fetches_it_and_ends_it(visit: Visitor) -> None:
    browser = visit.as_(PIC)
    address = address_of(browser)
    assert "belum pernah" in browser.get("/account").text_of("#calendars")
    fetched(browser, address)

    page = browser.get("/account")
    [end] = [form["action"] for form in page.soup.select("#calendars form")]
    assert "macOS" in page.text_of("#calendars")
    assert browser.submit(page, end).status == 303

    assert fetched(browser, address).status_code == 404
    assert browser.post(end, {"csrf_token": browser.token()}).status == 404


def test_wrong_ended_and_closed_addresses_look_the_same(visit: Visitor, session: Session) -> None:
    first, second = address_of(visit.as_(PIC)), address_of(visit.as_(READER))
    browser = visit.as_(PIC)
    browser.submit(browser.get("/account"), browser.get("/account").soup.select_one("#calendars form")["action"])
    session.execute(update(Account).filter_by(username=READER).values(is_active=False))

    paths = ("/calendar/x.ics", f"/calendar/{'A' * 43}.ics", first, second)
    answers = {path: fetched(visit, path) for path in paths}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({stage.plain(answer, path) for path, answer in answers.items()}) == 1


@pytest.mark.parametrize("way", ["password", "everywhere", "administrator", "closed"])
def test_it_ends_with_the_sign_ins(visit: Visitor, session: Session, way: str) -> None:
    browser, admin = visit.sign_in(READER), visit.as_(ADMIN)
    address = address_of(browser)
    number = session.scalar(select(Account.id).filter_by(username=READER))

    if way == "password":
        form = browser.get("/account/password")
        browser.submit(form, "/account/password", current=PASSWORDS[READER], new="empat belas rusa lewat")
    elif way == "everywhere":
        browser.submit(browser.get("/account"), "/account/sign-out-everywhere")
    elif way == "administrator":
        admin.submit(admin.get(f"/accounts/{number}/edit"), f"/accounts/{number}/sign-ins/end")
    else:
        values = filled(admin.get(f"/accounts/{number}/edit").form(f"/accounts/{number}/edit"))
        admin.post(f"/accounts/{number}/edit", {name: value for name, value in values.items() if name != "is_active"})

    assert fetched(visit, address).status_code == 404
    assert session.scalars(select(CalendarAddress.ended_at)).one() is not None


def test_a_new_address_asks_for_the_password_again(visit: Visitor) -> None:
    browser = visit.as_(PIC)
    page = browser.get("/account/calendar")

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert browser.get("/account/calendar", 302).response.location.startswith("/account/proof")
        assert browser.submit(page, "/account/calendar").status == 403


def test_nobody_makes_one_in_a_preview(visit: Visitor, session: Session) -> None:
    browser = visit.sign_in(SECRETARIAT)
    form, token = browser.get("/preview"), browser.token()
    reader = session.scalar(select(Account.id).filter_by(username=PIC))
    assert browser.submit(form, "/preview", reader=reader).status == 303

    browser.get("/account/calendar", 404)
    assert browser.post("/account/calendar", {"csrf_token": token, "due_dates": "tasks"}).status == 409
    assert session.scalars(select(CalendarAddress)).all() == []


def test_nobody_ends_or_reads_the_address_of_somebody_else(visit: Visitor, session: Session) -> None:
    address = address_of(visit.as_(PIC))
    number = session.scalar(select(CalendarAddress.id))
    other = visit.as_(ADMIN)

    assert other.post(f"/account/calendar/{number}/end", {"csrf_token": other.token()}).status == 404
    assert fetched(visit, address).status_code == 200


def test_there_is_an_end_to_addresses_and_to_fetching(visit: Visitor, session: Session) -> None:
    browser = visit.as_(PIC)
    address = [address_of(browser) for _ in range(10)][-1]
    refused = browser.submit(browser.get("/account/calendar"), "/account/calendar")
    assert (refused.status, len(refused.problems)) == (409, 1)
    newest = session.scalar(select(func.max(CalendarAddress.id)))

    with visit.app.test_request_context():
        for _ in range(59):
            throttle.count_failure(address=str(newest), unknown="127.0.0.0/24")

    assert [fetched(visit, "/calendar/wrong.ics").status_code for _ in range(2)] == [404, 429]
    assert [fetched(visit, address).status_code for _ in range(2)] == [200, 429]


def test_what_did_not_change_is_not_sent_again(visit: Visitor) -> None:
    browser = visit.as_(PIC)
    address = address_of(browser)
    first = fetched(browser, address)

    again = fetched(browser, address, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert "Last-Modified" not in first.headers  # what is taken away would stay
    assert calendar(browser, address).todos
