"""A token: made, shown once, used, ended."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.api.programs import EVERYTHING, Program, program, token_of
from tests.visitor import ADMIN, PASSWORDS, PIC, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account, ApiToken
from tracker.audit.models import AuditEntry
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.models import Attendance, Meeting

pytestmark = pytest.mark.one_database


def made(browser: Visitor, **given: object) -> str:
    page = browser.get("/account/tokens")
    values = {"name": "Angka bulanan", "features": ["meetings"], "lasts": "month", **given}
    answer = browser.submit(page, "/account/tokens", **values)
    assert answer.status == 200, answer.problems
    return str(answer.soup.select_one("#token")["value"])


def test_it_is_shown_once_stored_as_a_hash_and_ended_on_the_account_page(visit: Visitor, session: Session) -> None:
    browser = visit.as_(PIC)

    token = made(browser)

    stored = session.scalars(select(ApiToken)).one()
    assert token.startswith("tracker_")
    assert len(token) > 50
    assert token not in {stored.token_hash, str(browser.get("/account").soup)}
    assert Program(visit.app, token).get("/meetings").status_code == 200
    assert Program(visit.app, token).get("/actions").status_code == 403
    page = browser.get("/account")
    assert "Angka bulanan" in page.text_of("#tokens")
    [end] = [form["action"] for form in page.soup.select("#tokens form")]
    assert browser.submit(page, end).status == 303
    assert Program(visit.app, token).get("/meetings").status_code == 401
    assert browser.post(end, {"csrf_token": browser.token()}).status == 404


@pytest.mark.parametrize("way", ["password", "everywhere", "expired", "closed"])
def test_it_ends_with_the_sign_ins_and_with_its_time(visit: Visitor, session: Session, way: str) -> None:
    browser = visit.sign_in(READER)
    asks, later = Program(visit.app, made(browser)), timedelta()

    if way == "password":
        form = browser.get("/account/password")
        browser.submit(form, "/account/password", current=PASSWORDS[READER], new="empat belas rusa lewat")
    elif way == "everywhere":
        browser.submit(browser.get("/account"), "/account/sign-out-everywhere")
    elif way == "expired":
        later = timedelta(days=30, seconds=1)
    else:
        session.execute(update(Account).filter_by(username=READER).values(is_active=False))

    with time_machine.travel(clock.now() + later):
        assert asks.get("/meetings").status_code == 401


def test_a_new_token_asks_for_the_password_again_and_for_a_name_of_its_own(visit: Visitor) -> None:
    browser = visit.as_(PIC)
    made(browser)
    page = browser.get("/account/tokens")

    again = browser.submit(page, "/account/tokens", name="Angka bulanan", features=["meetings"], lasts="month")
    nothing = browser.submit(page, "/account/tokens", name="Lain", features=[], lasts="month")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert browser.get("/account/tokens", 302).response.location.startswith("/account/proof")

    assert (again.status, len(again.problems)) == (422, 1)
    assert (nothing.status, len(nothing.problems)) == (422, 1)


def test_secret_rows_are_offered_to_those_who_may_see_some(visit: Visitor, session: Session) -> None:
    assert not visit.as_(READER).get("/account/tokens").soup.select("[name=reads_secret]")
    session.execute(update(Account).filter_by(username=READER).values(clearance=Classification.SECRET))

    made(visit.as_(READER), reads_secret="y")

    assert session.scalars(select(ApiToken.reads_secret)).all() == [True]


def test_a_cookie_opens_no_address_of_programs_and_a_token_no_page(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    token = made(browser, features=[feature.value for feature in EVERYTHING])

    assert browser.client.get("/api/v1/meetings").status_code == 401
    assert Program(visit.app, token).ask("GET", "/api/v1/../../meetings").status_code in {302, 404}
    page = visit.app.test_client().get("/meetings", headers={"Authorization": f"Bearer {token}"})
    assert (page.status_code, page.location.startswith("/sign-in")) == (302, True)


def test_it_never_has_more_than_its_owner_has_now(app: Flask, visit: Visitor, session: Session) -> None:
    asks = program(app, SECRETARIAT)
    meeting = {"name_id": "Rapat", "date": "2026-11-02"}
    assert asks.post("/meetings", meeting).status_code == 201

    number = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    admin = visit.as_(ADMIN)
    page = admin.get(f"/accounts/{number}/edit")
    admin.submit(page, f"/accounts/{number}/edit", roles=["reader"])

    assert asks.post("/meetings", meeting).status_code == 404
    assert asks.get("/meetings").status_code == 200


def test_readings_of_secret_rows_name_the_token(app: Flask, session: Session) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))
    person = session.scalar(select(Attendance.person_id).filter_by(meeting_id=1).where(Attendance.person_id > 0))
    cleared = {"clearance": Classification.SECRET, "person_id": person}
    session.execute(update(Account).filter_by(username=PIC).values(**cleared))

    assert program(app, PIC, reads_secret=True).get("/meetings/1").status_code == 200

    reading = session.scalars(select(AuditEntry).filter_by(change="read", table_name="meeting")).one()
    assert reading.by_name.endswith("(API: program 1)")
    assert reading.after["page"] == "api.show_meeting"


def test_answers_tell_what_is_left_and_too_many_are_refused(app: Flask) -> None:
    asks, stranger = program(app, READER), Program(app, "tracker_guess")

    first, second = asks.get("/meetings"), asks.get("/meetings/99999")
    refused = [stranger.get("/meetings") for _ in range(61)][-1]

    assert first.headers["RateLimit-Policy"] == '"requests";q=600;w=300'
    assert first.headers["RateLimit"].startswith('"requests";r=599;t=')
    assert second.headers["RateLimit"].startswith('"requests";r=598;t=')
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert asks.get("/meetings").status_code == 200


def test_pages_of_other_sites_may_not_ask(app: Flask) -> None:
    asks = program(app, READER)
    origin = {"Origin": "https://elsewhere.example"}

    answer = asks.get("/meetings", headers=origin)
    asked = asks.ask("OPTIONS", "/meetings", headers=origin | {"Access-Control-Request-Method": "POST"})

    assert not [name for name, _ in [*answer.headers, *asked.headers] if name.startswith("Access-Control")]
    assert asked.status_code == 405
    assert "Set-Cookie" not in answer.headers


def test_problems_are_in_the_language_asked_for_else_in_that_of_the_account(app: Flask, session: Session) -> None:
    token = token_of(app, READER)
    plain, english = Program(app, token), Program(app, token, language="en-GB,en;q=0.9")

    assert plain.get("/meetings/99999").json["title"] == "Tidak ditemukan"
    assert english.get("/meetings/99999").json["title"] == "Not found"
    session.execute(update(Account).filter_by(username=READER).values(language="en"))
    assert plain.get("/meetings/99999").json["title"] == "Not found"
    assert plain.get("/nowhere").json["status"] == 404


def test_making_one_is_told_and_counted(app: Flask, visit: Visitor, session: Session) -> None:
    token_of(app, PIC)
    number = session.scalar(select(Account.id).filter_by(username=PIC))

    page = visit.as_(ADMIN).get(f"/accounts/{number}/edit")

    assert "Token" in page.text_of("#usage")
    assert session.scalar(select(func.count(ApiToken.id))) == 1


def test_the_page_for_people_has_every_operation(visit: Visitor) -> None:
    page = visit.as_(READER).get("/api/v1/docs")

    assert len(page.soup.select("details code")) > 40
    assert "/api/v1/meetings/{meeting_id}" in page.text
