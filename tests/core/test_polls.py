"""A poll is answered from memory while nothing in the database has changed, and asked again once something may have."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask, request, request_started
from sqlalchemy import text

from tests.visitor import ADVISER, REVIEWER, SECRETARIAT, Visitor
from tracker.core import clock, polls
from tracker.core.db import db

pytestmark = pytest.mark.on_both
MINUTES, ROOM = "/meetings/1/minutes/changes", "/meetings/1/room/changes"


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """The addresses that reach the program."""
    found: list[str] = []

    def note(_: Flask) -> None:
        found.append(request.path)

    with request_started.connected_to(note, app):
        yield found


def poll(browser: Visitor, path: str, version: str = "") -> tuple[int, str]:
    answer = browser.client.get(path, headers={"If-None-Match": version or 'W/"none"'})
    return answer.status_code, answer.headers.get("ETag", "")


@pytest.mark.parametrize("path", [MINUTES, ROOM])
def test_only_the_first_of_many_polls_reaches_the_program(app: Flask, path: str) -> None:
    browser = Visitor(app).sign_in(SECRETARIAT)
    _, version = poll(browser, path)
    with asked(app) as reached:
        answers = [poll(browser, path, version) for _ in range(10)]
    assert answers == [(HTTPStatus.NOT_MODIFIED, version)] * 10
    assert reached == [path]


def test_after_any_change_the_program_is_asked(app: Flask) -> None:
    browser = Visitor(app).sign_in(SECRETARIAT)
    _, version = poll(browser, MINUTES)
    poll(browser, MINUTES, version)
    Visitor(app).sign_in(ADVISER)
    with asked(app) as reached:
        assert poll(browser, MINUTES, version)[0] == HTTPStatus.NOT_MODIFIED
        assert poll(browser, MINUTES, version)[0] == HTTPStatus.NOT_MODIFIED
    assert reached == [MINUTES]


def test_a_line_of_another_is_seen_at_the_next_poll(app: Flask) -> None:
    browser, other = Visitor(app).sign_in(SECRETARIAT), Visitor(app).sign_in(SECRETARIAT)
    _, version = poll(browser, MINUTES)
    poll(browser, MINUTES, version)
    other.submit(other.get("/meetings/1/minutes"), "/meetings/1/minutes/lines", line="Ketua: hanya untuk uji")
    status, newer = poll(browser, MINUTES, version)
    assert status == HTTPStatus.OK
    assert newer != version


def test_who_is_signed_out_is_not_answered_from_memory(app: Flask) -> None:
    browser = Visitor(app).sign_in(SECRETARIAT)
    _, version = poll(browser, MINUTES)
    poll(browser, MINUTES, version)
    with app.app_context(), db.engine.begin() as other:
        other.execute(text("DELETE FROM sign_in"))
    assert poll(browser, MINUTES, version)[0] != HTTPStatus.NOT_MODIFIED


def test_an_answer_belongs_to_whom_it_was_given(app: Flask) -> None:
    _, version = poll(allowed := Visitor(app).sign_in(SECRETARIAT), MINUTES)
    poll(allowed, MINUTES, version)
    assert poll(Visitor(app).sign_in(ADVISER), MINUTES, version)[0] == HTTPStatus.NOT_FOUND
    assert poll(Visitor(app), MINUTES, version)[0] != HTTPStatus.NOT_MODIFIED


def test_sign_ins_and_rights_that_end_by_the_clock_are_asked_for_in_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Visitor(app).sign_in(REVIEWER)
    _, version = poll(browser, ROOM)
    poll(browser, ROOM, version)
    later = clock.now() + polls.LONGEST + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with asked(app) as reached:
        poll(browser, ROOM, version)
    assert reached == [ROOM]


def test_other_answers_are_never_repeated(app: Flask) -> None:
    """A page that says itself whether it has changed may depend on more than the database."""
    browser = Visitor(app).sign_in(SECRETARIAT)
    with asked(app) as reached:
        for _ in range(3):
            poll(browser, "/meetings/1.ics")
    assert reached == ["/meetings/1.ics"] * 3
