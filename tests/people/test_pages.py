"""The page of a person, however much they have done."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people.models import Person
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import Attribution, ProposalStatus

PERSON = 3


def many(session: Session, count: int) -> None:
    """So many meetings that the person attended, and proposals they made."""
    for number in range(count):
        day = date(2019, 1, 1) + timedelta(days=number)
        here = Attendance(
            place=nth(1), person_id=PERSON, role=AttendanceRole.PARTICIPANT, status=AttendanceStatus.PRESENT
        )
        session.add(
            Meeting(
                code=f"R-2019-{number + 500}", name_id=f"Rapat ke-{number}", date=day, status=MeetingStatus.HELD,
                classification=Classification.ORDINARY, attendance=[here], recorded_at=clock.now(),
            )
        )  # fmt: skip
        session.add(
            Proposal(
                code=f"U-2019-{number + 500}", title_id=f"Usulan ke-{number}", gist_id="Isi", raised_on=day,
                source_note="Surat", status=ProposalStatus.SUBMITTED, status_since=day,
                classification=Classification.ORDINARY,
                proponents=[Proponent(person_id=PERSON, attribution=Attribution.QUOTED)],
            )
        )  # fmt: skip
    session.commit()


def test_a_persons_meetings_come_in_pages_and_their_newest_proposals_lead_to_the_rest(
    visit: Visitor, session: Session
) -> None:
    many(session, 60)
    browser = visit.as_(READER)

    page = browser.get(f"/people/{PERSON}")

    meetings = page.soup.select("#meetings tbody tr")
    assert len(meetings) == 50
    assert "Rapat ke-0" not in page.text
    assert len(page.soup.select("#proposals tbody tr")) == 50
    rest = page.soup.select_one("#meetings a[rel=next]")
    assert rest
    assert "Rapat ke-0" in browser.get(str(rest["href"])).text
    register = page.soup.select_one(f"#proposals a[href='/proposals?proponent={PERSON}']")
    assert register
    count = page.soup.select("#proposals .count")[0].text
    assert f"{count} seluruhnya" in browser.get(str(register["href"])).text


def test_the_database_writes_a_name_as_the_program_does(session: Session) -> None:
    titles = [(None, None), ("Dr.", None), (None, "S.H."), ("Prof. Dr.", "M.H., Ph.D."), ("", "")]
    people = [
        Person(name=f"Tri {number}", folded="tri", title_prefix=prefix, title_suffix=suffix)
        for number, (prefix, suffix) in enumerate(titles)
    ]
    session.add_all(people)
    session.flush()

    written = session.execute(select(Person.id, Person.full_name).where(Person.folded == "tri").order_by(Person.id))

    assert [name for _, name in written] == [person.full_name for person in people]
    assert people[3].full_name == "Prof. Dr. Tri 3, M.H., Ph.D."


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Dr. Gita Larasati, S.H., M.Hum.", ("Dr.", "Gita Larasati", "S.H., M.Hum.")),
        ("Gita Larasati", (None, "Gita Larasati", None)),
        ("Hj. Gita Larasati SH", ("Hj.", "Gita Larasati", "SH")),
    ],
)
def test_titles_written_with_a_name_go_where_they_belong(
    visit: Visitor, session: Session, written: str, stored: tuple[str | None, str, str | None]
) -> None:
    browser = visit.as_(SECRETARIAT)

    browser.follow(browser.submit(browser.get("/people/new"), "/people/new", name=written))

    made = session.scalars(select(Person).order_by(Person.id.desc())).first()
    assert (made.title_prefix, made.name, made.title_suffix) == stored


@pytest.mark.one_database
def test_an_address_of_somebody_without_an_account_is_kept_on_the_edit_page_alone(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    form = browser.get("/people/3/edit")

    refused = browser.submit(form, "/people/3/edit", email="bukan alamat")
    shown = browser.follow(browser.submit(refused, "/people/3/edit", email="tamu@mitra.example"))

    assert refused.status == 422
    assert refused.soup.select_one("[name=email]")["value"] == "bukan alamat"
    assert "tamu@mitra.example" not in shown.text
    assert browser.get("/people/3/edit").soup.select_one("[name=email]")["value"] == "tamu@mitra.example"
    assert session.get(Person, 3).email == "tamu@mitra.example"


@pytest.mark.one_database
@pytest.mark.parametrize("written", ["Pak Min Usihen, S.H.", "MIN–USIHEN", "Usihen", "Min Usihenn"])
def test_a_second_entry_of_somebody_known_is_asked_about(visit: Visitor, written: str) -> None:
    browser = visit.as_(SECRETARIAT)

    asked = browser.submit(browser.get("/people/new"), "/people/new", name=written)

    assert asked.status == 422
    assert "Min Usihen" in asked.text_of("main .note")
    assert browser.submit(asked, "/people/new", is_someone_else="y").status == 303
