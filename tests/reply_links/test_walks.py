"""Two taps: open the link, send the answer. What arrives is what the page would have stored."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office, send_all
from tests.processes import both
from tests.reply_links.links import own_action, sent, stranger
from tests.security.stage import fingerprint
from tests.security.test_extra_fields import WatchOfAnswer, would_store
from tests.visitor import PIC, REVIEWER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account
from tracker.accounts.queries import account as account_of
from tracker.accounts.queries import as_actor
from tracker.actions import queries as actions
from tracker.actions.changes.models import DueDateRequest
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.attachments.models import Attachment
from tracker.audit.models import AuditEntry, Event, Involvement
from tracker.core import clock
from tracker.core.actor import acting
from tracker.reply_links.commands import offer_links
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import Purpose

pytestmark = pytest.mark.one_database

TOMORROW = clock.today() + timedelta(days=1)
#: For each purpose: what is typed behind the link, the same on the page, and that page.
ANSWERS: dict[Purpose, tuple[dict[str, str], dict[str, str], str]] = {
    Purpose.REPORT: (
        {"progress_note": "Naskah selesai dibahas", "percent": "40", "obstacle": "Menunggu data"},
        {"on": clock.today().isoformat()},
        "report",
    ),
    Purpose.FINISH: (
        {"progress_note": "Naskah diserahkan", "evidence": "Surat 12/2026"},
        {"on": clock.today().isoformat(), "is_finished": "y"},
        "report",
    ),
    Purpose.ASK_DATE: ({"asked_for": TOMORROW.isoformat(), "reason": "Menunggu anggaran"}, {}, "ask-date"),
}


@pytest.mark.on_both
@pytest.mark.parametrize("purpose", Purpose)
def test_open_and_send(visit: Visitor, session: Session, purpose: Purpose) -> None:
    action = own_action(session)
    path, browser = sent(visit.app, action)[purpose], stranger(visit)

    page = browser.get(path)
    answer = browser.submit(page, path, **ANSWERS[purpose][0])

    assert answer.status == 200, answer.problems
    assert answer.heading == "Terima kasih"
    session.refresh(action)
    account = session.scalars(select(Account).filter_by(username=PIC)).one()
    newest = session.scalars(select(Event).filter_by(subject="action_item", subject_id=action.id)
                             .order_by(Event.id.desc())).first()  # fmt: skip
    assert (newest.by_name, newest.by_account_id) == (account.display_name, account.id)
    assert newest.details["through"] == "link"
    chain = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert chain.by_name == f"{account.display_name} (melalui tautan)"
    if purpose is Purpose.ASK_DATE:
        request = session.scalars(select(DueDateRequest).filter_by(action_id=action.id, state="asked")).one()
        assert (request.asked_for, request.reason) == (TOMORROW, "Menunggu anggaran")
    else:
        report = session.scalars(select(ActionUpdate).filter_by(action_id=action.id)
                                 .order_by(ActionUpdate.id.desc())).first()  # fmt: skip
        assert report.progress_note == ANSWERS[purpose][0]["progress_note"]
        assert action.status == ("awaiting_verification" if purpose is Purpose.FINISH else "in_progress")
    assert "melalui tautan" in visit.as_(REVIEWER).get(f"/actions/{action.id}").text_of("#history")


@pytest.mark.parametrize("purpose", Purpose)
def test_what_arrives_by_link_is_stored_as_through_the_page(
    visit: Visitor, session: Session, purpose: Purpose
) -> None:  # fmt: skip
    action = own_action(session)
    typed, also, page = ANSWERS[purpose]
    browser, address = visit.as_(PIC), f"/actions/{action.id}/{page}"
    form = browser.get(address).form(address)
    through_page = would_store(browser, address, {**filled(form), **typed, **also})

    path = sent(visit.app, action)[purpose]
    through_link = would_store(stranger(visit), path, typed, WatchOfAnswer())

    assert [row for row in through_link if row[1] != "reply_link"] == through_page != []
    assert {row[1] for row in through_link} > {"reply_link"}


@pytest.mark.on_both
def test_of_two_answers_at_one_moment_one_is_stored(
    visit: Visitor, session: Session, app: Flask, tmp_path: Path
) -> None:  # fmt: skip
    action = own_action(session)
    path = sent(app, action)[Purpose.REPORT]

    answers = both(app, tmp_path, [(path, {"progress_note": [words]}) for words in ("Satu", "Dua")])

    assert sorted(answers) == ["200", "404"]
    reports = select(func.count()).select_from(ActionUpdate).where(ActionUpdate.progress_note.in_(["Satu", "Dua"]))
    assert session.scalar(reports) == 1


def test_a_finished_report_brings_its_file(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    path, browser = sent(visit.app, action)[Purpose.FINISH], stranger(visit)
    values = filled(browser.get(path).form(path)) | {"progress_note": ["Selesai"]}

    for name, content in (("bukti.pdf", b"MZ\x90\x00program"), ("bukti.txt", b"")):
        refused = browser.post(path, {**values, "file": [(io.BytesIO(content), name)]})
        assert (refused.status, len(refused.problems)) == (422, 1), name
    assert (empty := browser.post(path, values)).status == 422
    assert "data dukung" in empty.problems[0]
    assert session.scalars(select(Attachment).filter_by(action_id=action.id, name="bukti.txt")).all() == []

    answer = browser.post(path, {**values, "file": [(io.BytesIO(b"Laporan kegiatan"), "bukti.txt")]})

    assert answer.status == 200
    file = session.scalars(select(Attachment).filter_by(action_id=action.id, name="bukti.txt")).one()
    account = session.scalars(select(Account).filter_by(username=PIC)).one()
    assert (file.kind, file.added_by_id, file.media_type) == ("evidence", account.id, "text/plain")
    session.refresh(action)
    assert action.status == "awaiting_verification"


def test_whoever_reported_by_link_does_not_verify(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    path, browser = sent(visit.app, action)[Purpose.FINISH], stranger(visit)
    assert browser.submit(browser.get(path), path, progress_note="Selesai", evidence="Surat").status == 200

    parts = session.scalars(select(Involvement.part).filter_by(
        subject="action_item", subject_id=action.id, person_id=action.pic_id)).all()  # fmt: skip

    assert "reported" in parts
    session.refresh(action)
    assert action.status == "awaiting_verification"
    assert visit.as_(PIC).look(f"/actions/{action.id}/move/completed").status == 404


def test_opening_changes_nothing(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    paths = sent(visit.app, action)
    before = fingerprint(session)

    for path in paths.values():
        for _ in range(3):
            assert stranger(visit).client.get(path).status_code == 200
        assert stranger(visit).client.head(path).status_code == 200

    assert fingerprint(session) == before


def test_a_link_shows_what_it_is_for_and_leads_nowhere_else(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    path = sent(visit.app, action)[Purpose.REPORT]

    for browser in (stranger(visit), visit.as_(SECRETARIAT)):  # also where somebody is signed in
        page = browser.get(path)
        assert action.code in page.text
        assert action.text_id in page.text
        assert set(page.links) <= {"/", "#main", "#example-data"}
        assert not page.soup.select("nav")
        assert not page.soup.select("[role=search]")
    assert stranger(visit).look(f"/actions/{action.id}").status == 302


def test_the_page_speaks_the_language_of_the_account(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    session.execute(update(Account).filter_by(username=PIC).values(language="en"))
    session.commit()

    path = sent(visit.app, action)[Purpose.ASK_DATE]

    assert stranger(visit).get(path).heading == "Request another due date"


def test_a_mail_carries_a_link_for_each_purpose(
    visit: Visitor, app: Flask, session: Session, action_of_another: Callable[[], ActionItem]
) -> None:
    ratna = session.scalars(select(Account).filter_by(username=PIC)).one()
    session.execute(update(Account).values(email=None, wants_digest=False))
    session.execute(update(Account).filter_by(id=ratna.id).values(email="ratna@kemenham.go.id"))
    session.commit()
    action, browser = action_of_another(), visit.as_(REVIEWER)
    address = f"/actions/{action.id}/reassign"
    browser.submit(browser.get(address), address, pic=ratna.person_id, reason="Pindah tugas")

    with open_post_office() as office:
        assert send_all(app, office.address) == 0

    [mail] = office.taken
    text = mail.get_body(("plain",)).get_content()
    addresses = [word for word in text.split() if word.startswith("https://t.go.id/reply/")]
    html = mail.get_body(("html",)).get_content()
    assert len(addresses) == 3
    assert all(found in html for found in addresses)
    headings = [stranger(visit).get(found.removeprefix("https://t.go.id")).heading for found in addresses]
    assert headings == ["Laporkan kemajuan", "Laporkan selesai", "Minta tenggat lain"]
    shown = visit.as_(SECRETARIAT).get(f"/actions/{action.id}").all_of("#reply-links li")
    assert len(shown) == 3
    assert all(ratna.display_name in row and "sampai" in row for row in shown)
    assert not visit.as_(REVIEWER).get(f"/actions/{action.id}").soup.select("#reply-links")


def test_of_a_report_that_was_sent_back_a_mail_tells_nothing_classified(
    visit: Visitor, app: Flask, session: Session
) -> None:
    action = own_action(session)
    path, browser, reviewer = sent(app, action)[Purpose.FINISH], stranger(visit), visit.as_(REVIEWER)
    session.execute(update(Account).values(email=None, wants_digest=False))
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@go.id", clearance="top_secret"))
    session.commit()
    assert browser.submit(browser.get(path), path, progress_note="Selesai", evidence="Surat").status == 200
    back = f"/actions/{action.id}/move/in_progress"
    assert reviewer.submit(reviewer.get(back), back, reason="Belum lengkap").status == 303
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="restricted"))
    session.commit()

    with open_post_office() as office:
        assert send_all(app, office.address) == 0

    [mail] = office.taken
    assert mail["Subject"] == "Laporan Anda dikembalikan"
    for part in ("plain", "html"):
        text = mail.get_body((part,)).get_content()
        assert not [word for word in (action.code, action.text_id, "Belum lengkap", "/reply/") if word in text]


@pytest.fixture
def action_of_another(session: Session) -> Callable[[], ActionItem]:
    def find() -> ActionItem:
        person = select(Account.person_id).filter_by(username=PIC).scalar_subquery()
        query = select(ActionItem).filter_by(classification="ordinary", status="in_progress")
        return session.scalars(query.where(ActionItem.pic_id != person).order_by(ActionItem.id)).first()

    return find


def test_of_what_is_classified_no_link_is_sent(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="restricted"))
    session.execute(update(Account).filter_by(username=PIC).values(clearance="top_secret"))
    session.commit()
    account = session.scalars(select(Account).filter_by(username=PIC)).one()

    with visit.app.test_request_context():
        owner = account_of(account.id)
        with acting(as_actor(owner)):
            assert (
                offer_links(
                    actions.in_full(action.id), person_id=owner.person_id, account=owner, name="x", at=clock.now()
                )
                == {}
            )
    assert session.scalars(select(ReplyLink)).all() == []
