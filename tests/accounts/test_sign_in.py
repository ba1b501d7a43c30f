from datetime import timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import PASSWORDS, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.commands import is_right
from tracker.accounts.models import Account, SignIn
from tracker.core import clock
from tracker.core.request import safe_path


def attempt(visit: Visitor, username: str, password: str) -> Page:
    return visit.submit(visit.get("/sign-in"), "/sign-in", username=username, password=password)


def test_a_wrong_password_and_an_unknown_name_read_the_same(visit: Visitor) -> None:
    wrong, unknown = attempt(visit, READER, "salah-sama-sekali"), attempt(visit, "tidak-ada", "salah-sama-sekali")

    assert (wrong.status, wrong.problems) == (unknown.status, unknown.problems)
    assert wrong.status == 422
    assert wrong.form("/sign-in").select_one("[name=username]")["value"] == READER


def test_after_five_failures_even_the_right_password_waits(visit: Visitor) -> None:
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
    one, other = visit.as_(READER), visit.as_(READER)

    one.client.post("/account/sign-out-everywhere", data={"csrf_token": one.token()})

    assert [browser.client.get("/meetings").status_code for browser in (one, other)] == [302, 302]


@pytest.mark.parametrize(("steps", "is_in"), [([59, 59, 59], True), ([61], False), ([50] * 15, False)])
def test_a_sign_in_ends_after_an_idle_hour_or_twelve_hours(visit: Visitor, steps: list[int], is_in: bool) -> None:
    at = clock.now()
    browser = visit.as_(READER)
    for minutes in steps:
        at += timedelta(minutes=minutes)
        with time_machine.travel(at):
            status = browser.client.get("/meetings").status_code

    assert (status == 200) is is_in


def test_what_was_typed_survives_an_ended_sign_in(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        asked = browser.submit(page, "/people/new", name="Nama Baru Sekali")
        assert asked.status == 401

        back = browser.submit(asked, "/sign-in", username=SECRETARIAT, password=PASSWORDS[SECRETARIAT])
        assert back.status == 200
        assert "Nama Baru Sekali" in str(back.soup)


def test_passwords_and_tokens_are_kept_only_as_hashes(visit: Visitor, session: Session) -> None:
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


class Counted(PasswordHasher):
    """Counts its computations, of which each takes as long as the other."""

    done = 0

    def hash(self, *given: Any, **named: Any) -> str:
        self.done += 1
        return super().hash(*given, **named)

    def verify(self, *given: Any, **named: Any) -> bool:
        self.done += 1
        return super().verify(*given, **named)


def test_an_unknown_name_takes_as_long_as_a_wrong_password(session: Session) -> None:
    account = session.scalars(select(Account).filter_by(username=READER)).one()
    costs = {}
    for name, known in {"known": account, "unknown": None}.items():
        using = Counted(time_cost=1, memory_cost=8, parallelism=1)
        assert not is_right("salah sama sekali", known, using=using)
        costs[name] = using.done

    assert costs == {"known": 1, "unknown": 1}
