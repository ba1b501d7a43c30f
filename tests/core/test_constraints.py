"""Violated constraints: what the user is told and what is logged."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from tests.processes import both
from tests.visitor import SECRETARIAT, Visitor, filled
from tracker.calendar.holidays.models import Holiday
from tracker.core import constraints
from tracker.meetings.models import AgendaItem, Attendance

pytestmark = pytest.mark.on_both

ATTENDANCE = {"meeting_id": 1, "place": "00000099", "status": "present", "version": 1}
DAY_OFF = {"name_id": "Lagi", "kind": "national", "is_confirmed": True, "version": 1}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (insert(Attendance).values(**ATTENDANCE, role="participant"), "ck_attendance_somebody"),
        (insert(Attendance).values(**ATTENDANCE, role="chair", post_as_written="x"), "ix_attendance_one_chair"),
        (insert(Holiday).values(**DAY_OFF, date=date(2026, 12, 25)), "uq_holiday_date"),
        (insert(AgendaItem).values(meeting_id=1, place="00000007"), "agenda_item.text"),
        (text("INSERT INTO code_series (prefix, year, last) SELECT prefix, year, 1 FROM code_series LIMIT 1"),
         "pk_code_series"),
    ],
)  # fmt: skip
def test_both_databases_report_the_same_constraint_name(session: Session, row: object, name: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        session.execute(row)  # type: ignore[call-overload]  # statements of two kinds

    assert constraints.violated(refused.value) == name


def test_of_two_users_who_add_the_same_holiday_at_once_one_is_told(visit: Visitor, app: Flask, tmp_path: Path) -> None:
    values = filled(visit.as_(SECRETARIAT).get("/holidays/new").form("/holidays/new")) | {
        "once": [""], "date": ["2027-07-07"], "name_id": ["Waisak"], "kind": ["national"],
    }  # fmt: skip

    answers = both(app, tmp_path, [("/holidays/new", values)] * 2, by=SECRETARIAT)

    assert answers == ["303", "422"]


def test_two_concurrent_first_codes_of_a_year_are_different(
    visit: Visitor, session: Session, app: Flask, tmp_path: Path
) -> None:
    values = filled(visit.as_(SECRETARIAT).get("/meetings/new").form("/meetings/new")) | {
        "once": [""], "date": ["2019-05-20"], "classification": ["ordinary"],
    }  # fmt: skip
    forms = [values | {"name_id": [name]} for name in ("Rapat lama", "Rapat lain")]

    answers = both(app, tmp_path, [("/meetings/new", form) for form in forms], by=SECRETARIAT)

    assert answers == ["303", "303"]
    codes = session.scalars(text("SELECT code FROM meeting WHERE code LIKE 'R-2019-%' ORDER BY code")).all()
    assert codes == ["R-2019-001", "R-2019-002"]


def test_an_unexpected_violation_is_an_error_and_logged_without_the_values(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    rahasia = "Catatan yang tidak boleh masuk log"
    session.execute(text(f"CREATE UNIQUE INDEX ix_person_note ON person (note) WHERE note = '{rahasia}'"))
    assert browser.submit(browser.get("/people/new"), "/people/new", name="Satu", note=rahasia).status == 303

    with capture_logs() as logs:
        page = browser.submit(browser.get("/people/new"), "/people/new", name="Dua", note=rahasia)

    assert (page.status, page.heading) == (500, "Ada kesalahan")
    [told] = [one for one in logs if one["event"] == "constraint"]
    assert told["name"] in {"person.note", "ix_person_note"}  # SQLite names the columns, PostgreSQL the index
    assert (told["endpoint"], told["log_level"]) == ("people.create", "error")
    assert rahasia not in str(logs)


def test_other_errors_are_logged_by_type_and_place_without_their_message(
    app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    rahasia = "Catatan yang tidak boleh masuk log"

    def breaks() -> None:
        try:
            {}[rahasia]
        except KeyError as error:
            raise ValueError(rahasia) from error

    with app.test_request_context("/meetings"), capture_logs() as logs:
        try:
            breaks()
        except ValueError as error:
            with pytest.raises(ValueError, match=rahasia):  # a test is told; whoever asked is shown a page
                app.handle_user_exception(error)

    [told] = [one for one in logs if one["event"] == "unhandled"]
    assert told["faults"] == ["ValueError", "KeyError"]
    assert told["where"][-1].endswith(" breaks")
    assert rahasia not in str(logs) + caplog.text + "".join(capfd.readouterr())
