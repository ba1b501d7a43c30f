"""Attendance rows get the post of the day, and questions are question about ambiguous names and second rows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Page, Visitor, filled
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people.models import Person, Position, PositionHolding

pytestmark = pytest.mark.one_database

DAY = date(2025, 3, 3)


@pytest.fixture
def meeting(session: Session) -> int:
    """A meeting without attendance, and four persons with one, two, no and an acting post on its day."""
    row = Meeting(code="R-2025-900", name_id="Rapat kosong", date=DAY, status=MeetingStatus.HELD,
                  classification=Classification.ORDINARY, recorded_at=clock.now())  # fmt: skip
    people = [
        Person(id=9000 + number, name=name, folded=name.casefold(), aliases=[])
        for number, name in enumerate(("Satu Jabatan", "Dua Jabatan", "Tanpa Jabatan", "Pelaksana Tugas"))
    ]
    posts = [Position(id=9000 + number, title_id=f"Jabatan {number}", aliases=[]) for number in range(4)]
    session.add_all([row, *people, *posts])
    session.flush()
    session.add_all(
        PositionHolding(person_id=9000 + person, position_id=9000 + post, kind=kind, start_on=start, end_on=end)
        for person, post, kind, start, end in (
            (0, 0, "definitive", DAY, None), (0, 1, "definitive", None, DAY - timedelta(days=1)),
            (1, 1, "definitive", DAY, DAY), (1, 2, "plt", None, None), (3, 3, "plt", date(2025, 1, 1), None),
        )
    )  # fmt: skip
    session.commit()
    return row.id


def add(browser: Visitor, meeting: int, page: Page | None = None, **values: object) -> Page:
    path = f"/meetings/{meeting}/attendance/new"
    return browser.submit(page or browser.get(path), path, **values)


def rows(session: Session, meeting: int) -> list[tuple[int | None, str | None, str]]:
    session.expire_all()
    query = select(Attendance).filter_by(meeting_id=meeting).order_by(Attendance.id)
    return [(row.person_id, row.post_as_written, row.status) for row in session.scalars(query)]


@pytest.mark.parametrize(
    ("person", "post"), [(9000, "Jabatan 0"), (9002, None), (9003, "Plt. Jabatan 3")], ids=["one", "none", "acting"]
)
def test_a_person_gets_the_post_of_the_day(
    visit: Visitor, session: Session, meeting: int, person: int, post: str | None
) -> None:
    assert add(visit.as_(SECRETARIAT), meeting, person=person).status == 303
    assert rows(session, meeting) == [(person, post, "present")]


@pytest.mark.parametrize(("chosen", "post"), [("9001", "Jabatan 1"), ("9002", "Plt. Jabatan 2"), ("none", None)])
def test_a_person_with_two_posts_needs_a_choice(
    visit: Visitor, session: Session, meeting: int, chosen: str, post: str | None
) -> None:
    browser = visit.as_(SECRETARIAT)

    question = add(browser, meeting, person=9001)

    assert question.status == 422
    assert "Dua Jabatan" in question.problems[0]
    assert add(browser, meeting, question, held=chosen).status == 303
    assert rows(session, meeting) == [(9001, post, "present")]


def test_a_removed_post_is_not_filled_in_again(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    add(browser, meeting, person=9000)
    row = session.scalars(select(Attendance).filter_by(meeting_id=meeting)).one()
    path = f"/meetings/attendance/{row.id}/edit"

    browser.submit(browser.get(path), path, position="", post_as_written="")

    assert rows(session, meeting) == [(9000, None, "present")]


def test_a_refused_change_comes_back_with_what_was_typed(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    add(browser, meeting, person=9000)
    row = session.scalars(select(Attendance).filter_by(meeting_id=meeting)).one()
    path = f"/meetings/attendance/{row.id}/edit"

    page = browser.submit(browser.get(path), path, status="unknown", note="Datang terlambat")

    assert page.status == 422
    assert page.problems
    assert filled(page.form(path))["note"] == ["Datang terlambat"]


def test_a_second_row_for_a_person_must_be_confirmed(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    add(browser, meeting, person=9000)

    question = add(browser, meeting, person=9000)

    assert question.status == 422
    assert "Satu Jabatan" in question.problems[0]
    assert len(rows(session, meeting)) == 1
    assert add(browser, meeting, question, again="y").status == 303
    assert len(rows(session, meeting)) == 2


@pytest.mark.parametrize("name", ["Ibu Satu Jabatan", "Dr. Satu Jabatan, S.H.", "SATU–JABATAN", "Satu  jabatan"])
def test_a_differently_spelled_name_finds_the_person(visit: Visitor, session: Session, meeting: int, name: str) -> None:
    assert add(visit.as_(SECRETARIAT), meeting, new_name=name).status == 303
    assert rows(session, meeting) == [(9000, "Jabatan 0", "present")]


@pytest.mark.parametrize("name", ["Satu", "S. Jabatan", "Satu Jabatann"])
def test_a_partial_name_asks_with_the_only_match_preselected(
    visit: Visitor, session: Session, meeting: int, name: str
) -> None:
    browser = visit.as_(SECRETARIAT)

    question = add(browser, meeting, new_name=name)

    assert question.status == 422
    chosen = [choice["value"] for choice in question.soup.select("[name=meant][checked]")]
    assert chosen == ["9000"]
    assert "Jabatan 0" in question.text_of("main form")
    assert add(browser, meeting, question).status == 303
    assert rows(session, meeting) == [(9000, "Jabatan 0", "present")]


def test_a_new_person_can_be_chosen_and_gets_their_titles(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    question = add(browser, meeting, new_name="Dr. Satu, S.H., M.Hum.")

    assert add(browser, meeting, question, meant="new").status == 303

    ((person_id, _, _),) = rows(session, meeting)
    person = session.get(Person, person_id)
    assert (person.title_prefix, person.name, person.title_suffix) == ("Dr.", "Satu", "S.H., M.Hum.")
    assert person.is_provisional


def test_an_answer_applies_only_to_the_name_that_was_asked_about(
    visit: Visitor, session: Session, meeting: int
) -> None:
    browser = visit.as_(SECRETARIAT)
    question = add(browser, meeting, new_name="Satu")

    again = add(browser, meeting, question, new_name="Dua")

    assert again.status == 422
    assert [choice["value"] for choice in again.soup.select("[name=meant][checked]")] == ["9001"]


def test_accepting_a_holder_who_is_already_listed_is_refused(visit: Visitor, session: Session, meeting: int) -> None:
    session.add_all([
        Attendance(meeting_id=meeting, place=nth(1), person_id=9000, role=AttendanceRole.PARTICIPANT,
                   status=AttendanceStatus.PRESENT),
        Attendance(id=9900, meeting_id=meeting, place=nth(2), position_id=9000, post_as_written="Jabatan 0",
                   role=AttendanceRole.PARTICIPANT, status=AttendanceStatus.PRESENT),
    ])  # fmt: skip
    session.commit()
    browser = visit.as_(SECRETARIAT)
    page = browser.get(f"/meetings/{meeting}/people")
    accept_path = next(form["action"] for form in page.soup.select(".offer form"))

    assert browser.submit(page, str(accept_path)).status == 409
    assert rows(session, meeting)[1][0] is None
