from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import DECISION_MAKER, Visitor
from tracker.audit.models import Event
from tracker.proposals.models import TargetLink


def steps_offered(browser: Visitor, link: TargetLink) -> list[str]:
    start = f"/proposals/1/targets/{link.id}/settle/"
    return [href.removeprefix(start) for href in browser.get("/proposals/1").links if href.startswith(start)]


def test_rejecting_a_link_needs_a_reason_and_the_decision_can_be_withdrawn(visit: Visitor, session: Session) -> None:
    browser = visit.as_(DECISION_MAKER)
    link = session.scalars(select(TargetLink).filter_by(proposal_id=1).order_by(TargetLink.id)).first()
    link.state = "suggested"
    session.flush()
    reject, back = (f"/proposals/1/targets/{link.id}/settle/{to}" for to in ("rejected", "suggested"))
    assert steps_offered(browser, link) == ["confirmed", "rejected"]

    without_reason = browser.submit(browser.get(reject), reject)
    assert (without_reason.status, without_reason.problems) == (422, ["Tulis alasannya."])
    assert browser.submit(without_reason, reject, note="Bukan dampaknya").status == 303

    assert steps_offered(browser, link) == ["suggested"]
    browser.get(reject, status=404)
    assert browser.submit(browser.get(back), back).status == 303
    assert steps_offered(browser, link) == ["confirmed", "rejected"]
    events = select(Event.verb, Event.reason).filter_by(subject="proposal", subject_id=1).order_by(Event.id.desc())
    assert session.execute(events.limit(2)).all() == [("link_suggested", None), ("link_rejected", "Bukan dampaknya")]
