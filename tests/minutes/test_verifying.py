"""Anybody who has a document can check whether it is genuine, and learns nothing else."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.scenarios.test_s4_submit_return_approve_correct import approve_first_version, step
from tests.visitor import ADVISER, SECRETARIAT, Page, Visitor
from tracker.minutes.models import MinutesVersion

UNKNOWN = "0" * 64


def verify(visit: Visitor, code: str, meeting: int = 1) -> Page:
    """The page as shown without signing in."""
    visit.client.delete_cookie("session")
    answer = visit.client.get(f"/meetings/{meeting}/minutes/verify/{code}")
    return Page(answer, "verify")


@pytest.fixture
def code(visit: Visitor, session: Session) -> str:
    approve_first_version(visit.as_(SECRETARIAT), visit.as_(ADVISER))
    return str(session.query(MinutesVersion).one().content_hash)


def test_the_public_page_shows_code_version_and_date_but_no_content(visit: Visitor, code: str) -> None:
    page = verify(Visitor(visit.app), code)

    assert page.status == 200
    assert "Asli" in page.text_of(".note")
    assert page.all_of(".facts dd")[:2] == ["R-2020-001", "1"]
    for hidden in ("Penyusunan", "Razilu", "Staf Ahli", code):
        assert hidden not in page.text
    assert page.soup.select("main a") == []


def test_a_corrected_version_is_genuine_but_superseded(visit: Visitor, code: str) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    step(secretariat, "correct", reason="Tempat keliru")
    secretariat.submit(secretariat.get("/meetings/1/edit"), "/meetings/1/edit", venue="Ruang Rapat Menteri")
    step(secretariat, "submit")
    assert "digantikan" not in verify(Visitor(visit.app), code).text_of(".note")
    step(chair, "approve")

    assert "digantikan" in verify(Visitor(visit.app), code).text_of(".note")


@pytest.mark.parametrize(
    ("classification", "meeting"), [("ordinary", 1), ("ordinary", 99999), ("secret", 1), ("restricted", 1)]
)
def test_unknown_missing_and_classified_minutes_get_the_same_answer(
    visit: Visitor, session: Session, code: str, classification: str, meeting: int
) -> None:
    unknown_page = verify(Visitor(visit.app), UNKNOWN)
    session.execute(text("UPDATE meeting SET classification = :level WHERE id = 1"), {"level": classification})
    is_open = (classification, meeting) == ("ordinary", 1)

    page = verify(Visitor(visit.app), UNKNOWN if is_open else code, meeting)

    assert (page.status, page.text_of("main")) == (404, unknown_page.text_of("main"))
    assert "Tidak dikenal" in page.text_of(".note")


def test_guessing_codes_is_limited_and_genuine_documents_are_not_counted(visit: Visitor, code: str) -> None:
    stranger = Visitor(visit.app)
    assert {verify(stranger, code).status for _ in range(35)} == {200}

    answers = [verify(stranger, f"{number:064x}").status for number in range(32)]

    assert answers == [404] * 30 + [429] * 2
    assert verify(stranger, code).status == 429
