from datetime import timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, PASSWORDS, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.commands import is_right
from tracker.accounts.models import Account, SignIn
from tracker.core import clock
from tracker.core.request import safe_path


def attempt(visit: Visitor, username: str, password: str) -> Page:
    return visit.submit(visit.get("/sign-in"), "/sign-in", username=username, password=password)


def test_a_wrong_password_and_an_unknown_name_get_the_same_response(visit: Visitor) -> None:
    wrong, unknown = attempt(visit, READER, "salah-sama-sekali"), attempt(visit, "tidak-ada", "salah-sama-sekali")

    assert (wrong.status, wrong.problems) == (unknown.status, unknown.problems)
    assert wrong.status == 422
    assert wrong.form("/sign-in").select_one("[name=username]")["value"] == READER


def test_after_five_failures_even_the_right_password_is_refused(visit: Visitor) -> None:
    statuses = [attempt(visit, READER, "salah").status for _ in range(5)]

    assert statuses == [422] * 5
    assert attempt(visit, READER, PASSWORDS[READER]).status == 429
    assert attempt(Visitor(visit.app), SECRETARIAT, PASSWORDS[SECRETARIAT]).status == 303
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert attempt(visit, READER, PASSWORDS[READER]).status == 303


def test_signing_out_ends_it_on_the_server(visit: Visitor) -> None:
    browser = visit.as_(READER)
    copy = browser.client.get_cookie("tracker").value
    browser.client.post("/sign-out", data={"csrf_token": browser.token()})

    thief = Visitor(visit.app)
    thief.client.set_cookie("tracker", copy)

    assert thief.client.get("/meetings").status_code == 302


def test_signing_out_everywhere_ends_every_sign_in(visit: Visitor) -> None:
    browsers = visit.as_(READER), visit.as_(READER)

    browsers[0].client.post("/account/sign-out-everywhere", data={"csrf_token": browsers[0].token()})

    assert [browser.client.get("/meetings").status_code for browser in browsers] == [302, 302]


@pytest.mark.parametrize(("steps", "is_in"), [([59, 59, 59], True), ([61], False), ([50] * 15, False)])
def test_a_sign_in_ends_after_an_idle_hour_or_twelve_hours(visit: Visitor, steps: list[int], is_in: bool) -> None:
    at = clock.now()
    browser = visit.as_(READER)
    for minutes in steps:
        at += timedelta(minutes=minutes)
        with time_machine.travel(at):
            status = browser.client.get("/meetings").status_code

    assert (status == 200) is is_in


def test_input_survives_an_ended_sign_in(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        refused = browser.submit(page, "/people/new", name="Nama Baru Sekali")
        assert refused.status == 401

        back = browser.submit(refused, "/sign-in", username=SECRETARIAT, password=PASSWORDS[SECRETARIAT])
        assert back.status == 200
        assert "Nama Baru Sekali" in str(back.soup)


def test_passwords_and_tokens_are_stored_only_as_hashes(visit: Visitor, session: Session) -> None:
    visit.as_(READER)

    assert session.scalar(select(Account.password_hash).filter_by(username=READER)).startswith("$argon2id$")
    assert {len(token) for token in session.scalars(select(SignIn.token_hash))} == {64}


@pytest.mark.parametrize(
    ("path", "safe"),
    [("/meetings?year=2020", "/meetings?year=2020"), ("//evil.example", "/"), ("https://evil.example/", "/"),
     ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"), (None, "/"), ("/a\nb", "/")],
)  # fmt: skip
def test_next_is_a_path_on_this_site(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_a_new_password_is_long_and_not_the_username(visit: Visitor) -> None:
    browser = visit.as_(READER)
    address = "/account/password"

    short = browser.submit(browser.get(address), address, current=PASSWORDS[READER], new="pendek")
    stored = browser.submit(browser.get(address), address, current=PASSWORDS[READER], new="kalimat sandi yang panjang")

    assert (short.status, stored.status) == (422, 303)
    assert attempt(Visitor(visit.app), READER, "kalimat sandi yang panjang").status == 303


class CountingHasher(PasswordHasher):
    """Counts computations, which all take equally long."""

    done = 0

    def hash(self, *args: Any, **kwargs: Any) -> str:
        self.done += 1
        return super().hash(*args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        self.done += 1
        return super().verify(*args, **kwargs)


def test_an_unknown_name_takes_as_long_as_a_wrong_password(session: Session) -> None:
    account = session.scalars(select(Account).filter_by(username=READER)).one()
    costs = {}
    for name, known_account in {"known": account, "unknown": None}.items():
        using = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
        assert not is_right("salah sama sekali", known_account, using=using)
        costs[name] = using.done

    assert costs == {"known": 1, "unknown": 1}


# Proof of identity before sensitive changes

SENSITIVE = ["/account/mails", "/account/second-step", "/accounts/new", "/accounts/1/edit", "/accounts/1/link"]


@pytest.mark.parametrize("address", SENSITIVE)
def test_sensitive_pages_ask_for_the_password_again_after_ten_minutes(visit: Visitor, address: str) -> None:
    browser = visit.sign_in(ADMIN)
    assert browser.client.get(address).status_code == 200

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        refused = browser.client.get(address)
        sent = browser.client.post(address, data={"csrf_token": browser.token(), "email": "lain@example.org"})
        assert (refused.status_code, refused.location) == (302, f"/account/proof?next={address}")
        assert sent.status_code == 403

        page = browser.get(refused.location)
        confirmed = browser.submit(page, "/account/proof", password=PASSWORDS[ADMIN])
        assert (confirmed.status, confirmed.response.location) == (303, address)
        assert browser.client.get(address).status_code == 200


def test_input_survives_the_request_for_a_password(visit: Visitor, session: Session) -> None:
    browser = visit.sign_in(READER)
    form = browser.get("/account/mails")

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        refused = browser.submit(form, "/account/mails", email="baru@example.org")
        resumed = browser.submit(refused, "/account/proof", password=PASSWORDS[READER])
        shown = browser.submit(resumed, "/account/mails")

    assert shown.form("/account/mails").select_one("[name=email]")["value"] == "baru@example.org"
    assert session.scalars(select(Account.email).filter_by(username=READER)).one() != "baru@example.org"


@pytest.mark.parametrize(
    ("address", "field"),
    [("/account/proof", "password"), ("/account/password", "current"), ("/account/second-step/off", "current")],
)
def test_password_prompts_are_rate_limited_like_signing_in(visit: Visitor, address: str, field: str) -> None:
    browser = visit.sign_in(READER)
    fields = {"new": "kuda-terbang-di-awan-biru", "csrf_token": browser.token()}

    statuses = [browser.client.post(address, data={**fields, field: "salah"}).status_code for _ in range(12)]

    assert statuses == [422] * 10 + [429] * 2


# Rate limits


class Stranger:
    """A browser that has never signed in, at any address."""

    def __init__(self, app: Flask) -> None:
        self.client = Visitor(app).client
        page = Page(self.client.get("/sign-in"), "/sign-in")
        self.token = page.form("/sign-in").select_one("[name=csrf_token]")["value"]

    def guess(self, username: str, address: str, password: str = "salah") -> int:
        fields = {"username": username, "password": password, "csrf_token": self.token}
        at = {"REMOTE_ADDR": address}
        return self.client.post("/sign-in", data=fields, environ_overrides=at).status_code


@pytest.fixture
def stranger(app: Flask) -> Stranger:
    return Stranger(app)


def test_guesses_from_elsewhere_never_lock_out_a_known_browser(visit: Visitor, stranger: Stranger) -> None:
    own = visit.sign_in(READER)
    own.client.post("/sign-out", data={"csrf_token": own.token()})

    for number in range(120):
        stranger.guess(READER, f"2001:db8:{number:x}::1")

    # An unknown browser would be refused after one typing error.
    assert [attempt(own, READER, password).status for password in ("salah", PASSWORDS[READER])] == [422, 303]


@pytest.mark.repeated_later
def test_despite_many_guesses_a_first_right_password_works_from_a_new_network(stranger: Stranger) -> None:
    for number in range(120):
        stranger.guess(READER, f"2001:db8:{number:x}::1")

    assert [stranger.guess(READER, "198.51.100.7") for _ in range(2)] == [422, 429]
    assert stranger.guess(READER, "203.0.113.9", PASSWORDS[READER]) == 303


def test_addresses_of_one_network_share_a_counter(stranger: Stranger) -> None:
    statuses = [stranger.guess(READER, f"2001:db8::{number:x}") for number in range(1, 105)]

    assert statuses == [422] * 5 + [429] * 99


def test_guesses_at_unknown_names_do_not_lock_out_a_colleague_behind_the_same_address(stranger: Stranger) -> None:
    for number in range(60):
        stranger.guess(f"nama{number}", "192.0.2.1")

    assert stranger.guess(READER, "192.0.2.1", PASSWORDS[READER]) == 303


@pytest.mark.long
def test_a_network_that_tries_hundreds_of_names_is_closed_to_unknown_browsers(
    visit: Visitor, stranger: Stranger
) -> None:
    own = visit.sign_in(SECRETARIAT)
    own.client.post("/sign-out", data={"csrf_token": own.token()})
    for number in range(300):
        stranger.guess(f"nama{number}", "127.0.0.1")

    assert stranger.guess(READER, "127.0.0.1", PASSWORDS[READER]) == 429
    assert attempt(own, SECRETARIAT, PASSWORDS[SECRETARIAT]).status == 303


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("header", "code"),
    [("en-US,en;q=0.9", "en"), ("id-ID,id;q=0.9,en;q=0.8", "id"), ("in-ID,in;q=0.9,en;q=0.8", "id"), ("fr", "id"),
     ("en;q=0.5,id;q=0.5", "id"), ("*", "id"), ("", "id"), ("\x80;;q=nan", "id")],
)  # fmt: skip
def test_before_signing_in_the_browser_chooses_the_language(visit: Visitor, header: str, code: str) -> None:
    answer = visit.client.get("/sign-in", headers={"Accept-Language": header})

    assert f'<html lang="{code}"' in answer.text


@pytest.mark.one_database
def test_a_chosen_language_prevails_over_that_of_the_browser(visit: Visitor) -> None:
    token = visit.get("/sign-in").soup.select_one("[name=csrf_token]")["value"]
    visit.client.post("/language", data={"csrf_token": token, "language": "id"})

    assert '<html lang="id"' in visit.client.get("/sign-in", headers={"Accept-Language": "en"}).text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("address", "status"),
    [("budi@kantor.test", 303), ("budi@surat.local", 303), ("budi@kemenham.go.id", 303), ("budi@kantor", 422),
     ("budi@", 422), ("budi@x..y", 422)],
)  # fmt: skip
def test_an_address_of_the_offices_own_network_is_taken(visit: Visitor, address: str, status: int) -> None:
    browser = visit.sign_in(READER)

    assert browser.submit(browser.get("/account/mails"), "/account/mails", email=address).status == status


def test_a_host_that_the_proxy_changed_is_named(visit: Visitor) -> None:
    page = visit.get("/sign-in")
    sent = {"username": ADMIN, "password": PASSWORDS[ADMIN], "csrf_token": page.form("/sign-in").select_one(
        "[name=csrf_token]")["value"]}  # fmt: skip
    browser = {
        "Origin": "https://localhost:8443",
        "Referer": "https://localhost:8443/",
        "Sec-Fetch-Site": "same-origin",
    }

    refused = visit.client.post("/sign-in", base_url="https://localhost", headers=browser, data=sent)

    assert refused.status_code == 400
    assert "localhost:8443" in refused.text
    assert "$http_host" in refused.text
