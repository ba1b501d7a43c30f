"""Minutes read in a file or a pasted text: kept with the meeting, and each line leads back to its place."""

import io
import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, SECRETARIAT, Page, Visitor, filled
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.core import clock, storage
from tracker.meetings.models import Meeting, Statement, StatementSource
from tracker.people.models import Person

pytestmark = pytest.mark.one_database

TEXT, PASTE = "/meetings/new/text", "/meetings/1/minutes/paste"
MINUTES = (
    "Notula Rapat Uji\nHari/Tanggal: Senin, 2 November 2026\nTempat: Aula\n\nPeserta:\n1. Razilu\n\n"
    "Agenda:\n1. Loket\n\nKeputusan:\n- Loket dibuka Sabtu\n\n"
    "Tindak lanjut:\n- Kirim surat edaran (PIC: Razilu), paling lambat 1 Desember 2026\n"
)


def wait(file: Path, *, days: int = 0) -> None:
    """Let the file wait since that many days by the clock of the tests, which the file system does not know."""
    at = clock.now().timestamp() - days * 24 * 3600
    os.utime(file, (at, at))


def upload(browser: Visitor, content: bytes, name: str, page: str = TEXT, to: str = f"{TEXT}/read") -> Page:
    values = filled(browser.get(page).form(to))
    values["file"] = (io.BytesIO(content), name)
    return browser.post(to, values)


@pytest.mark.on_both
def test_sectioned_minutes_become_a_meeting_with_decisions_and_actions(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = upload(browser, MINUTES.encode(), "notula.md")
    assert page.status == 200, page.problems
    assert session.scalar(select(Meeting.id).filter_by(name_id="Notula Rapat Uji")) is None

    saved = browser.post(TEXT, filled(page.form(TEXT)))

    assert saved.status == 303, saved.problems
    meeting = session.scalars(select(Meeting).filter_by(name_id="Notula Rapat Uji")).one()
    said = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    assert [(line.kind.value, line.gist_id) for line in said] == [
        ("decision", "Loket dibuka Sabtu"),
        ("directive", "Kirim surat edaran (PIC: Razilu), paling lambat 1 Desember 2026"),
    ]
    action = session.scalars(select(ActionItem).filter_by(statement_id=said[1].id)).one()
    person = session.get(Person, action.pic_id)
    assert (action.text_id, person.name, action.due_on.isoformat()) == ("Kirim surat edaran", "Razilu", "2026-12-01")
    file = session.scalars(select(Attachment).filter_by(meeting_id=meeting.id)).one()
    places = session.scalars(select(StatementSource).order_by(StatementSource.statement_id.desc()).limit(2)).all()[::-1]
    assert (file.name, {place.mark for place in places}) == ("notula.md", {file.mark})
    assert [place.line for place in places] == [12, 15]
    text = MINUTES
    assert [text[place.start : place.start + place.length] for place in places] == [line.gist_id for line in said]

    shown = browser.get(f"/meetings/{meeting.id}")
    source = browser.get(f"/meetings/{meeting.id}/statements/{said[0].id}/source")
    assert f"/meetings/{meeting.id}/statements/{said[0].id}/source#place" in shown.links
    assert source.text_of("mark") == "Loket dibuka Sabtu"
    assert source.soup.select_one(".source-text").get_text() == text


def test_a_pasted_text_is_kept_with_its_meeting_once(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    before = session.scalar(select(func.count()).select_from(Attachment).filter_by(meeting_id=1))

    for _ in range(2):
        page = browser.submit(browser.get(PASTE), f"{PASTE}/cut", text="Keputusan:\n- Loket dibuka Sabtu")
        browser.follow(browser.submit(page, PASTE))

    assert session.scalar(select(func.count()).select_from(Attachment).filter_by(meeting_id=1)) == before + 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "notula.docx", "berkata sandi"),
        (b"%PDF-1.4\nrusak", "notula.pdf", "rusak"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20), "foto.png", "Teks dibaca dari Word"),
        (b"a\n" * 210_000, "panjang.txt", "terlalu panjang"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    visit: Visitor, content: bytes, name: str, sentence: str
) -> None:
    page = upload(visit.as_(SECRETARIAT), content, name)

    assert (page.status, [sentence in problem for problem in page.problems]) == (422, [True])


def test_a_kept_file_is_named_by_nobody_else(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = upload(browser, MINUTES.encode(), "notula.md", PASTE, f"{PASTE}/cut")
    values = {**filled(page.form(PASTE)), "kept": "forged"}

    assert browser.post(PASTE, values).status == 404


def test_a_file_that_nobody_confirmed_is_dropped_after_a_week(visit: Visitor, app: Flask) -> None:
    browser, folder = visit.as_(SECRETARIAT), app.extensions["settings"].waiting
    page = upload(browser, MINUTES.encode(), "notula.md")
    [old] = [file for file in folder.rglob("*") if file.is_file()]
    wait(old)
    upload(browser, b"Keputusan:\n- Loket ditutup Minggu", "lain.md")
    [other] = [file for file in folder.rglob("*") if file.is_file() and file != old]
    wait(other)
    wait(old, days=8)

    with app.app_context():
        assert storage.waiting().drop_old(clock.now()) == 1

    assert [file for file in folder.rglob("*") if file.is_file()] == [other]
    refused = browser.post(TEXT, filled(page.form(TEXT)))
    assert (refused.status, len(refused.problems)) == (422, 1)
    assert "tujuh hari" in refused.problems[0]
    assert filled(refused.form(TEXT))["name_id"] == ["Notula Rapat Uji"]


def test_the_way_of_reading_can_be_changed(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.submit(
        browser.get(TEXT), f"{TEXT}/read", text="[09.15] Razilu: kita mulai\n[09.16] Lingga: siap hadir"
    )
    assert page.text_of(".manners").startswith("Dibaca sebagai transkrip.")

    again = browser.post(f"{TEXT}/read", {**filled(page.form(TEXT)), "again": ["lines"]})

    assert again.text_of(".manners").startswith("Dibaca sebagai catatan atau notula.")


def test_the_source_of_a_hidden_meeting_is_absent(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.submit(browser.get(PASTE), f"{PASTE}/cut", text="Keputusan:\n- Loket dibuka Sabtu")
    browser.follow(browser.submit(page, PASTE))
    place = session.scalars(select(StatementSource).order_by(StatementSource.statement_id.desc())).first()
    address = f"/meetings/1/statements/{place.statement_id}/source"
    assert visit.as_(ADVISER).get(address).status == 200

    session.get(Meeting, 1).classification = "secret"
    session.commit()

    visit.as_(ADVISER).get(address, status=404)
    browser.get(f"/meetings/2/statements/{place.statement_id}/source", status=404)


@pytest.mark.on_both
def test_nothing_is_half_stored_when_recording_is_refused(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = upload(browser, MINUTES.encode(), "notula.md", PASTE, f"{PASTE}/cut")
    kinds = (Statement, StatementSource, Attachment, ActionItem)
    before = [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]
    session.get(Meeting, 1).locked_at = clock.now()
    session.commit()

    assert browser.post(PASTE, filled(page.form(PASTE))).status == 409

    assert [session.scalar(select(func.count()).select_from(kind)) for kind in kinds] == before
