"""Saving once, saving twice, saving at the same time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor, filled
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import Person


def test_a_double_click_stores_once_and_leads_to_the_same_place(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    values = filled(browser.get("/meetings/new").form("/meetings/new")) | {
        "name_id": ["Rapat ganda"], "date": ["2026-01-05"], "classification": ["ordinary"],
    }  # fmt: skip

    first, second = browser.post("/meetings/new", values), browser.post("/meetings/new", values)

    assert (first.status, second.status) == (303, 303)
    assert first.response.location == second.response.location
    assert session.scalar(select(func.count()).select_from(Meeting).filter_by(name_id="Rapat ganda")) == 1


def test_the_loser_of_two_edits_sees_both_texts_and_decides(visit: Visitor, session: Session) -> None:
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


def test_two_edits_that_agree_are_no_conflict(visit: Visitor) -> None:
    one, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    address = "/meetings/1/edit"
    first, second = one.get(address), other.get(address)

    assert [one.submit(first, address, note="Sama").status, other.submit(second, address, note="Sama").status] == [
        303, 303,
    ]  # fmt: skip


def test_a_quote_is_kept_byte_for_byte(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    quote = "  «Ke depan…»\u00a0“prestigious” — lagi\n\n  baris\tdua  "
    address = "/meetings/1/statements/new"

    answer = browser.submit(browser.get(address), address, kind="remark", quote=quote.replace("\n", "\r\n"))

    assert answer.status == 303, answer.problems
    assert session.scalar(select(Statement.quote).order_by(Statement.id.desc()).limit(1)) == quote


def test_a_failing_write_leaves_nothing(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    before = session.scalar(select(func.count()).select_from(Person))

    page = browser.submit(browser.get("/people/new"), "/people/new", name="")

    assert page.status == 422
    assert session.scalar(select(func.count()).select_from(Person)) == before
