"""Rules that span features. Numbers are missing where the rule is tested with its feature."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.visitor import DECISION_MAKER, READER, SECRETARIAT, Visitor, offered
from tracker.audit.models import Event
from tracker.core import clock
from tracker.meetings.models import Attendance
from tracker.proposals.models import Proposal
from tracker.targets.models import Indicator, IndicatorValue

pytestmark = pytest.mark.on_both


def test_1_an_attendance_row_has_a_person_or_a_post(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(Attendance.__table__.insert().values(
            meeting_id=1, place="99", role="participant", status="present", version=1))  # fmt: skip


def test_2_a_meeting_has_at_most_one_chair(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), "/meetings/1/attendance/new"

    page = browser.submit(browser.get(address), address, post_as_written="Dirjen HAM", role="chair")

    assert (page.status, len(page.problems)) == (422, 1)
    with pytest.raises(IntegrityError):
        session.execute(Attendance.__table__.insert().values(
            meeting_id=1, place="99", role="chair", status="present", post_as_written="x", version=1))  # fmt: skip


def test_4_each_change_of_state_has_its_event(visit: Visitor, session: Session) -> None:
    for table, subject in (("proposal", "proposal"), ("action_item", "action_item")):
        last = dict(session.execute(select(Event.subject_id, Event.to_state).where(
            Event.subject == subject, Event.to_state.is_not(None), Event.verb.not_like("attribution%"),
            Event.verb.not_like("link%"), Event.verb != "target_linked").order_by(Event.id)).all())  # fmt: skip
        stored = dict(session.execute(text(f"SELECT id, status FROM {table}")).all())
        assert {number: last.get(number) for number in stored} == stored, table


@pytest.mark.parametrize("given", [{"reason": ""}, {"reason": "Menunggu anggaran", "revisit_on": ""}])
def test_5_deferring_needs_a_reason_and_a_date_to_revisit(
    visit: Visitor, session: Session, given: dict[str, str]
) -> None:
    browser, address = visit.as_(DECISION_MAKER), "/proposals/3/move/deferred"

    page = browser.submit(browser.get(address), address, **given)

    assert page.status == 422
    assert session.scalar(select(Proposal.status).filter_by(id=3)) == "submitted"
    assert session.scalar(select(func.count()).select_from(Proposal).where(
        Proposal.status == "deferred", Proposal.revisit_on.is_(None))) == 0  # fmt: skip


def test_6_a_merged_proposal_has_a_survivor_and_merges_are_acyclic(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), "/proposals/1/move/merged"
    assert browser.submit(browser.get(address), address, survivor=2, reason="Pokok yang sama").status == 303
    back = "/proposals/2/move/merged"
    page = browser.get(back)

    assert "1" not in offered(browser, page, "survivor")
    assert session.scalar(select(Proposal.survivor_id).filter_by(id=1)) == 2
    merged = session.execute(select(Proposal.id, Proposal.survivor_id).where(Proposal.status == "merged")).all()
    assert all(survivor is not None and survivor != number for number, survivor in merged)


def test_7_an_unknown_value_is_shown_as_unknown_never_as_zero(visit: Visitor, session: Session) -> None:
    number = session.scalar(select(Indicator.id).order_by(Indicator.id))
    session.execute(IndicatorValue.__table__.insert().values(
        indicator_id=number, year=2021, period_id=4, target_value=None, actual_value=None, version=1))  # fmt: skip

    row = visit.as_(READER).get(f"/targets/{number}").text_of("#values tbody tr")

    assert "2021" in row
    assert "belum ditetapkan" in row or "–" in row
    assert " 0" not in row.replace("2021", "")


def test_11_and_12_the_day_changes_at_midnight_in_jakarta() -> None:
    midnight = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        before = clock.today()
    with time_machine.travel(midnight, tick=False):
        after = clock.today()

    assert (before.isoformat(), after.isoformat()) == ("2026-11-24", "2026-11-25")
