"""On PostgreSQL with `serializable`: a transaction that conflicts with another is run again, or the user is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from tests.postgres import say_to
from tests.visitor import SECRETARIAT, Page, Visitor, key_of
from tracker.core import restarts
from tracker.core.db import db

pytestmark = [pytest.mark.on_both, pytest.mark.parametrize("kind", ["postgresql"])]
MINUTES, NEW = "/meetings/1/minutes", "/meetings/new"
#: The first lock of a request, and its last.
FIRST, LAST = "FOR UPDATE", "FROM audit_head"


@pytest.fixture
def app(app: Flask) -> Flask:
    server, _, name = app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "").rpartition("/")
    say_to(f"{server}/postgres", f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = 'serializable'")
    with app.app_context():
        db.engine.dispose()
    return app


@contextmanager
def met_by(app: Flask, rival: Callable[[], object], *, at: str = FIRST, times: int = 1) -> Iterator[None]:
    """Let another store something between what is first read and this lock, as often as said."""
    own, left = threading.get_ident(), times

    def meet(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal left
        if threading.get_ident() == own and at in statement and left:
            left -= 1
            other = threading.Thread(target=rival)
            other.start()
            other.join(20)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", meet)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", meet)


def is_sound(app: Flask) -> bool:
    return app.test_cli_runner().invoke(args=["check"]).exit_code == 0


def line(browser: Visitor, page: Page, words: str) -> Page:
    return browser.submit(page, f"{MINUTES}/lines", line=words, once=key_of(words))


def test_two_lines_of_a_meeting_are_both_stored_once(app: Flask, session: Session, visit: Visitor) -> None:
    mine, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    page, its = mine.get(MINUTES), other.get(MINUTES)

    with met_by(app, lambda: line(other, its, "Baris saingan")), capture_logs() as logs:
        answer = line(mine, page, "Baris sendiri")

    assert answer.status == 303
    assert [one["event"] for one in logs if one["event"] == "restarted"]
    stored = session.scalars(text("SELECT gist_id FROM statement WHERE gist_id LIKE 'Baris s%' ORDER BY gist_id"))
    assert list(stored) == ["Baris saingan", "Baris sendiri"]
    assert is_sound(app)


def test_two_meetings_get_codes_of_their_own(app: Flask, session: Session, visit: Visitor) -> None:
    mine, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    page, its = mine.get(NEW), other.get(NEW)

    def add(browser: Visitor, shown: Page, name: str) -> Page:
        return browser.submit(shown, NEW, name_id=name, date="2019-05-20")

    with met_by(app, lambda: add(other, its, "Rapat saingan")):
        answer = add(mine, page, "Rapat sendiri")

    assert answer.status == 303
    codes = session.scalars(text("SELECT code FROM meeting WHERE code LIKE 'R-2019-%' ORDER BY code")).all()
    assert codes == ["R-2019-001", "R-2019-002"]
    assert is_sound(app)


def test_what_the_refused_attempt_would_have_said_is_said_once(app: Flask, visit: Visitor) -> None:
    mine, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    path = "/meetings/2/edit"
    page, its = mine.get(path), other.get(MINUTES)

    with met_by(app, lambda: line(other, its, "Baris saingan"), at=LAST), capture_logs() as logs:
        answer = mine.submit(page, path, note="Catatan sendiri")

    assert [one["event"] for one in logs if one["event"] == "restarted"]
    assert mine.follow(answer).text.count("Tersimpan.") == 1


def test_of_two_who_edit_a_row_the_second_sees_both_texts(app: Flask, session: Session, visit: Visitor) -> None:
    mine, other, path = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT), "/meetings/1/edit"
    page, its = mine.get(path), other.get(path)

    with met_by(app, lambda: other.submit(its, path, note="Catatan saingan")):
        answer = mine.submit(page, path, note="Catatan sendiri")

    assert answer.status == 409
    assert "Catatan saingan" in answer.text
    assert "Catatan sendiri" in str(answer.soup)
    assert session.scalar(text("SELECT note FROM meeting WHERE id = 1")) == "Catatan saingan"
    assert is_sound(app)


def test_whoever_is_always_overtaken_is_told_and_keeps_what_was_typed(
    app: Flask, session: Session, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restarts, "PATIENCE", 0)
    mine, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    mine.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    page, its = mine.get(MINUTES), other.get(MINUTES)
    words = iter(f"Baris saingan {number}" for number in range(100))

    with met_by(app, lambda: line(other, its, next(words)), times=100):
        answer = line(mine, page, "Baris sendiri")

    assert answer.status == 503
    assert "Banyak orang sedang menyimpan" in answer.text
    assert "Baris sendiri" in str(answer.soup)
    assert session.scalar(text("SELECT count(*) FROM statement WHERE gist_id = 'Baris sendiri'")) == 0
    assert session.scalar(text("SELECT count(*) FROM statement WHERE gist_id LIKE 'Baris saingan%'")) >= restarts.LEAST
