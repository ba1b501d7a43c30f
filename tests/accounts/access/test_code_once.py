"""A one-time code is accepted once, across sign-in and proof, and in concurrent requests."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.accounts.access.test_second_step import attempt, later, turn_on
from tests.processes import both
from tests.visitor import PASSWORDS, READER, REVIEWER, Page, Visitor, filled
from tracker.accounts.models import SecondStep
from tracker.accounts.queries import second_step
from tracker.core import clock

PROOF = "/account/proof"


def prove(browser: Visitor, code: str) -> Page:
    return browser.submit(browser.get(PROOF), PROOF, password=PASSWORDS[READER], code=code)


@pytest.mark.parametrize("first", ["sign in", "prove"])
def test_a_code_used_to_sign_in_cannot_prove_identity_and_vice_versa(visit: Visitor, first: str) -> None:
    reader = visit.as_(READER)
    codes, _ = turn_on(reader)

    with time_machine.travel(later(2), tick=False):
        now = codes.at(clock.now())
        requests = [lambda: attempt(Visitor(visit.app), now), lambda: prove(reader, now)]
        statuses = [request().status for request in (requests if first == "sign in" else requests[::-1])]

    assert statuses == [303, 422]


@pytest.mark.parametrize("kind_of_code", ["one-time", "recovery"])
def test_of_two_sign_ins_at_once_with_one_code_one_succeeds(
    visit: Visitor, app: Flask, tmp_path: Path, kind_of_code: str
) -> None:
    codes, recovery_codes = turn_on(visit.as_(READER))
    code = (
        recovery_codes[0] if kind_of_code == "recovery" else codes.at(clock.now() + timedelta(seconds=30))
    )  # the step after the one that turned it on
    form = filled(visit.get("/sign-in").form("/sign-in"))
    typed = {**form, "username": [READER], "password": [PASSWORDS[READER]], "code": [code]}

    answers = both(app, tmp_path, [("/sign-in", typed)] * 2, by=REVIEWER)

    assert answers == ["303", "422"]


@pytest.mark.parametrize("kind", ["postgresql"])  # SQLite locks the whole database
def test_a_second_step_is_locked_while_its_code_is_compared(visit: Visitor, app: Flask, session: Session) -> None:
    turn_on(visit.as_(READER))
    step = session.scalars(select(SecondStep)).one()

    with app.app_context():
        assert second_step(step.account_id)
        with pytest.raises(OperationalError, match="could not obtain lock"):
            session.scalars(select(SecondStep).with_for_update(nowait=True)).one()
    session.rollback()
