"""Two people verify the same action at the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import REVIEWER, Visitor, filled
from tracker.actions.models import ActionItem
from tracker.history.models import Event


def test_one_completes_it_and_the_other_gets_409(visit: Visitor, session: Session) -> None:
    waiting = select(ActionItem.id).where(
        ActionItem.status == "awaiting_verification", ActionItem.classification == "ordinary",
        ActionItem.evidence.is_not(None),
    )  # fmt: skip
    number = session.scalars(waiting.order_by(ActionItem.id).limit(1)).one()
    address = f"/actions/{number}/move/completed"
    browsers = [visit.as_(REVIEWER), visit.as_(REVIEWER)]
    forms = [filled(browser.get(address).form(address)) for browser in browsers]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: pair[0].post(address, pair[1]).status, zip(browsers, forms, strict=True)))

    assert sorted(answers) == [303, 409]
    told = select(func.count()).select_from(Event).filter_by(subject_id=number, verb="moved_completed")
    assert session.scalar(told) == 1
