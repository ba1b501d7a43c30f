"""Requests for due dates, reassignment, escalation and holds, through the pages of each role."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import PIC, READER, REVIEWER, SECRETARIAT, Visitor, offered
from tracker.accounts.models import Account
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.models import ActionHold, ActionItem, DueDateChange
from tracker.audit.models import Event
from tracker.people.models import Person, Position

pytestmark = pytest.mark.one_database

OPEN = ("not_started", "in_progress")


@pytest.fixture
def mine(session: Session) -> ActionItem:
    """An open action of the PIC with a due date and no request for another."""
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    action = session.scalar(select(ActionItem).where(
        ActionItem.pic_id == person, ActionItem.status.in_(OPEN), ActionItem.due_on.is_not(None),
        ActionItem.classification == "ordinary", ActionItem.id.not_in(select(DueDateRequest.action_id)),
    ).order_by(ActionItem.id))  # fmt: skip
    assert action is not None
    return action


def verbs(session: Session, action: ActionItem) -> list[str]:
    query = select(Event.verb).filter_by(subject="action_item", subject_id=action.id).order_by(Event.id)
    return list(session.scalars(query))


def ask(visit: Visitor, action: ActionItem, days: int) -> date:
    address, day = f"/actions/{action.id}/ask-date", action.due_on + timedelta(days=days)
    browser = visit.as_(PIC)
    answer = browser.submit(browser.get(address), address, asked_for=day, reason="Data daerah belum lengkap")
    assert answer.status == 303, answer.problems
    return day


def test_a_granted_request_becomes_the_next_promise(visit: Visitor, session: Session, mine: ActionItem) -> None:
    first, count_before = (
        mine.original_due_on,
        len(session.scalars(select(DueDateChange).filter_by(action_id=mine.id)).all()),
    )
    day = ask(visit, mine, 30)
    request_id = session.scalar(select(DueDateRequest.id).filter_by(action_id=mine.id))
    browser, address = visit.as_(REVIEWER), f"/actions/{mine.id}/requests/{request_id}/grant"

    page = browser.follow(browser.submit(browser.get(address), address, note="Terakhir kali"))

    session.expire_all()
    granter = session.scalar(select(Account.display_name).filter_by(username=REVIEWER))
    assert (mine.due_on, mine.original_due_on) == (day, first)
    promises = session.scalars(select(DueDateChange).filter_by(action_id=mine.id).order_by(DueDateChange.id)).all()
    assert len(promises) == count_before + 1
    assert (promises[-1].reason, promises[-1].agreed_by) == ("Data daerah belum lengkap", granter)
    assert verbs(session, mine)[-3:] == ["due_date_asked", "due_date_granted", "due_date_moved"]
    assert f"janji {count_before + 1}: " in page.text_of(".picture desc")
    words = page.text_of("#promises")
    assert "Data daerah belum lengkap" in words
    assert granter in words


def test_refusing_a_request_needs_a_reason_and_keeps_the_due_date(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    before = mine.due_on
    ask(visit, mine, 30)
    request_id = session.scalar(select(DueDateRequest.id).filter_by(action_id=mine.id))
    browser, address = visit.as_(REVIEWER), f"/actions/{mine.id}/requests/{request_id}/refuse"

    assert browser.submit(browser.get(address), address, note=" ").status == 422
    assert browser.submit(browser.get(address), address, note="Sudah tiga kali").status == 303
    again = browser.submit(browser.get(address), address, note="Lagi")

    session.expire_all()
    assert (again.status, mine.due_on) == (409, before)
    assert verbs(session, mine)[-1] == "due_date_refused"


def test_a_second_request_is_refused_and_the_pic_cannot_grant_the_first(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    ask(visit, mine, 30)
    request_id = session.scalar(select(DueDateRequest.id).filter_by(action_id=mine.id))
    browser, address = visit.as_(PIC), f"/actions/{mine.id}/ask-date"

    again = browser.submit(browser.get(address), address, asked_for=mine.due_on, reason="Lagi")

    assert again.status == 422
    browser.get(f"/actions/{mine.id}/requests/{request_id}/grant", status=404)


def test_nobody_grants_their_own_request(visit: Visitor, session: Session, mine: ActionItem) -> None:
    browser, address = visit.as_(REVIEWER), f"/actions/{mine.id}/ask-date"
    assert browser.submit(browser.get(address), address, asked_for=mine.due_on, reason="Atas nama PIC").status == 303
    request_id = session.scalar(select(DueDateRequest.id).filter_by(action_id=mine.id))

    browser.get(f"/actions/{mine.id}/requests/{request_id}/grant", status=404)


def test_reassigning_needs_a_reason_and_is_recorded(visit: Visitor, session: Session, mine: ActionItem) -> None:
    browser, address, before = visit.as_(REVIEWER), f"/actions/{mine.id}/reassign", mine.pic_id
    page = browser.get(address)
    other = next(value for value in offered(browser, page, "pic") if value != str(before))

    assert browser.submit(page, address, pic=other, reason="").status == 422
    assert browser.submit(browser.get(address), address, pic=other, reason="Pindah tugas").status == 303
    same = browser.submit(browser.get(address), address, reason="Tidak ada")

    session.expire_all()
    assert (mine.pic_id, same.status) == (int(other), 422)
    event = session.scalars(select(Event).filter_by(subject="action_item", verb="reassigned", subject_id=mine.id)).one()
    assert (event.reason, event.details["before"]["pic_id"]) == ("Pindah tugas", before)
    names = [session.get(Person, person_id).full_name for person_id in (before, int(other))]
    assert f"PIC dari {names[0]} menjadi {names[1]}" in browser.get(f"/actions/{mine.id}").text_of("#history")


def test_an_action_is_escalated_to_a_post(visit: Visitor, session: Session, mine: ActionItem) -> None:
    browser, address = visit.as_(REVIEWER), f"/actions/{mine.id}/escalate"
    assert browser.submit(browser.get(address), address, reason="Buntu").status == 422

    page = browser.follow(browser.submit(browser.get(address), address, position="1", reason="Buntu di tingkat unit"))

    escalated = select(Escalation.position_id).filter_by(action_id=mine.id).order_by(Escalation.id)
    assert session.scalars(escalated).all()[-1] == 1
    title = session.get(Position, 1).title_id
    assert f"Dieskalasikan kepada {title}" in page.text_of("#history")
    assert title in page.text_of("#escalations")
    assert verbs(session, mine)[-1] == "escalated"


def test_a_new_hold_ends_the_previous_one_and_can_be_released(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    browser, address = visit.as_(PIC), f"/actions/{mine.id}/hold"
    values = {"kind": "waiting_outside", "waiting_for": "Kementerian Luar Negeri", "reason": "Tanggapan atas surat"}
    page = browser.follow(browser.submit(browser.get(address), address, **values))
    assert "Kementerian Luar Negeri" in page.text_of(".record-note")

    assert browser.submit(browser.get(address), address, kind="blocked", waiting_for="Anggaran").status == 303
    holds = session.scalars(select(ActionHold).filter_by(action_id=mine.id).order_by(ActionHold.id)).all()
    assert [(hold.kind, hold.ended_on is None) for hold in holds] == [("waiting_outside", False), ("blocked", True)]
    release = f"/actions/{mine.id}/release"
    assert browser.submit(browser.get(release), release).status == 303
    assert browser.submit(browser.get(release), release).status == 409
    assert verbs(session, mine)[-3:] == ["held_waiting_outside", "held_blocked", "released"]


def test_closing_an_action_ends_its_hold(visit: Visitor, session: Session, mine: ActionItem) -> None:
    browser, hold = visit.as_(SECRETARIAT), f"/actions/{mine.id}/hold"
    assert browser.submit(browser.get(hold), hold, kind="blocked", waiting_for="Anggaran").status == 303
    cancel = f"/actions/{mine.id}/move/cancelled"

    assert browser.submit(browser.get(cancel), cancel, reason="Tidak jadi").status == 303

    assert session.scalars(select(ActionHold.ended_on).filter_by(action_id=mine.id)).one() is not None
    assert browser.submit(browser.get(hold), hold, kind="blocked", waiting_for="Lagi").status == 409


def test_readers_and_pics_of_other_actions_cannot_change_it(visit: Visitor, mine: ActionItem) -> None:
    for username, names in ((READER, ("ask-date", "reassign", "escalate", "hold", "release")),
                            (PIC, ("reassign", "escalate"))):  # fmt: skip
        browser = visit.as_(username)
        for name in names:
            browser.get(f"/actions/{mine.id}/{name}", status=404)
