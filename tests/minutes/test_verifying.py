"""Anybody who holds a document can ask whether it is genuine, and learns nothing else."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.scenarios.test_s4_submit_return_approve_correct import approve_first_version, step
from tests.visitor import ADVISER, SECRETARIAT, Page, Visitor
from tracker.minutes.models import MinutesVersion

UNKNOWN = "0" * 64


def asked(visit: Visitor, mark: str, meeting: int = 1) -> Page:
    """What somebody who is not signed in is told."""
    visit.client.delete_cookie("session")
    answer = visit.client.get(f"/meetings/{meeting}/minutes/verify/{mark}")
    return Page(answer, "verify")


@pytest.fixture
def mark(visit: Visitor, session: Session) -> str:
    approve_first_version(visit.as_(SECRETARIAT), visit.as_(ADVISER))
    return str(session.query(MinutesVersion).one().content_hash)


def test_a_stranger_learns_code_version_and_day_of_a_genuine_document_and_no_word_of_it(
    visit: Visitor, mark: str
) -> None:
    page = asked(Visitor(visit.app), mark)

    assert page.status == 200
    assert "Asli" in page.text_of(".note")
    assert page.all_of(".facts dd")[:2] == ["R-2020-001", "1"]
    for told in ("Penyusunan", "Razilu", "Staf Ahli", mark):
        assert told not in page.text
    assert page.soup.select("main a") == []


def test_a_version_that_was_corrected_is_genuine_but_superseded(visit: Visitor, mark: str) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    step(secretariat, "correct", reason="Tempat keliru")
    secretariat.submit(secretariat.get("/meetings/1/edit"), "/meetings/1/edit", venue="Ruang Rapat Menteri")
    step(secretariat, "submit")
    assert "digantikan" not in asked(Visitor(visit.app), mark).text_of(".note")
    step(chair, "approve")

    assert "digantikan" in asked(Visitor(visit.app), mark).text_of(".note")


@pytest.mark.parametrize(
    ("classification", "meeting"), [("ordinary", 1), ("ordinary", 99999), ("secret", 1), ("restricted", 1)]
)
def test_what_is_unknown_absent_or_classified_is_answered_alike(
    visit: Visitor, session: Session, mark: str, classification: str, meeting: int
) -> None:
    nothing = asked(Visitor(visit.app), UNKNOWN)
    session.execute(text("UPDATE meeting SET classification = :level WHERE id = 1"), {"level": classification})
    is_open = (classification, meeting) == ("ordinary", 1)

    page = asked(Visitor(visit.app), UNKNOWN if is_open else mark, meeting)

    assert (page.status, page.text_of("main")) == (404, nothing.text_of("main"))
    assert "Tidak dikenal" in page.text_of(".note")


def test_guessing_is_slowed_down_and_a_genuine_document_is_not_counted(visit: Visitor, mark: str) -> None:
    stranger = Visitor(visit.app)
    assert {asked(stranger, mark).status for _ in range(35)} == {200}

    answers = [asked(stranger, f"{number:064x}").status for number in range(32)]

    assert answers == [404] * 30 + [429] * 2
    assert asked(stranger, mark).status == 429
