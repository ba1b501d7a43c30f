from datetime import datetime, timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.visitor import PASSWORDS, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import SecondStep
from tracker.core import clock

pytestmark = pytest.mark.one_database

PAGE = "/account/second-step"


def turn_on(reader: Visitor) -> tuple[pyotp.TOTP, list[str]]:
    page = reader.get(PAGE)
    codes = pyotp.TOTP(page.text_of("#on code"))
    answer = reader.submit(page, PAGE, code=codes.at(clock.now()))
    assert answer.status == 200, answer.problems
    return codes, answer.all_of(".recovery-codes code")


def attempt(visit: Visitor, code: str) -> Page:
    page = visit.get("/sign-in")
    return visit.submit(page, "/sign-in", username=READER, password=PASSWORDS[READER], code=code)


def later(minutes: int) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


def test_once_it_is_on_a_code_is_required_and_accepted_once(visit: Visitor) -> None:
    codes, _ = turn_on(visit.as_(READER))

    with time_machine.travel(later(2), tick=False):
        now = codes.at(clock.now())
        without, right, again = (attempt(Visitor(visit.app), code) for code in ("", now, now))
        wrong_password = visit.submit(visit.get("/sign-in"), "/sign-in", username=READER, password="salah", code=now)

    assert [page.status for page in (without, right, again)] == [422, 303, 422]
    assert without.problems == wrong_password.problems


def test_a_recovery_code_works_once_however_it_is_typed(visit: Visitor) -> None:
    _, recovery_codes = turn_on(visit.as_(READER))

    statuses = [
        attempt(Visitor(visit.app), code).status
        for code in (recovery_codes[0].upper().replace("-", " "), recovery_codes[0])
    ]

    assert len(set(recovery_codes)) == 10
    assert statuses == [303, 422]


def test_a_wrong_first_code_does_not_turn_it_on(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)

    answer = reader.submit(reader.get(PAGE), PAGE, code="000000")

    assert answer.status == 422
    assert answer.problems
    assert session.scalars(select(SecondStep)).all() == []


def test_the_seed_is_stored_only_encrypted(visit: Visitor, session: Session) -> None:
    codes, recovery_codes = turn_on(visit.as_(READER))

    stored = session.execute(text("SELECT sealed_seed FROM second_step")).scalar_one()
    audited = session.execute(text("SELECT coalesce(after, before) FROM audit_entry")).scalars().all()

    assert codes.secret not in stored
    assert not [row for row in map(str, audited) if codes.secret in row or stored in row or recovery_codes[0] in row]


def test_turning_it_off_requires_password_and_code(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    _, recovery_codes = turn_on(reader)

    refused = reader.submit(reader.get(PAGE), f"{PAGE}/off", current="bukan ini sandinya")
    without_code = reader.submit(reader.get(PAGE), f"{PAGE}/off", current=PASSWORDS[READER])
    off = reader.submit(reader.get(PAGE), f"{PAGE}/off", current=PASSWORDS[READER], present_code=recovery_codes[0])

    assert (refused.status, without_code.status, off.status) == (422, 422, 303)
    assert session.scalars(select(SecondStep)).all() == []
    assert attempt(Visitor(visit.app), "").status == 303


def test_only_ones_own_sign_ins_can_be_ended(visit: Visitor, session: Session) -> None:
    first, second = visit.sign_in(READER), visit.sign_in(READER)
    page = first.get("/account")
    action = next(form["action"] for form in page.soup.select("form") if "/sign-ins/" in str(form["action"]))

    stranger = visit.as_("admin")
    assert stranger.client.post(action, data={"csrf_token": stranger.token()}).status_code == 404
    assert first.submit(page, action).status == 303

    assert second.client.get("/account").status_code == 302
    assert first.get("/account")


def test_a_stored_seed_is_refused_in_the_form(visit: Visitor, session: Session) -> None:
    codes, _ = turn_on(visit.as_(READER))
    stored = session.execute(text("SELECT sealed_seed FROM second_step")).scalar_one()
    thief = visit.as_(SECRETARIAT)

    answer = thief.submit(thief.get(PAGE), PAGE, sealed_seed=stored, code="")
    of_reader = visit.as_(READER).get(PAGE).form(PAGE).select_one("[name=sealed_seed]")["value"]
    carried = thief.submit(thief.get(PAGE), PAGE, sealed_seed=of_reader, code="")

    assert (answer.status, carried.status) == (422, 422)
    assert codes.secret not in answer.text
    assert carried.text_of("#on code") not in (of_reader, codes.secret)


def test_a_seed_in_a_form_expires_after_half_an_hour(visit: Visitor) -> None:
    reader = visit.as_(READER)
    page = reader.get(PAGE)
    seed = page.text_of("#on code")

    with time_machine.travel(later(31), tick=False):
        reader.submit(reader.get("/account/proof"), "/account/proof", password=PASSWORDS[READER])
        late = reader.submit(page, PAGE, code=pyotp.TOTP(seed).at(clock.now()))

    assert late.status == 422
    assert seed not in late.text
    assert "Gambar ini sudah tidak berlaku" in " ".join(late.problems)
