"""Letters with a link, for those in charge who get no mail: outside bodies, units, people without an account."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.reply_links.links import own_action, stranger
from tests.visitor import PIC, REVIEWER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.audit.models import AuditEntry, Event
from tracker.reply_links.models import ReplyLink

pytestmark = pytest.mark.one_database


def outside(session: Session) -> ActionItem:
    """An action that a body outside has to do."""
    action = own_action(session)
    nobody = dict.fromkeys(("pic_id", "responsible_unit_id", "responsible_position_id"))
    changed = update(ActionItem).where(ActionItem.id == action.id)
    session.execute(changed.values(**nobody, waiting_for="Kementerian Keuangan"))
    session.commit()
    return action


def letter(visit: Visitor, action: ActionItem, purpose: str = "report") -> Page:
    browser, address = visit.as_(SECRETARIAT), f"/actions/{action.id}/letters/new"
    assert address in browser.get(f"/actions/{action.id}").links
    return browser.follow(browser.submit(browser.get(address), address, purpose=purpose))


def path_in(page: Page) -> str:
    return page.text_of(".reply-address").strip().partition("5000")[2]


def test_an_outside_body_reports_with_a_letter(visit: Visitor, session: Session) -> None:
    action = outside(session)
    page = letter(visit, action)
    assert "Kementerian Keuangan" in page.text
    assert page.soup.select_one("img.qr")["src"].startswith("data:image/svg+xml")

    path, reader = path_in(page), stranger(visit)
    answer = reader.submit(reader.get(path), path, progress_note="Surat sudah dikirim")

    assert answer.status == 200
    report = session.scalars(select(ActionUpdate).filter_by(progress_note="Surat sudah dikirim")).one()
    assert (report.by_name, report.by_account_id) == ("Kementerian Keuangan", None)
    event = session.scalars(select(Event).filter_by(verb="progress_reported", subject_id=action.id)
                            .order_by(Event.id.desc())).first()  # fmt: skip
    assert event.details["through"] == "link"
    chain = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert chain.by_name == "Kementerian Keuangan (melalui tautan)"
    assert reader.look(path).status == 404


def test_the_secretariat_sees_opens_and_revokes_it(visit: Visitor, session: Session) -> None:
    action = outside(session)
    page, browser = letter(visit, action, "ask_date"), visit.as_(SECRETARIAT)
    shown = browser.get(f"/actions/{action.id}")
    assert "Kementerian Keuangan" in shown.text_of("#reply-links")
    again = browser.get(shown.soup.select_one("#reply-links a")["href"])  # to print it once more
    assert stranger(visit).get(path_in(again)).heading == "Minta tenggat lain"

    assert browser.submit(shown, shown.soup.select_one("#reply-links form")["action"]).status == 303

    assert {stranger(visit).look(path_in(found)).status for found in (page, again)} == {404}
    assert session.scalars(select(ReplyLink.ended_as)).one() == "revoked"


def test_others_print_none_and_nobody_reads_the_link_of_a_mail(visit: Visitor, session: Session) -> None:
    action = outside(session)
    letter(visit, action)
    number = session.scalar(select(ReplyLink.id))
    for username in (PIC, REVIEWER):
        visit.as_(username).get(f"/actions/{action.id}/letters/new", 404)
        visit.as_(username).get(f"/actions/{action.id}/letters/{number}", 404)
    session.execute(update(ReplyLink).values(is_letter=False, person_id=1))
    session.commit()

    visit.as_(SECRETARIAT).get(f"/actions/{action.id}/letters/{number}", 404)


def test_of_what_is_classified_there_is_no_letter(visit: Visitor, session: Session) -> None:
    action = outside(session)
    path = path_in(letter(visit, action))
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="restricted"))
    session.commit()

    assert stranger(visit).look(path).status == 404
    visit.as_(SECRETARIAT).get(f"/actions/{action.id}/letters/new", 404)


def test_a_letter_is_overtaken_when_somebody_is_put_in_charge(visit: Visitor, session: Session) -> None:
    action = outside(session)
    path = path_in(letter(visit, action))
    browser, address = visit.as_(SECRETARIAT), f"/actions/{action.id}/reassign"

    assert browser.submit(browser.get(address), address, pic=1, reason="Ada PIC").status == 303

    assert stranger(visit).look(path).status == 404
    assert session.scalars(select(ReplyLink.ended_as)).one() == "overtaken"
