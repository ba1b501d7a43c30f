"""Persons in charge without an account: mailed at the address in the register, and answering by link."""

from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office, send_all
from tests.reply_links.links import stranger
from tests.visitor import REVIEWER, Visitor
from tracker.accounts.models import Account
from tracker.actions.changes.models import DueDateRequest
from tracker.actions.models import ActionItem
from tracker.audit.models import Involvement
from tracker.people.models import Person

pytestmark = pytest.mark.one_database
SITE = "https://t.go.id"


@pytest.fixture
def budi(session: Session) -> Person:
    """Nobody else is mailed."""
    session.execute(update(Account).values(email=None, wants_digest=False))
    has_account = select(Account.person_id).where(Account.person_id.is_not(None))
    person = session.scalars(select(Person).where(Person.id.not_in(has_account), Person.is_listed)
                             .order_by(Person.id).limit(1)).one()  # fmt: skip
    session.execute(update(Person).where(Person.id == person.id).values(email="budi@daerah.go.id"))
    session.commit()
    return person


def put_in_charge(visit: Visitor, session: Session, person: Person) -> ActionItem:
    query = select(ActionItem).filter_by(classification="ordinary", status="in_progress")
    action = session.scalars(query.where(ActionItem.pic_id != person.id).order_by(ActionItem.id)).first()
    browser, address = visit.as_(REVIEWER), f"/actions/{action.id}/reassign"
    answer = browser.submit(browser.get(address), address, pic=person.id, reason="Pindah tugas")
    assert answer.status == 303, answer.problems
    return action


def mails(app: Flask) -> list[EmailMessage]:
    with open_post_office() as office:
        assert send_all(app, office.address) == 0
        return office.taken


def links(mail: EmailMessage) -> list[str]:
    words = mail.get_body(("plain",)).get_content().split()
    return [word.removeprefix(SITE) for word in words if word.startswith(f"{SITE}/reply/")]


def test_somebody_without_an_account_asks_and_is_answered(
    visit: Visitor, app: Flask, session: Session, budi: Person
) -> None:
    action = put_in_charge(visit, session, budi)
    [mail] = mails(app)
    assert (mail["To"], len(links(mail))) == ("budi@daerah.go.id", 3)
    for part in ("plain", "html"):
        assert f"{SITE}/actions/" not in mail.get_body((part,)).get_content()  # they could not open it
    path = links(mail)[2]

    browser = stranger(visit)
    answer = browser.submit(browser.get(path), path, asked_for="2027-03-01", reason="Menunggu anggaran")

    assert answer.status == 200, answer.problems
    request = session.scalars(select(DueDateRequest).filter_by(action_id=action.id, state="asked")).one()
    assert (request.by_name, request.by_account_id) == (budi.full_name, None)
    parts = select(Involvement.part).filter_by(subject="action_item", subject_id=action.id, person_id=budi.id)
    assert "asked" in session.scalars(parts).all()  # so nobody who is linked to that person later grants it

    reviewer, grant = visit.as_(REVIEWER), f"/actions/{action.id}/requests/{request.id}/grant"
    assert reviewer.submit(reviewer.get(grant), grant).status == 303

    [granted] = mails(app)
    assert granted["To"] == "budi@daerah.go.id"
    assert len(links(granted)) == 3
    assert {stranger(visit).look(old).status for old in links(mail)} == {404}
    assert stranger(visit).get(links(granted)[0]).heading == "Laporkan kemajuan"


def test_of_what_is_classified_they_hear_nothing(visit: Visitor, app: Flask, session: Session, budi: Person) -> None:
    action = put_in_charge(visit, session, budi)
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="restricted"))
    session.commit()

    assert mails(app) == []


def test_an_undone_assignment_is_told_to_whom_it_was_sent(
    visit: Visitor, app: Flask, session: Session, budi: Person
) -> None:
    action, browser = put_in_charge(visit, session, budi), visit.as_(REVIEWER)
    session.refresh(action)
    page = browser.get(f"/actions/bulk?action={action.id}")
    assert [mail["To"] for mail in mails(app)] == ["budi@daerah.go.id"]
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(pic_id=None))
    session.commit()
    page = browser.get(f"/actions/bulk?action={action.id}")

    assert browser.submit(page, "/actions/bulk", pic=budi.id, reason="Kembali").status == 303

    assert [mail["To"] for mail in mails(app)] == ["budi@daerah.go.id"]
    undo = browser.get("/actions/bulk").soup.select_one("a[href$='/undo']")["href"]
    assert browser.submit(browser.get(undo), undo).status == 303
    [mail] = mails(app)
    assert mail["To"] == "budi@daerah.go.id"
    assert links(mail) == []


@pytest.mark.parametrize("stays", [True, False])
def test_a_report_that_is_sent_back_is_told_to_whoever_gave_it_by_link(
    visit: Visitor, app: Flask, session: Session, budi: Person, stays: bool
) -> None:
    action = put_in_charge(visit, session, budi)
    path, browser, reviewer = links(mails(app)[0])[1], stranger(visit), visit.as_(REVIEWER)
    finished = browser.submit(browser.get(path), path, progress_note="Selesai", evidence="Surat 7/2026")
    assert finished.status == 200, finished.problems
    assert mails(app) == []

    back = f"/actions/{action.id}/move/in_progress"
    assert reviewer.submit(reviewer.get(back), back, reason="Surat belum ditandatangani").status == 303
    if not stays:
        session.execute(update(ActionItem).where(ActionItem.id == action.id).values(pic_id=None))
        session.commit()

    [mail] = mails(app)
    assert (mail["To"], action.code in mail["Subject"]) == ("budi@daerah.go.id", True)
    for part in ("plain", "html"):
        assert "Surat belum ditandatangani" in mail.get_body((part,)).get_content()
    assert len(links(mail)) == (3 if stays else 0)
    assert stranger(visit).look(path).status == 404
    if stays:  # reported again before the next mail: that one has nothing to say
        again = links(mail)[1]
        assert browser.submit(browser.get(again), again, progress_note="Ditandatangani").status == 200
        assert reviewer.submit(reviewer.get(back), back, reason="Tanggal keliru").status == 303
        session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="restricted"))
        session.commit()
        assert mails(app) == []
