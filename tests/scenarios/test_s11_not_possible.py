from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import REVIEWER, Visitor
from tracker.actions.models import ActionItem


def test_an_action_that_cannot_be_followed_up_asks_for_a_listed_reason(visit: Visitor, session: Session) -> None:
    action = session.scalars(select(ActionItem).where(
        ActionItem.status == "in_progress", ActionItem.classification == "ordinary")).first()  # fmt: skip
    browser, address = visit.as_(REVIEWER), f"/actions/{action.id}/move/not_actionable"
    page = browser.get(address)
    offered = [str(option["value"]) for option in page.soup.select("[name=reason_code] option") if option["value"]]
    assert offered == ["force_majeure", "legal_process", "change_of_organisation", "change_of_regulation", "other"]

    assert browser.submit(page, address, reason="Tidak bisa").status == 422
    assert browser.submit(browser.get(address), address, reason_code="other").status == 422
    assert browser.submit(browser.get(address), address, reason_code="legal_process").status == 303

    session.expire_all()
    assert (str(action.status), str(action.not_actionable_reason)) == ("not_actionable", "legal_process")
    assert "Proses hukum" in browser.get(f"/actions/{action.id}").text_of(".facts")
