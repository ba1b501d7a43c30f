"""Who is there, as typed in the live minutes: known people by any spelling, nobody twice, everybody at once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Page, Visitor
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people.models import Person, Position, PositionHolding

pytestmark = pytest.mark.one_database

DAY = date(2025, 3, 3)


@pytest.fixture
def meeting(session: Session) -> int:
    """A meeting with three lines of one speaker who is only named, and a known person with a post on its day."""
    row = Meeting(code="R-2025-900", name_id="Rapat kosong", date=DAY, status=MeetingStatus.HELD,
                  classification=Classification.ORDINARY, recorded_at=clock.now())  # fmt: skip
    person = Person(id=9000, name="Gita Larasati", title_prefix="Dr.", folded="gita larasati", aliases=[])
    session.add_all([row, person, Position(id=9000, title_id="Kepala Biro Umum", aliases=[])])
    session.flush()
    session.add(PositionHolding(person_id=9000, position_id=9000, kind="plt", start_on=date(2025, 1, 1)))
    session.add_all(
        Statement(meeting_id=row.id, place=nth(number), kind="remark", gist_id=f"Baris {number}", speaker_note=name,
                  classification=Classification.ORDINARY)
        for number, name in enumerate(("Gita", "Bu Gita Larasati", "Gita", "Orang Lain"), 1)
    )  # fmt: skip
    session.commit()
    return row.id


def call(browser: Visitor, meeting: int, line: str, page: Page | None = None, **values: object) -> Page:
    minutes = f"/meetings/{meeting}/minutes"
    return browser.submit(page or browser.get(minutes), f"{minutes}/roll-call", attendee=line, **values)


def rows(session: Session, meeting: int) -> list[tuple[int | None, str | None, str, str]]:
    session.expire_all()
    found = session.scalars(select(Attendance).filter_by(meeting_id=meeting).order_by(Attendance.id))
    return [(row.person_id, row.post_as_written, row.role, row.status) for row in found]


SEATED = (9000, "Plt. Kepala Biro Umum", "participant", "present")


@pytest.mark.parametrize("line", ["Gita Larasati", "Ibu Gita Larasati, S.H.", "dr gita larasati", "GITA–LARASATI"])
def test_a_known_person_is_seated_by_any_spelling_with_the_post_of_the_day(
    visit: Visitor, session: Session, meeting: int, line: str
) -> None:
    assert call(visit.as_(SECRETARIAT), meeting, line).status == 303
    assert rows(session, meeting) == [SEATED]


def test_part_of_a_name_is_asked_about_and_enter_takes_the_only_one_who_fits(
    visit: Visitor, session: Session, meeting: int
) -> None:
    browser = visit.as_(SECRETARIAT)

    asked = call(browser, meeting, "Gita")

    assert asked.status == 422
    assert "Plt. Kepala Biro Umum" in asked.text_of("#roll-call")
    assert rows(session, meeting) == []
    assert call(browser, meeting, "Gita", asked).status == 303
    assert rows(session, meeting) == [SEATED]


def test_somebody_new_is_a_choice(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)

    call(browser, meeting, "Gita", call(browser, meeting, "Gita"), meant="new")

    ((person_id, post, _, _),) = rows(session, meeting)
    assert (session.get(Person, person_id).name, post) == ("Gita", None)


def test_a_first_name_that_one_on_the_list_alone_has_is_theirs(visit: Visitor, session: Session, meeting: int) -> None:
    session.add(Attendance(meeting_id=meeting, place=nth(1), person_id=9000, role=AttendanceRole.PARTICIPANT,
                           status=AttendanceStatus.EXPECTED))  # fmt: skip
    session.commit()

    assert call(visit.as_(SECRETARIAT), meeting, "p Bu Gita").status == 303

    assert rows(session, meeting) == [(9000, "Plt. Kepala Biro Umum", "chair", "present")]


def test_who_is_there_is_not_added_again_unasked(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    call(browser, meeting, "Gita Larasati")

    asked = call(browser, meeting, "Dr. Gita Larasati")

    assert asked.status == 422
    assert rows(session, meeting) == [SEATED]
    assert call(browser, meeting, "Dr. Gita Larasati", asked, again="y").status == 303
    assert rows(session, meeting) == [SEATED, SEATED]


def test_one_press_ties_every_line_of_a_speaker(visit: Visitor, session: Session, meeting: int) -> None:
    browser = visit.as_(SECRETARIAT)
    lines = session.scalars(select(Statement).filter_by(meeting_id=meeting).order_by(Statement.place)).all()
    seat = f"/meetings/minutes/lines/{lines[0].id}/seat"

    asked = browser.post(seat, {"csrf_token": browser.token()})
    assert asked.status == 422
    assert "Gita Larasati" in asked.text
    assert browser.get(seat).text_of("main form") == asked.text_of("main form")
    assert browser.submit(asked, seat).status == 303

    assert rows(session, meeting) == [SEATED]
    row = session.scalars(select(Attendance).filter_by(meeting_id=meeting)).one()
    tied = session.scalars(select(Statement.speaker_id).filter_by(meeting_id=meeting).order_by(Statement.place)).all()
    assert tied == [row.id, row.id, row.id, None]
    assert browser.submit(browser.get(f"/meetings/{meeting}/minutes"), seat.replace(str(lines[0].id), str(lines[3].id)))
    assert len(rows(session, meeting)) == 2


def test_everybody_expected_came_and_that_can_be_undone(visit: Visitor, session: Session, meeting: int) -> None:
    for number, status in enumerate(("expected", "excused", "expected"), 1):
        session.add(Attendance(meeting_id=meeting, place=nth(number), person_id=9000 if number == 1 else None,
                               post_as_written=None if number == 1 else f"Jabatan {number}",
                               role=AttendanceRole.PARTICIPANT, status=status))  # fmt: skip
    session.commit()
    browser = visit.as_(SECRETARIAT)
    minutes = f"/meetings/{meeting}/minutes"

    page = browser.follow(browser.submit(browser.get(minutes), f"{minutes}/roll-call/everybody"))

    assert [status for *_, status in rows(session, meeting)] == ["present", "excused", "present"]
    assert rows(session, meeting)[0][1] == "Plt. Kepala Biro Umum"
    browser.follow(browser.submit(page, f"{minutes}/roll-call/everybody/undo"))
    assert [status for *_, status in rows(session, meeting)] == ["expected", "excused", "expected"]
    assert "everybody/undo" not in str(browser.get(minutes).soup)


def test_those_who_were_not_there_are_offered_last_and_marked(visit: Visitor, session: Session, meeting: int) -> None:
    for number, status in enumerate(("absent", "present", "excused", "represented"), 1):
        session.add(Attendance(meeting_id=meeting, place=nth(number), post_as_written=f"Jabatan {number}",
                               role=AttendanceRole.PARTICIPANT, status=status))  # fmt: skip
    session.commit()
    page = visit.as_(SECRETARIAT).get(f"/meetings/{meeting}/statements/new")

    offered = [option.get_text() for option in page.soup.select("#speaker option")][1:]

    assert offered == ["Jabatan 2", "Jabatan 1 (Tidak hadir)", "Jabatan 3 (Berhalangan)", "Jabatan 4 (Diwakili)"]


def test_several_names_in_one_line_are_as_many_rows(visit: Visitor, session: Session, meeting: int) -> None:
    assert call(visit.as_(SECRETARIAT), meeting, "Gita Larasati, Sekar Wulandari, Fulan bin Fulan").status == 303
    assert len(rows(session, meeting)) == 3


def test_to_a_meeting_that_is_still_to_come_people_are_expected(visit: Visitor, session: Session, meeting: int) -> None:
    planned = session.get(Meeting, meeting)
    planned.date, planned.status = date(2199, 1, 1), MeetingStatus.SCHEDULED
    session.commit()
    browser = visit.as_(SECRETARIAT)

    call(browser, meeting, "Gita Larasati")

    assert rows(session, meeting) == [(9000, "Plt. Kepala Biro Umum", "participant", "expected")]
    page = browser.get(f"/meetings/{meeting}/minutes")
    assert "/present" not in str(page.soup.select("#roll-call"))
    everybody = browser.post(f"/meetings/{meeting}/minutes/roll-call/everybody", {"csrf_token": [browser.token()]})
    assert (everybody.status, rows(session, meeting)[0][3]) == (409, "expected")
