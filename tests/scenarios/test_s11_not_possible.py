"""S11: reject, defer or declare impossible, each with a reason that the proponent can read."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tests.reviews.steps import open_review_of_week
from tests.visitor import ADVISER, DECISION_MAKER, REVIEWER, Page, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import Involvement
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.clock import Zone
from tracker.people.models import Position
from tracker.proposals.models import Proposal
from tracker.reviews.models import ReviewItem

VALID = ["force_majeure", "legal_process", "change_of_organisation", "change_of_regulation", "other"]


def card(page: Page, code: str) -> str:
    return next(text for text in page.all_of("#my-proposals .card") if code in text)


@pytest.mark.parametrize(
    ("to", "values", "missing"),
    [
        ("rejected", {"reason": "Tidak ada dasar hukum"}, "reason"),
        ("deferred", {"reason": "Menunggu anggaran"}, "revisit_on"),
    ],
)
def test_rejecting_and_deferring_need_reasons_that_the_proponent_can_read(
    visit: Visitor, to: str, values: dict[str, str], missing: str
) -> None:
    decider, address = visit.as_(DECISION_MAKER), f"/proposals/1/move/{to}"
    revisit = (clock.today() + timedelta(days=30)).isoformat()
    complete = {**values, **({"revisit_on": revisit} if to == "deferred" else {})}

    refused = decider.submit(
        decider.get(address), address, **{name: value for name, value in complete.items() if name != missing}
    )
    assert refused.status == 422
    assert decider.submit(decider.get(address), address, **complete).status == 303

    assert values["reason"] in card(visit.as_(ADVISER).get("/"), "U-2020-001")


def test_declaring_a_proposal_impossible_needs_a_valid_reason(visit: Visitor, session: Session) -> None:
    decider, chief = visit.as_(DECISION_MAKER), session.scalars(select(Position.id).filter_by(short="Dirjen HAM")).one()
    approving, ending = "/proposals/1/move/approved", "/proposals/1/move/not_actionable"
    assert decider.submit(decider.get(approving), approving, authority=chief, reason="Disposisi 7").status == 303
    page = decider.get(ending)
    offered = [str(option["value"]) for option in page.soup.select("[name=reason_code] option") if option["value"]]
    assert offered == VALID

    refused = decider.submit(page, ending, reason="Tidak bisa")
    assert (refused.status, refused.problems) == (422, ["Pilih alasan yang sah."])
    assert decider.submit(decider.get(ending), ending, reason_code="other").status == 422
    assert decider.submit(decider.get(ending), ending, reason_code="change_of_regulation").status == 303

    assert "alasan: perubahan peraturan" in card(visit.as_(ADVISER).get("/"), "U-2020-001")


def test_a_deferred_proposal_is_in_the_queue_in_the_week_of_its_revisit_date(visit: Visitor, session: Session) -> None:
    monday = week_of(clock.today()).next.monday
    decider, address = visit.as_(DECISION_MAKER), "/proposals/3/move/deferred"
    values = {"reason": "Menunggu anggaran", "revisit_on": (monday + timedelta(days=3)).isoformat()}
    assert decider.submit(decider.get(address), address, **values).status == 303

    with time_machine.travel(datetime.combine(monday, time(8), Zone.WIB.info), tick=False):
        page = open_review_of_week(visit.as_(REVIEWER))

    third = session.scalars(select(Proposal).filter_by(code="U-2020-003")).one()
    rows = session.scalars(select(ReviewItem).filter_by(proposal_id=third.id).order_by(ReviewItem.id)).all()
    assert rows[-1].queue_group == "back_from_deferral"
    assert any(row.startswith("Kembali dari penundaan") for row in page.all_of("#queue tbody tr"))


def test_declaring_an_action_impossible_needs_a_valid_reason(visit: Visitor, session: Session) -> None:
    reviewer = session.scalars(select(Account).filter_by(username=REVIEWER)).one()
    own = select(Involvement.subject_id).where(
        Involvement.subject == "action_item",
        or_(Involvement.account_id == reviewer.id, Involvement.person_id == reviewer.person_id),
    )
    action = session.scalars(select(ActionItem).where(
        ActionItem.status == "in_progress", ActionItem.classification == "ordinary",
        ActionItem.id.not_in(own)).order_by(ActionItem.id)).first()  # fmt: skip
    browser, address = visit.as_(REVIEWER), f"/actions/{action.id}/move/not_actionable"
    page = browser.get(address)
    offered = [str(option["value"]) for option in page.soup.select("[name=reason_code] option") if option["value"]]
    assert offered == VALID

    assert browser.submit(page, address, reason="Tidak bisa").status == 422
    assert browser.submit(browser.get(address), address, reason_code="other").status == 422
    assert browser.submit(browser.get(address), address, reason_code="legal_process").status == 303

    session.expire_all()
    assert (str(action.status), str(action.not_actionable_reason)) == ("not_actionable", "legal_process")
    assert "Proses hukum" in browser.get(f"/actions/{action.id}").text_of(".rail")
