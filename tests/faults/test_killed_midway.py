"""A process is killed within a request: an import, its undoing and an answer by a link happen whole or not at all."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.faults.test_failing_statement import stored
from tests.imports.test_pages import UNITS, bring, save
from tests.processes import KILLED, post_until
from tests.reply_links.links import own_action, sent, stranger
from tests.visitor import ADMIN, Page, Visitor, filled
from tracker.reply_links.rules import Purpose

RUNS = int(os.environ.get("FAULT_RUNS", "2"))
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Ready:
    """A form that is filled in, and whoever is about to send it."""

    browser: Visitor
    path: str
    values: dict[str, list[str]]
    #: The status of a good answer.
    good: int = 303
    #: How many statements there are at least.
    statements: int = 40


def form_on(browser: Visitor, page: Page, action: str) -> Ready:
    return Ready(browser, action, filled(page.form(action)))


def importing(visit: Visitor, _: Session) -> Ready:
    admin = visit.as_(ADMIN)
    page = bring(admin, "units", UNITS)
    return replace(form_on(admin, page, f"{page.path}/store"), statements=24)


def undoing(visit: Visitor, _: Session) -> Ready:
    admin = visit.as_(ADMIN)
    page = bring(admin, "units", UNITS)
    done = admin.follow(save(admin, page))
    return form_on(admin, done, f"{done.path}/undo")


def answering_by_link(visit: Visitor, session: Session) -> Ready:
    path, browser = sent(visit.app, own_action(session))[Purpose.REPORT], stranger(visit)
    typed = {"progress_note": ["Naskah selesai dibahas"], "percent": ["40"], "obstacle": ["Menunggu data"]}
    return Ready(browser, path, filled(browser.get(path).form(path)) | typed, good=200, statements=20)


ACTS = {"import": importing, "undoing an import": undoing, "answer by a link": answering_by_link}


@pytest.mark.parametrize("act", ACTS)
def test_process_killed_midway(
    visit: Visitor, app: Flask, session: Session, act: str, tell: Callable[..., None]
) -> None:
    ready, chance = ACTS[act](visit, session), random.Random(3)
    before, struck, halves = content(session), 0, 0
    while struck < RUNS:
        ended = post_until(app, ready, at=chance.randint(2, ready.statements))
        if ended == ready.good:  # it was over before it could be killed
            break
        assert ended == KILLED
        struck += 1
        halves += content(session) != before

    again = ended == ready.good or post_until(app, ready, at=None) == ready.good
    faults = app.test_cli_runner().invoke(args=["check"]).exit_code
    tell(runs=RUNS, struck=struck, losses=halves + (not again), errors=faults)
    assert (halves, again, faults) == (0, True, 0)
    assert content(session) != before
    assert struck


def content(session: Session) -> dict[str, Any]:
    """All rows but counts of requests, which are kept whatever becomes of them."""
    session.rollback()
    return {name: rows for name, rows in stored(session).items() if name != "throttle_count"}
