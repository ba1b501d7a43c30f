"""Who is on an attendance list: nobody twice unasked, everybody with the post of the day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Page, Visitor
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
    """A meeting with nobody on its list, and four persons who hold one, two, no and an acting post on its day."""
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
    address = f"/meetings/{meeting}/attendance/new"
    return browser.submit(page or browser.get(address), address, **values)


def rows(session: Session, meeting: int) -> list[tuple[int | None, str | None, str]]:
    session.expire_all()
    found = session.scalars(select(Attendance).filter_by(meeting_id=meeting).order_by(Attendance.id))
    return [(row.person_id, row.post_as_written, row.status) for row in found]


@pytest.mark.parametrize(
    ("person", "post"), [(9000, "Jabatan 0"), (9002, None), (9003, "Plt. Jabatan 3")], ids=["one", "none", "acting"]
)
def test_a_person_gets_the_post_of_the_day(
    visit: Visitor, session: Session, meeting: int, person: int, post: str | None
) -> None:
    assert add(visit.as_(SECRETARIAT), meeting, person=person).status == 303
    assert rows(session, meeting) == [(person, post, "present")]


@pytest.mark.parametrize(("chosen", "post"), [("9001", "Jabatan 1"), ("9002", "Plt. Jabatan 2"), ("none", None)])
def test_of_two_posts_one_chooses(
    visit: Visitor, session: Session, meeting: int, chosen: str, post: str | None
) -> None:
    browser = visit.as_(SECRETARIAT)

    asked = add(browser, meeting, person=9001)

    assert asked.status == 422
    assert "Dua Jabatan" in asked.problems[0]
    assert add(browser, meeting, asked, held=chosen).status == 303
    assert rows(session, meeting) == [(9001, post, "present")]


def test_a_post_that_was_taken_off_stays_off(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    add(browser, meeting, person=9000)
    row = session.scalars(select(Attendance).filter_by(meeting_id=meeting)).one()
    address = f"/meetings/attendance/{row.id}/edit"

    browser.submit(browser.get(address), address, position="", post_as_written="")

    assert rows(session, meeting) == [(9000, None, "present")]


def test_a_second_row_of_one_person_is_confirmed(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    add(browser, meeting, person=9000)

    asked = add(browser, meeting, person=9000)

    assert asked.status == 422
    assert "Satu Jabatan" in asked.problems[0]
    assert len(rows(session, meeting)) == 1
    assert add(browser, meeting, asked, again="y").status == 303
    assert len(rows(session, meeting)) == 2


@pytest.mark.parametrize("name", ["Ibu Satu Jabatan", "Dr. Satu Jabatan, S.H.", "SATU–JABATAN", "Satu  jabatan"])
def test_a_name_in_another_spelling_is_the_person(visit: Visitor, session: Session, meeting: int, name: str) -> None:
    assert add(visit.as_(SECRETARIAT), meeting, new_name=name).status == 303
    assert rows(session, meeting) == [(9000, "Jabatan 0", "present")]


@pytest.mark.parametrize("name", ["Satu", "S. Jabatan", "Satu Jabatann"])
def test_part_of_a_name_is_asked_about_and_enter_takes_the_only_one(
    visit: Visitor, session: Session, meeting: int, name: str
) -> None:
    browser = visit.as_(SECRETARIAT)

    asked = add(browser, meeting, new_name=name)

    assert asked.status == 422
    chosen = [choice["value"] for choice in asked.soup.select("[name=meant][checked]")]
    assert chosen == ["9000"]
    assert "Jabatan 0" in asked.text_of("main form")
    assert add(browser, meeting, asked).status == 303
    assert rows(session, meeting) == [(9000, "Jabatan 0", "present")]


def test_somebody_new_is_a_choice_and_has_their_titles(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    asked = add(browser, meeting, new_name="Dr. Satu, S.H., M.Hum.")

    assert add(browser, meeting, asked, meant="new").status == 303

    ((person_id, _, _),) = rows(session, meeting)
    person = session.get(Person, person_id)
    assert (person.title_prefix, person.name, person.title_suffix) == ("Dr.", "Satu", "S.H., M.Hum.")
    assert person.is_provisional


def test_an_answer_counts_only_for_the_name_that_was_asked_about(
    visit: Visitor, session: Session, meeting: int
) -> None:
    browser = visit.as_(SECRETARIAT)
    asked = add(browser, meeting, new_name="Satu")

    again = add(browser, meeting, asked, new_name="Dua")

    assert again.status == 422
    assert [choice["value"] for choice in again.soup.select("[name=meant][checked]")] == ["9001"]


def test_a_holder_who_is_on_the_list_gets_no_second_row(visit: Visitor, session: Session, meeting: int) -> None:
    session.add_all([
        Attendance(meeting_id=meeting, place=nth(1), person_id=9000, role=AttendanceRole.PARTICIPANT,
                   status=AttendanceStatus.PRESENT),
        Attendance(id=9900, meeting_id=meeting, place=nth(2), position_id=9000, post_as_written="Jabatan 0",
                   role=AttendanceRole.PARTICIPANT, status=AttendanceStatus.PRESENT),
    ])  # fmt: skip
    session.commit()
    browser = visit.as_(SECRETARIAT)
    page = browser.get(f"/meetings/{meeting}")
    offer = next(form["action"] for form in page.soup.select(".offer form"))

    assert browser.submit(page, str(offer)).status == 409
    assert rows(session, meeting)[1][0] is None
