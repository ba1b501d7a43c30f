"""Repeated and concurrent saving."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, filled, key_of
from tracker.core import clock
from tracker.core.form_keys import SpentKey, fingerprint
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import Person

pytestmark = pytest.mark.on_both


def test_a_double_click_stores_once_and_leads_to_the_same_place(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    values = filled(browser.get("/meetings/new").form("/meetings/new")) | {
        "name_id": ["Rapat ganda"], "date": ["2026-01-05"], "classification": ["ordinary"],
    }  # fmt: skip

    first, second = browser.post("/meetings/new", values), browser.post("/meetings/new", values)

    assert (first.status, second.status) == (303, 303)
    assert first.response.location == second.response.location
    assert session.scalar(select(func.count()).select_from(Meeting).filter_by(name_id="Rapat ganda")) == 1


def test_after_a_concurrent_edit_the_user_sees_both_texts_and_decides(visit: Visitor, session: Session) -> None:
    one, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    address = "/meetings/1/edit"
    first, second = one.get(address), other.get(address)

    assert one.submit(first, address, note="<b>Catatan pertama</b>").status == 303
    conflict = other.submit(second, address, note="Catatan kedua")

    assert conflict.status == 409
    assert conflict.form(address).select_one("[name=note]").get_text().strip() == "Catatan kedua"
    assert "<b>Catatan pertama</b>" in conflict.text_of(".conflict-text")
    assert conflict.soup.select(".conflict-text b") == []
    assert session.scalar(select(Meeting.note).filter_by(id=1)) == "<b>Catatan pertama</b>"
    assert other.submit(conflict, address).status == 303
    assert session.scalar(select(Meeting.note).filter_by(id=1)) == "Catatan kedua"


def test_two_equal_edits_are_no_conflict(visit: Visitor) -> None:
    one, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    address = "/meetings/1/edit"
    first, second = one.get(address), other.get(address)

    assert [one.submit(first, address, note="Sama").status, other.submit(second, address, note="Sama").status] == [
        303, 303,
    ]  # fmt: skip


def test_a_quote_is_stored_byte_for_byte(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    quote = "  «Ke depan…»\u00a0“prestigious” — lagi\n\n  baris\tdua  "
    address = "/meetings/1/statements/new"

    answer = browser.submit(browser.get(address), address, kind="remark", quote=quote.replace("\n", "\r\n"))

    assert answer.status == 303, answer.problems
    assert session.scalar(select(Statement.quote).order_by(Statement.id.desc()).limit(1)) == quote


def test_a_failing_write_stores_nothing(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    before = session.scalar(select(func.count()).select_from(Person))

    page = browser.submit(browser.get("/people/new"), "/people/new", name="")

    assert page.status == 422
    assert session.scalar(select(func.count()).select_from(Person)) == before


def people_called(session: Session, *names: str) -> list[int]:
    return [session.scalar(select(func.count()).select_from(Person).filter_by(name=name)) for name in names]


def test_another_text_with_the_same_form_key_is_stored_too(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new")

    answers = [browser.submit(page, "/people/new", name=name) for name in ("Nama Satu", "Nama Dua", "Nama Satu")]

    assert [answer.status for answer in answers] == [303, 303, 303]
    assert answers[0].response.location == answers[2].response.location != answers[1].response.location
    assert people_called(session, "Nama Satu", "Nama Dua") == [1, 1]


def test_a_refused_form_can_be_sent_again_with_its_key(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    refused = browser.submit(browser.get("/people/new"), "/people/new", name="")
    stored = browser.submit(refused, "/people/new", name="Nama Kemudian")

    assert (refused.status, stored.status) == (422, 303)
    assert people_called(session, "Nama Kemudian") == [1]


@pytest.mark.parametrize("key", ["x", "x" * 25, "x" * 7_000_000, "é" * 24, "x" * 23 + " "])
def test_a_form_key_of_another_format_is_refused_and_not_stored(visit: Visitor, session: Session, key: str) -> None:
    browser = visit.as_(SECRETARIAT)

    assert browser.submit(browser.get("/people/new"), "/people/new", name="Nama", once=key).status == 400
    assert people_called(session, "Nama") == [0]
    assert session.scalar(select(func.count()).select_from(SpentKey).filter_by(key=key)) == 0


def test_forms_without_a_sign_in_store_no_key(visit: Visitor, session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(SpentKey))
    page = visit.get("/sign-in")
    token = page.soup.select_one("input[name=csrf_token]")["value"]

    visit.post("/language", {"csrf_token": token, "language": "en", "next": "/", "once": key_of("asing")})

    assert session.scalar(select(func.count()).select_from(SpentKey)) == before


def test_form_keys_are_deleted_after_a_month(visit: Visitor, session: Session) -> None:
    long_ago = clock.now() - timedelta(days=31)
    session.add_all(SpentKey(fingerprint=str(n), account_id=1, key=key_of(str(n)), path="/", spent_at=long_ago)
                    for n in range(30))  # fmt: skip
    session.commit()
    browser = visit.as_(SECRETARIAT)

    for name in ("Nama Satu", "Nama Dua"):
        browser.submit(browser.get("/people/new"), "/people/new", name=name)

    assert session.scalar(select(func.count()).select_from(SpentKey).where(SpentKey.spent_at == long_ago)) == 0


@given(st.lists(st.tuples(st.integers(0, 2), *[st.text(max_size=3)] * 2, st.lists(st.binary(max_size=3)))))
def test_different_requests_have_different_fingerprints(asked: list[tuple[int, str, str, list[bytes]]]) -> None:
    marks = {fingerprint(account, address, key, content) for account, address, key, content in asked}

    assert len(marks) == len({(account, address, key, tuple(content)) for account, address, key, content in asked})
