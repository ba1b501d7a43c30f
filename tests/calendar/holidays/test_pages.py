from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, SECRETARIAT, Visitor
from tracker.audit.models import AuditEntry, Event
from tracker.calendar.holidays.models import Holiday

pytestmark = pytest.mark.one_database


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(Event.verb).filter_by(subject="holiday").order_by(Event.id)))


def test_the_year_of_the_meeting_shows_its_three_days_off(visit: Visitor) -> None:
    page = visit.as_(READER).get("/holidays?year=2020")

    rows = [row for row in page.all_of("tbody tr") if "Oktober" in row]
    days = ["Rabu, 28 Oktober 2020", "Kamis, 29 Oktober 2020", "Jumat, 30 Oktober 2020"]
    assert [day in row for day, row in zip(days, rows, strict=True)] == [True] * 3
    assert ["Cuti bersama" in row for row in rows] == [True, False, True]
    assert "Tambah hari libur" not in page.text


def test_a_year_without_days_says_so_and_strange_years_show_this_one(visit: Visitor) -> None:
    browser = visit.as_(READER)

    empty = browser.get("/holidays?year=2199")
    assert empty.text_of(".empty-title") == "Belum ada hari libur yang diketahui untuk tahun ini"
    for strange in ("abc", "99999", "-1", "%00", "0"):
        assert browser.get(f"/holidays?year={strange}").soup.select("tbody tr")


def test_the_secretariat_adds_changes_and_removes_a_day(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    new = browser.get("/holidays/new")

    answer = browser.submit(new, "/holidays/new", date="2028-01-03", kind="joint_leave", name_id="Cuti uji")
    assert answer.response.location.endswith("/holidays?year=2028")
    number = session.scalar(select(Holiday.id).filter_by(date=date(2028, 1, 3)))
    edit = f"/holidays/{number}/edit"
    assert browser.submit(browser.get(edit), edit, date="2028-01-04", name_en="Test leave").status == 303
    assert session.scalar(select(Holiday.date).filter_by(id=number)) == date(2028, 1, 4)
    remove = f"/holidays/{number}/remove"
    page = browser.follow(browser.submit(browser.get(remove), remove))

    assert session.get(Holiday, number) is None
    assert verbs(session) == ["added", "edited", "removed"]
    assert "Dihapus: Cuti uji, 4 Jan 2028" in page.text_of("#changes li")
    kept = session.scalars(select(AuditEntry.change).filter_by(table_name="holiday").order_by(AuditEntry.id)).all()
    assert kept == ["insert", "update", "delete"]


def test_one_day_stands_in_the_table_once(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADMIN)

    new = browser.get("/holidays/new")
    page = browser.submit(new, "/holidays/new", date="2020-10-28", kind="national", name_id="Lagi")

    assert page.status == 422
    assert page.problems == ["Hari ini sudah ada di tabel; ubah namanya di sana."]
    assert session.scalar(select(func.count()).where(Holiday.date == date(2020, 10, 28))) == 1


def test_an_old_form_does_not_overwrite_what_was_saved_meanwhile(visit: Visitor, session: Session) -> None:
    one, other = visit.as_(SECRETARIAT), visit.as_(ADMIN)
    first, second = one.get("/holidays/1/edit"), other.get("/holidays/1/edit")

    assert one.submit(first, "/holidays/1/edit", name_id="Pertama").status == 303
    assert other.submit(second, "/holidays/1/edit", name_id="Kedua").status == 409
    assert session.scalar(select(Holiday.name_id).filter_by(id=1)) == "Pertama"


def test_a_reader_finds_no_way_to_change_the_table(visit: Visitor) -> None:
    browser = visit.as_(READER)

    for path in ("/holidays/new", "/holidays/1/edit", "/holidays/1/remove"):
        browser.get(path, status=404)
