"""S2: a post without a name is enough; a name is suggested from the register but never filled in automatically."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker.meetings.models import Attendance
from tracker.people.models import Person, Position

SESDITJEN = "Sekretaris Direktorat Jenderal HAM"


def attendance_of_post(session: Session) -> Attendance:
    session.expire_all()
    return session.scalars(select(Attendance).filter_by(meeting_id=1, post_as_written=SESDITJEN)).one()


def test_the_holder_on_that_day_is_suggested_and_stored_only_if_accepted(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/meetings/1/people")
    row = attendance_of_post(session)

    offers = [form["action"] for form in page.soup.select("#attendance .offer form")]
    assert "RR. Risma Indriyani" in page.text_of("#attendance .offer")
    assert row.person_id is None

    assert browser.submit(page, offers[0]).status == 303
    accepted = attendance_of_post(session)
    assert session.get(Person, accepted.person_id).name == "Risma Indriyani"
    assert accepted.post_as_written == SESDITJEN


def test_a_later_holder_does_not_change_earlier_attendance_and_both_are_listed(
    visit: Visitor, session: Session
) -> None:
    register, row = visit.as_(ADMIN), attendance_of_post(session)
    before = (row.person_id, row.position_id, row.post_as_written, row.version)
    new = register.get("/people/new")
    register.submit(new, "/people/new", name="Bambang Iriana Djajaatmadja")
    bambang = session.scalar(select(Person.id).filter_by(name="Bambang Iriana Djajaatmadja"))
    post = session.scalar(select(Position.id).filter_by(short="Sesditjen HAM"))
    address = f"/posts/{post}/holders/new"

    answer = register.submit(
        register.get(address), address, person=bambang, kind="definitive", start_on="2020-12-03", end_on="2023-12-31"
    )

    assert answer.status == 303, answer.problems
    after = attendance_of_post(session)
    assert (after.person_id, after.position_id, after.post_as_written, after.version) == before
    listed = register.get(f"/posts/{post}").text
    assert "Risma Indriyani" in listed
    assert "Bambang Iriana Djajaatmadja" in listed
    assert "3 Des 2020" in listed or "3 Desember 2020" in listed


def test_renaming_a_post_does_not_change_earlier_minutes(visit: Visitor, session: Session) -> None:
    register = visit.as_(ADMIN)
    post = session.scalar(select(Position.id).filter_by(short="Sesditjen HAM"))
    address = f"/posts/{post}/edit"

    assert register.submit(register.get(address), address, title_id="Sekretaris Utama").status == 303

    assert attendance_of_post(session).post_as_written == SESDITJEN
    assert SESDITJEN in visit.as_(SECRETARIAT).get("/meetings/1/people").text_of("#attendance")


def test_two_definitive_holders_at_once_are_refused_and_the_form_keeps_its_values(
    visit: Visitor, session: Session
) -> None:
    register = visit.as_(ADMIN)
    post = session.scalar(select(Position.id).filter_by(short="Sesditjen HAM"))
    address = f"/posts/{post}/holders/new"

    page = register.submit(
        register.get(address), address, person=session.scalar(select(Person.id).filter_by(name="Razilu")),
        kind="definitive", start_on="2020-06-01", note="Menurut SK 12",
    )  # fmt: skip

    assert page.status == 422
    assert "Risma Indriyani" in page.problems[0]
    assert page.form(address).select_one("[name=note]")["value"] == "Menurut SK 12"
