from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import PIC, REVIEWER, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem, DueDateChange
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Involvement
from tracker.audit.rules import Part
from tracker.reviews.models import Review, ReviewItem


@pytest.fixture
def mine(session: Session) -> ActionItem:
    """An action in progress of the PIC, with a due date and without evidence."""
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    action = session.scalars(select(ActionItem).where(
        ActionItem.pic_id == person, ActionItem.status.in_(("not_started", "in_progress")),
        ActionItem.due_on.is_not(None), ActionItem.classification == "ordinary",
    ).order_by(ActionItem.id)).first()  # fmt: skip
    action.status, action.evidence = ActionStatus.IN_PROGRESS, None
    session.flush()
    return action


def report_finished(browser: Visitor, action: ActionItem) -> None:
    address = f"/actions/{action.id}/report"
    values = {"progress_note": ["Selesai"], "evidence": ["Nota dinas"], "is_finished": ["y"]}
    inputs = browser.get(address).form(address).select("input[name]")
    unchanged = {str(field["name"]): [str(field.get("value", ""))] for field in inputs}
    assert browser.post(address, {**unchanged, **values}).status == 303


def status_of(session: Session, action: ActionItem) -> str:
    session.expire_all()
    return str(action.status)


def test_a_reviewer_verifies_a_finished_action_with_evidence(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    pic, reviewer, address = visit.as_(PIC), visit.as_(REVIEWER), f"/actions/{mine.id}/move/completed"
    step = f"/actions/{mine.id}/move/awaiting_verification"
    assert pic.submit(pic.get(step), step).status == 303
    assert status_of(session, mine) == "awaiting_verification"

    pic.get(address, status=404)
    assert reviewer.submit(reviewer.get(address), address, evidence="").status == 422
    assert reviewer.submit(reviewer.get(address), address, evidence="Nota dinas").status == 303

    assert status_of(session, mine) == "completed"


def test_accounts_of_the_pic_and_of_whoever_reported_cannot_verify(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    reviewer = session.scalars(select(Account).filter_by(username=REVIEWER)).one()
    other, mine.pic_id = mine.pic_id, reviewer.person_id
    session.flush()
    browser, address = visit.as_(REVIEWER), f"/actions/{mine.id}/move/completed"
    report_finished(browser, mine)
    browser.get(address, status=404)

    session.refresh(mine)
    mine.pic_id = other
    session.flush()
    browser.get(address, status=404)

    session.execute(delete(Involvement).filter_by(subject="action_item", subject_id=mine.id))
    browser.get(address)
    session.add(Involvement(subject="action_item", subject_id=mine.id, part=Part.IN_CHARGE, person_id=other))
    session.execute(update(Account).filter_by(username=REVIEWER).values(person_id=other))
    session.flush()
    browser.get(address, status=404)


def test_reopening_needs_a_reason(visit: Visitor, session: Session, mine: ActionItem) -> None:
    report_finished(visit.as_(PIC), mine)
    browser, moves = visit.as_(REVIEWER), f"/actions/{mine.id}/move"
    done, again = f"{moves}/completed", f"{moves}/in_progress"
    assert browser.submit(browser.get(done), done).status == 303

    assert browser.submit(browser.get(again), again, reason="").status == 422
    assert browser.submit(browser.get(again), again, reason="Lampiran keliru").status == 303

    assert status_of(session, mine) == "in_progress"
    assert (mine.verified_at, mine.closed_on) == (None, None)


def test_moving_a_due_date_needs_a_reason_keeps_the_original_and_detects_conflicts(
    visit: Visitor, session: Session, mine: ActionItem
) -> None:
    first, day, address = mine.original_due_on, mine.due_on + timedelta(days=14), f"/actions/{mine.id}/due-date"
    browser, second = visit.as_(REVIEWER), visit.as_(REVIEWER)
    edit_page = second.get(f"/actions/{mine.id}/edit")

    assert browser.submit(browser.get(address), address, due_on=day, reason="").status == 422
    assert browser.submit(browser.get(address), address, due_on=day, reason="Data terlambat").status == 303
    conflict = second.submit(edit_page, f"/actions/{mine.id}/edit", text_id="Teks lain")

    session.expire_all()
    assert (mine.due_on, mine.original_due_on, conflict.status) == (day, first, 409)
    assert mine.text_id != "Teks lain"
    query = select(DueDateChange.reason).filter_by(action_id=mine.id).order_by(DueDateChange.id)
    reasons = session.scalars(query).all()
    assert reasons[-1] == "Data terlambat"


def test_the_weekly_review_refuses_to_verify_ones_own_action_and_says_why(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    item = session.scalars(
        select(ReviewItem)
        .join(Review)
        .where(Review.status == "open", ReviewItem.position.is_not(None), ReviewItem.action_id.is_not(None))
    ).first()
    own = session.get(ActionItem, item.action_id)
    own.pic_id = session.scalar(select(Account.person_id).filter_by(username=REVIEWER))
    own.status, own.evidence = ActionStatus.AWAITING_VERIFICATION, "Nota dinas"
    session.flush()

    page = decide(browser, browser.get(f"{this_week()}/queue/{item.id}"), "done", evidence="Foto")

    assert page.status == 409
    assert "Verifikasi dilakukan orang yang tidak pernah" in " ".join(page.problems)
    assert status_of(session, own) == "awaiting_verification"
