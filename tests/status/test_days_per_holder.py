"""Days per holder on pages: former holders keep their days."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import REVIEWER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.people.models import OrgUnit, Person, Position
from tracker.reviews.models import Review, ReviewItem


def days_ago(days: int) -> time_machine.travel:
    return time_machine.travel(clock.now() - timedelta(days=days), tick=False)


def number_of(session: Session, kind: type[Person | OrgUnit | Position], **given: str) -> int:
    return session.scalars(select(kind.id).filter_by(**given)).one()


@pytest.fixture
def action(visit: Visitor, session: Session) -> ActionItem:
    """Assigned to Ratna ten days ago, for the first proposal."""
    with days_ago(10):
        browser = visit.as_(SECRETARIAT)
        page = browser.get("/actions/new?proposal=1")
        pic = number_of(session, Person, name="Ratna Dewanti")
        assert browser.submit(page, "/actions/new", text_id="Menyusun kajian", pic=pic).status == 303
    return session.scalars(select(ActionItem).filter_by(proposal_id=1)).one()


def test_a_former_holder_keeps_their_days(visit: Visitor, session: Session, action: ActionItem) -> None:
    address = f"/actions/{action.id}/reassign"
    with days_ago(4):
        browser = visit.as_(REVIEWER)
        bagus = number_of(session, Person, name="Bagus Prasetyo")
        page = browser.get(address)
        assert browser.submit(page, address, pic=bagus, reason="Ratna cuti").status == 303
    browser = visit.as_(REVIEWER)
    page = browser.get(address)
    assert (
        browser.submit(page, address, pic=number_of(session, Person, name="Nurhayati"), reason="Mutasi").status == 303
    )

    page = browser.get(f"/actions/{action.id}")

    assert page.all_of(".holders li") == ["Ratna Dewanti: 6 hari", "Bagus Prasetyo: 4 hari", "Nurhayati: 0 hari"]
    assert "Ratna cuti" in page.text_of("#turns")
    assert page.text_of("#status-sentence").endswith("menunggu Nurhayati sejak hari ini")


def test_a_decision_authority_has_no_days_before_it_was_named(visit: Visitor, session: Session) -> None:
    post = number_of(session, Position, short="Dirjen HAM")
    with days_ago(7):
        browser = visit.as_(SECRETARIAT)
        page = browser.get("/proposals/1/edit")
        assert browser.submit(page, "/proposals/1/edit", decision_authority=post).status == 303
    browser = visit.as_(SECRETARIAT)

    page = browser.get("/proposals/1")

    assert page.all_of(".holders li") == ["Direktur Jenderal HAM: 7 hari"]
    assert page.text_of("#status-sentence").endswith("menunggu Dirjen HAM 7 hari")
    other = number_of(session, Position, short="Sesditjen HAM")
    page = browser.get("/proposals/1/edit")
    assert browser.submit(page, "/proposals/1/edit", decision_authority=other).status == 303
    told = browser.get("/proposals/1").all_of(".holders li")
    assert told == ["Direktur Jenderal HAM: 7 hari", "Sekretaris Direktorat Jenderal HAM: 0 hari"]


def test_a_proposal_in_follow_up_has_the_holder_of_its_action(
    visit: Visitor, session: Session, action: ActionItem
) -> None:
    for days, to, given in ((9, "under_discussion", {"reason": "Dibahas"}), (8, "in_follow_up", {})):
        address, day = f"/proposals/1/move/{to}", clock.today() - timedelta(days=days)
        browser = visit.as_(REVIEWER)
        assert browser.submit(browser.get(address), address, on=day.isoformat(), **given).status == 303
    address = f"/actions/{action.id}/reassign"
    with days_ago(3):
        browser = visit.as_(REVIEWER)
        pic = number_of(session, Person, name="Bagus Prasetyo")
        assert browser.submit(browser.get(address), address, pic=pic, reason="Mutasi").status == 303

    page = visit.as_(REVIEWER).get("/proposals/1")

    assert page.all_of(".holders li") == ["Ratna Dewanti: 5 hari", "Bagus Prasetyo: 3 hari"]


def test_undoing_a_decision_of_a_review_restores_the_days(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    sitting = select(ReviewItem).join(Review).where(Review.status == "open", ReviewItem.position.is_not(None))
    item = session.scalars(sitting.where(ReviewItem.action_id.is_not(None)).order_by(ReviewItem.position)).first()
    before = browser.get(f"/actions/{item.action_id}")
    queue, pic = f"{this_week()}/queue/{item.id}", number_of(session, Person, name="Dimas Anggoro")
    page = decide(browser, browser.get(queue), "reassign", pic_id=str(pic), unit_id="", reason="Salah orang")
    assert "menunggu Dimas Anggoro sejak hari ini" in browser.get(f"/actions/{item.action_id}").text

    browser.submit(browser.follow(page), f"{this_week()}/undo/{item.id}")

    after = browser.get(f"/actions/{item.action_id}")
    assert before.text_of("#turns strong")
    assert after.text_of("#turns strong") == before.text_of("#turns strong")
    assert "Dimas Anggoro: 0 hari" in after.all_of(".holders li")
