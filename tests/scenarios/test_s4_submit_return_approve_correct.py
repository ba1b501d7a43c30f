from io import BytesIO

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, DECISION_MAKER, OTHER_SECRETARIAT, READER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account, AccountRole
from tracker.attachments.models import Attachment
from tracker.core.actor import Role
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import hash_of
from tracker.proposals.models import Proposal

MEETING = "/meetings/1"


def add_minute_taker(secretariat: Visitor) -> None:
    page = secretariat.get(f"{MEETING}/minutes")
    assert secretariat.submit(page, f"{MEETING}/minutes/roll-call", attendee="n Sekar Wulandari").status == 303


def step(browser: Visitor, name: str, **values: str) -> None:
    answer = browser.submit(browser.get(f"{MEETING}/minutes/{name}"), f"{MEETING}/minutes/{name}", **values)
    assert answer.status == 303, answer.problems


def approve_first_version(secretariat: Visitor, chair: Visitor) -> None:
    add_minute_taker(secretariat)
    step(secretariat, "submit")
    step(chair, "approve")


def test_submitting_without_a_minute_taker_is_refused_and_names_the_field(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)

    page = secretariat.get(f"{MEETING}/minutes/submit")
    sent = secretariat.post(f"{MEETING}/minutes/submit", {"csrf_token": secretariat.token()})

    assert page.all_of("main > ul li") == ["Notulis dalam daftar hadir"]
    assert not page.soup.select("main form")
    assert sent.status == 409
    assert session.query(MinutesVersion).count() == 0


@pytest.mark.on_both
def test_minutes_are_returned_with_a_note_corrected_and_approved(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    add_minute_taker(secretariat)
    step(secretariat, "submit")
    assert "Penyusunan" in chair.get("/").text_of("#waits-approval")

    refused = chair.submit(chair.get(f"{MEETING}/minutes/return"), f"{MEETING}/minutes/return", note="")
    assert refused.status == 422
    step(chair, "return", note="Lengkapi acara.")
    page = secretariat.get(MEETING)
    assert "Lengkapi acara." in page.text_of("#minutes")
    secretariat.submit(secretariat.get(f"{MEETING}/minutes"), f"{MEETING}/minutes/agenda", item="Draf target 2021")
    step(secretariat, "submit")
    step(chair, "approve")

    page = secretariat.get(MEETING)
    assert page.text_of("#versions").startswith("Versi Disahkan")
    assert page.text_of(".page-meta").count("Ditutup") == 1
    assert "Lengkapi acara." in secretariat.get(f"{MEETING}/history").text_of("#history")


def test_submitted_and_approved_minutes_cannot_be_edited(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    add_minute_taker(secretariat)
    before = secretariat.get(f"{MEETING}/minutes")
    edit = secretariat.get(f"{MEETING}/edit")
    step(secretariat, "submit")

    for stage in ("submitted", "approved"):
        if stage == "approved":
            step(chair, "approve")
        assert secretariat.submit(before, f"{MEETING}/minutes/lines", line=f"terlambat {stage}").status == 409
        assert secretariat.submit(before, f"{MEETING}/minutes/roll-call", attendee=f"Tamu {stage}").status == 409
        assert secretariat.submit(edit, f"{MEETING}/edit", venue=f"Tempat {stage}").status == 409
        assert not secretariat.get(MEETING).soup.select(f"a[href='{MEETING}/edit']")


def test_only_the_chair_of_the_meeting_approves_its_minutes(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    add_minute_taker(secretariat)
    step(secretariat, "submit")

    for other in (SECRETARIAT, DECISION_MAKER, READER):
        browser = visit.as_(other)
        assert browser.client.get(f"{MEETING}/minutes/approve").status_code == 404
        token = browser.token()
        assert browser.client.post(f"{MEETING}/minutes/approve", data={"csrf_token": token}).status_code == 404


def test_a_second_secretariat_records_a_signed_copy_with_its_scan(
    visit: Visitor,
) -> None:
    secretariat, other = visit.as_(SECRETARIAT), visit.as_(OTHER_SECRETARIAT)
    add_minute_taker(secretariat)
    step(secretariat, "submit")

    action = f"{MEETING}/minutes/signed-copy"
    values = {"on": "2020-10-26", "note": "Arsip Bagian Umum"}
    values = filled(other.get(action).form(action)) | values
    assert other.post(action, values).status == 422
    secretariat.get(action, status=404)
    assert "Anda sendiri yang mengajukan" in secretariat.get(MEETING).text_of("#versions")
    scan = {"file": (BytesIO(b"%PDF-1.7\n"), "notula.pdf")}
    assert other.post(action, values | scan).status == 303

    page = secretariat.get(f"{MEETING}/minutes/versions/1")
    assert "Razilu" in page.text_of(".facts")
    assert "Senin, 26 Oktober 2020" in page.text_of(".facts")
    assert "Arsip Bagian Umum" in page.text_of(".facts")
    assert "notula.pdf" in secretariat.get(f"{MEETING}/files").text_of("#attachments")


def test_the_scan_of_a_signed_copy_stays_attached(visit: Visitor, session: Session) -> None:
    other = visit.as_(OTHER_SECRETARIAT)
    add_minute_taker(visit.as_(SECRETARIAT))
    step(visit.as_(SECRETARIAT), "submit")
    action = f"{MEETING}/minutes/signed-copy"
    scan = {"on": "2020-10-26", "note": "Arsip", "file": (BytesIO(b"%PDF-1.7\n"), "notula.pdf")}
    assert other.post(action, filled(other.get(action).form(action)) | scan).status == 303
    [attachment_id] = session.scalars(select(Attachment.id).filter_by(kind="signed_copy", name="notula.pdf"))

    refused = other.submit(other.get(f"/attachments/{attachment_id}/remove"), f"/attachments/{attachment_id}/remove")

    assert refused.status == 409
    assert "disahkan berdasarkan pindaian ini" in " ".join(refused.problems)
    assert "notula.pdf" in other.get(f"{MEETING}/files").text_of("#attachments")


def test_a_chair_who_submitted_the_minutes_cannot_approve_them(visit: Visitor, session: Session) -> None:
    chair, account = visit.as_(ADVISER), session.scalars(select(Account).filter_by(username=ADVISER)).one()
    session.add(AccountRole(account_id=account.id, role=Role.SECRETARIAT))
    session.flush()
    add_minute_taker(chair)
    step(chair, "submit")

    assert "Anda sendiri yang mengajukan" in chair.get(MEETING).text_of("#versions")
    for name in ("approve", "signed-copy"):
        chair.get(f"{MEETING}/minutes/{name}", status=404)
    step(chair, "return", note="Lengkapi.")
    step(visit.as_(SECRETARIAT), "submit")
    chair.get(f"{MEETING}/minutes/approve", status=404)


def test_a_correction_shows_changes_and_version_one_keeps_its_hash(visit: Visitor, session: Session) -> None:
    secretariat, chair, reader = visit.as_(SECRETARIAT), visit.as_(ADVISER), visit.as_(READER)
    approve_first_version(secretariat, chair)
    first = session.query(MinutesVersion).one()
    assert hash_of(first.content) == first.content_hash

    step(secretariat, "correct", reason="Tempat keliru")
    edit = secretariat.get(f"{MEETING}/edit")
    assert secretariat.submit(edit, f"{MEETING}/edit", venue="Ruang Rapat <b>Menteri</b>").status == 303
    step(secretariat, "submit")
    step(chair, "approve")

    page = reader.get(f"{MEETING}/minutes/versions/2")
    assert "Tempat keliru" in page.text_of(".facts")
    assert page.soup.select(".paper del")
    assert "<b>Menteri</b>" in page.text_of(".paper ins")
    assert "Ruang Rapat Staf Ahli" in reader.get(f"{MEETING}/minutes/versions/1").text
    verified = reader.get(f"{MEETING}/minutes/verify/{first.content_hash}")
    assert "digantikan" in verified.text_of(".note")


@pytest.mark.on_both
def test_the_database_refuses_to_change_or_delete_approved_minutes(visit: Visitor, session: Session) -> None:
    approve_first_version(visit.as_(SECRETARIAT), visit.as_(ADVISER))

    for statement in ("UPDATE minutes_version SET content = '{}'", "DELETE FROM minutes_version"):
        with pytest.raises(DBAPIError, match="approved minutes are frozen"):
            session.execute(text(statement))
        session.rollback()


def test_minutes_count_items_of_higher_classification_but_do_not_show_them(visit: Visitor, session: Session) -> None:
    account_id = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    title = session.scalar(select(Proposal.title_id).filter_by(id=1))
    session.execute(update(Account).filter_by(id=account_id).values(clearance="secret"))
    session.execute(update(Proposal).filter_by(id=1).values(classification="secret", recorded_by_id=account_id))
    secretariat = visit.as_(SECRETARIAT)
    assert secretariat.get("/proposals/1").heading == title
    approve_first_version(secretariat, visit.as_(ADVISER))

    # Not even stored: what pages show of an approved version is filtered again by the present classification.
    stored = session.scalars(select(MinutesVersion.content)).one()
    assert title not in stored
    assert "U-2020-001" not in stored
    assert "U-2020-002" in stored
    for reader in (visit.as_(READER), secretariat):
        shown = reader.get(f"{MEETING}/minutes/versions/1").text_of(".paper")
        assert title not in shown
        assert "U-2020-001" not in shown
        assert "U-2020-002" in shown
        assert "1 butir disembunyikan" in shown
