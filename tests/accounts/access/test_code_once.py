"""A one-time code opens one thing once: what was signed in with proves nothing, and of two at once one gets in."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from tests.accounts.access.test_second_step import attempt, later, turn_on
from tests.processes import both
from tests.visitor import PASSWORDS, READER, REVIEWER, Page, Visitor, filled
from tracker.core import clock

PROOF = "/account/proof"


def prove(browser: Visitor, code: str) -> Page:
    return browser.submit(browser.get(PROOF), PROOF, password=PASSWORDS[READER], code=code)


@pytest.mark.parametrize("first", ["sign in", "prove"])
def test_a_code_spent_on_one_thing_is_spent_on_every_other(visit: Visitor, first: str) -> None:
    reader = visit.as_(READER)
    codes, _ = turn_on(reader)

    with time_machine.travel(later(2), tick=False):
        now = codes.at(clock.now())
        deeds = [lambda: attempt(Visitor(visit.app), now), lambda: prove(reader, now)]
        statuses = [deed().status for deed in (deeds if first == "sign in" else deeds[::-1])]

    assert statuses == [303, 422]


@pytest.mark.parametrize("kind_of_code", ["of the phone", "spare"])
def test_of_two_browsers_with_one_code_at_once_one_gets_in(
    visit: Visitor, app: Flask, tmp_path: Path, kind_of_code: str
) -> None:
    codes, spare = turn_on(visit.as_(READER))
    code = (
        spare[0] if kind_of_code == "spare" else codes.at(clock.now() + timedelta(seconds=30))
    )  # after the one that turned it on
    form = filled(visit.get("/sign-in").form("/sign-in"))
    typed = {**form, "username": [READER], "password": [PASSWORDS[READER]], "code": [code]}

    answers = both(app, tmp_path, [("/sign-in", json.dumps(typed))] * 2, by=REVIEWER)

    assert answers == ["303", "422"]
