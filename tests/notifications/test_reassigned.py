"""A new person in charge gets a notice, whether reassigned, edited or changed in bulk."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office, send_all
from tests.visitor import PIC, REVIEWER, Visitor, offered
from tracker.accounts.models import Account
from tracker.actions.changes.models import BulkChange
from tracker.actions.models import ActionItem
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState


@pytest.fixture
def ratna(session: Session) -> Account:
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@kemenham.go.id"))
    return session.scalars(select(Account).filter_by(username=PIC)).one()


@pytest.fixture
def action(session: Session, ratna: Account) -> ActionItem:
    """An open action of another person."""
    query = select(ActionItem).where(
        ActionItem.pic_id != ratna.person_id, ActionItem.status == "in_progress",
        ActionItem.classification == "ordinary",
    )  # fmt: skip
    return session.scalars(query.order_by(ActionItem.id)).first()


def notified_actions(session: Session, account: Account) -> list[int | None]:
    return list(session.scalars(select(Notice.subject_id).filter_by(kind=NoticeKind.ASSIGNED, account_id=account.id)))


@pytest.mark.parametrize("method", ["reassign", "edit", "bulk"])
def test_the_new_person_in_charge_gets_a_notice(
    visit: Visitor, session: Session, ratna: Account, action: ActionItem, method: str
) -> None:
    address = "/actions/bulk" if method == "bulk" else f"/actions/{action.id}/{method}"
    browser, fields = visit.as_(REVIEWER), {} if method == "edit" else {"reason": "Pindah tugas"}
    form = browser.get(f"{address}?action={action.id}")

    page = browser.submit(form, address, pic=ratna.person_id, **fields)

    assert page.status == 303, page.problems
    assert notified_actions(session, ratna) == [action.id]


def test_a_change_of_unit_alone_sends_no_notice(
    visit: Visitor, session: Session, ratna: Account, action: ActionItem
) -> None:
    browser, address = visit.as_(REVIEWER), f"/actions/{action.id}/reassign"
    browser.submit(browser.get(address), address, pic=ratna.person_id, reason="Pindah tugas")
    form = browser.get(address)
    unit = next(
        number for number in offered(browser, form, "responsible_unit") if number != str(action.responsible_unit_id)
    )

    page = browser.submit(form, address, responsible_unit=unit, reason="Penataan unit")

    assert page.status == 303, page.problems
    assert notified_actions(session, ratna) == [action.id]


@pytest.mark.parametrize("is_sent", [False, True])
def test_an_undone_assignment_is_reported_only_if_its_mail_was_sent(
    visit: Visitor, app: Flask, session: Session, ratna: Account, action: ActionItem, is_sent: bool
) -> None:
    session.execute(update(Account).filter_by(id=ratna.id).values(wants_digest=False))
    browser = visit.as_(REVIEWER)
    page = browser.get(f"/actions/bulk?action={action.id}")
    assert browser.submit(page, "/actions/bulk", pic=ratna.person_id, reason="Pindah tugas").status == 303
    with open_post_office() as office:
        if is_sent:
            assert send_all(app, office.address) == 0
        address = f"/actions/bulk/{session.scalars(select(BulkChange.id)).one()}/undo"
        assert browser.submit(browser.get(address), address).status == 303
        assert send_all(app, office.address) == 0
        subjects = [mail["Subject"] for mail in office.taken]

    session.expire_all()
    about = select(Notice.kind, Notice.state).filter_by(account_id=ratna.id, subject_id=action.id).order_by(Notice.id)
    assert session.execute(about).all() == (
        [(NoticeKind.ASSIGNED, NoticeState.SENT), (NoticeKind.TAKEN_BACK, NoticeState.SENT)]
        if is_sent else [(NoticeKind.ASSIGNED, NoticeState.MOOT)]
    )  # fmt: skip
    assert ["bukan lagi tugas Anda" in subject for subject in subjects] == ([False, True] if is_sent else [])
