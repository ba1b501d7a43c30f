import io
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.core.test_media_types import PDF, PNG
from tests.visitor import PIC, READER, SECRETARIAT, Page, Visitor, filled
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.core.uploads import LARGEST_FILE, LARGEST_REQUEST
from tracker.meetings.models import Meeting

pytestmark = pytest.mark.one_database

NEW = "/attachments/new?meeting=1"


def attach(browser: Visitor, content: bytes, name: str, path: str = NEW, **fields: str) -> Page:
    values: dict[str, Any] = {**filled(browser.get(path).form(path)), "kind": "invitation", **fields}
    return Page(send(browser, path, {**values, "file": FileStorage(io.BytesIO(content), name)}), path)


def send(browser: Visitor, path: str, values: dict[str, Any]) -> TestResponse:
    """Post as multipart/form-data."""
    boundary, body = encode_multipart(values)
    return browser.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def download_first(browser: Visitor) -> TestResponse:
    """Download attachment 1, reading the response to its end and closing it."""
    return browser.client.get("/attachments/1", buffered=True)


def stored_path(app: Flask, content: bytes) -> Path:
    digest = sha256(content).hexdigest()
    return Path(app.instance_path) / "attachments" / digest[:2] / digest[2:4] / digest


def test_a_file_is_stored_under_its_digest_and_is_only_ever_downloaded(visit: Visitor, app: Flask) -> None:
    secretariat = visit.as_(SECRETARIAT)
    name = "Undangan rapat “Draf”.pdf"

    page = secretariat.follow(attach(secretariat, PDF, name, caption="Surat asli"))

    assert page.all_of("#attachments .files a[download]") == ["Surat asli"]
    assert name in page.text_of("#attachments")
    assert "Berkas dilampirkan" in secretariat.get("/meetings/1/history").text_of("#history")
    assert stored_path(app, PDF).read_bytes() == PDF
    answer = download_first(visit.as_(READER))
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "filename*=UTF-8''Undangan%20rapat%20%E2%80%9CDraf%E2%80%9D.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_content_is_stored_once(visit: Visitor, app: Flask, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    assert attach(secretariat, PDF, "satu.pdf").status == 303
    warned = attach(secretariat, PDF, "dua.pdf")
    assert warned.status == 422
    assert attach(secretariat, PDF, "dua.pdf", noticed=filled(warned.form(NEW))["noticed"][0]).status == 303

    assert session.query(Attachment).count() == 2
    stored = [file for file in (Path(app.instance_path) / "attachments").rglob("*") if file.is_file()]
    assert stored == [stored_path(app, PDF)]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PNG, "surat.pdf", "Isi berkas tidak sesuai dengan namanya. Simpan dengan ekstensi yang sesuai."),
        (b"", "kosong.pdf", "Berkas kosong. Pilih berkas lain."),
        (PDF + bytes(LARGEST_FILE), "besar.pdf", "Berkas lebih dari 25 MB. Perkecil, atau lampirkan per bagian."),
    ],
    ids=["another type", "empty", "too large"],
)
def test_a_refused_file_keeps_the_caption_and_shows_the_reason(
    visit: Visitor, app: Flask, session: Session, content: bytes, name: str, sentence: str
) -> None:
    page = attach(visit.as_(SECRETARIAT), content, name, caption="Yang saya ketik")

    assert (page.status, page.problems) == (422, [sentence])
    assert page.soup.select_one("#caption")["value"] == "Yang saya ketik"
    assert session.query(Attachment).count() == 0
    assert not (Path(app.instance_path) / "attachments").exists()


def test_a_form_without_a_file_is_refused(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)

    page = secretariat.submit(secretariat.get(NEW), NEW, kind="photo")

    assert (page.status, page.problems) == (422, ["Pilih berkas."])


def test_only_upload_views_accept_large_bodies(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    token = secretariat.token()
    ten_megabytes = {"csrf_token": token, "file": FileStorage(io.BytesIO(bytes(10 * 1024 * 1024)), "a.pdf")}
    assert send(secretariat, "/meetings/1/edit", ten_megabytes).status_code == 413
    too_large = {"csrf_token": token, "file": FileStorage(io.BytesIO(bytes(LARGEST_REQUEST)), "a.pdf")}

    answer = send(secretariat, NEW, too_large)

    assert answer.status_code == 413
    assert "25 MB" in answer.get_data(as_text=True)


def test_the_body_of_a_request_refused_as_too_large_is_still_read(visit: Visitor) -> None:
    """Closing the connection with unread data would cut off the response."""
    sent = io.BytesIO(b"x" * (9 << 20))

    answer = visit.client.post("/sign-in", input_stream=sent, content_length=9 << 20)

    assert answer.status_code == 413
    assert sent.tell() == 9 << 20


def test_removing_an_attachment_keeps_its_file_in_storage(visit: Visitor, app: Flask, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.follow(attach(secretariat, PDF, "surat.pdf"))

    page = secretariat.follow(secretariat.submit(page, "/attachments/1/remove"))

    assert "Berkas dikeluarkan dari daftar" in secretariat.get("/meetings/1/history").text_of("#history")
    assert page.all_of("#attachments .files a") == []
    assert session.query(Attachment).one().removed_by_name == "Sekretariat"
    assert stored_path(app, PDF).exists()
    secretariat.get("/attachments/1", status=404)


def test_a_reader_sees_no_form_and_may_not_attach(visit: Visitor) -> None:
    reader = visit.as_(READER)

    assert not reader.get("/meetings/1/files").soup.select("#attachments form")
    for parent in ("meeting=1", "proposal=1", "action=1", "", "meeting=9999", "meeting=x"):
        reader.get(f"/attachments/new?{parent}", status=404)


def test_the_pic_of_an_action_attaches_evidence(visit: Visitor, session: Session) -> None:
    pic = visit.as_(PIC)
    action_path = next(link for link in pic.get("/").links if link.startswith("/actions/") and link[9:].isdigit())
    action_id = action_path.rsplit("/", 1)[1]
    new = f"/attachments/new?action={action_id}"

    page = pic.follow(attach(pic, PNG, "bukti.png", new, kind="evidence"))

    assert page.path == action_path
    assert page.all_of("#attachments a[download]") == ["bukti.png"]
    assert session.query(Attachment).one().action_id == int(action_id)


def test_files_of_a_meeting_made_secret_are_hidden_with_it(visit: Visitor, session: Session) -> None:
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    attach(secretariat, PDF, "surat.pdf")
    assert download_first(reader).status_code == 200

    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="secret"))

    reader.get("/attachments/1", status=404)


def test_a_file_more_secret_than_its_meeting_is_not_listed(visit: Visitor, session: Session) -> None:
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    attach(secretariat, PDF, "surat.pdf")
    session.execute(update(Attachment).values(classification="secret"))

    assert reader.get("/meetings/1/files").all_of("#attachments .files a") == []
    reader.get("/attachments/1", status=404)


def test_a_file_attached_to_a_restricted_action_is_restricted(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    session.execute(update(ActionItem).where(ActionItem.id == 1).values(classification="restricted", recorded_by_id=1))
    if secretariat.client.get("/actions/1").status_code == 404:
        session.execute(update(ActionItem).where(ActionItem.id == 1).values(classification="ordinary"))
        pytest.fail("the secretariat recorded it and is cleared for it")

    attach(secretariat, PDF, "surat.pdf", "/attachments/new?action=1")

    assert session.query(Attachment).one().classification == "restricted"


@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_a_lost_or_altered_file_is_found_by_the_check(visit: Visitor, app: Flask, harm: str) -> None:
    secretariat = visit.as_(SECRETARIAT)
    attach(secretariat, PDF, "surat.pdf")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["check"]).exit_code == 0

    file = stored_path(app, PDF)
    file.unlink() if harm == "missing" else file.write_bytes(b"lain")

    result = runner.invoke(args=["check"])
    assert result.exit_code == 1
    assert "attachment 1 (surat.pdf)" in result.output
    if harm == "missing":
        assert "tidak ada lagi di penyimpanan" in secretariat.get("/attachments/1", status=404).text
