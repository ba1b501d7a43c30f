"""Pages for holders, reminders, splitting, and unanswered proposals."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, DECISION_MAKER, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.core import clock
from tracker.meetings.models import StatementProposal
from tracker.people.models import Position
from tracker.proposals.models import Proponent, Proposal
from tracker.status.models import HandOver

pytestmark = pytest.mark.one_database

FIRST = "/proposals/1"


def kept(session: Session, one: Proposal) -> tuple[set[int | None], set[tuple[int, str]]]:
    """Proponents and statements of a proposal."""
    people = session.scalars(select(Proponent).filter_by(proposal_id=one.id))
    said = session.scalars(select(StatementProposal).filter_by(proposal_id=one.id))
    return {row.person_id for row in people}, {(row.statement_id, row.bearing) for row in said}


def say_it_waits_outside(browser: Visitor, days: int = 41) -> None:
    address = f"{FIRST}/hand-over"
    day = clock.today() - timedelta(days=days)
    answer = browser.submit(
        browser.get(address), address, outside="Kementerian PANRB", on=day.isoformat(), reason="Surat 12"
    )
    assert answer.status == 303, answer.problems


def test_an_unknown_holder_is_shown_as_unknown(visit: Visitor) -> None:
    page = visit.as_(READER).get(FIRST)

    assert page.text_of("#status-sentence").endswith("belum diputuskan; belum jelas menunggu siapa")
    assert "belum jelas menunggu siapa" in page.text_of("#turns")


def test_the_recipient_of_a_hand_over_is_shown_with_days_in_sentence_list_and_reminder(visit: Visitor) -> None:
    browser = visit.as_(REVIEWER)
    say_it_waits_outside(browser)

    page = browser.get(FIRST)
    assert page.text_of("#status-sentence").endswith("menunggu Kementerian PANRB 41 hari")
    assert "Kementerian PANRB: 41 hari" in page.all_of(".holders li")
    assert "Surat 12" in page.text_of("#turns")
    letter = browser.get(f"{FIRST}/reminder").text_of("#letter")
    assert "Yth. Kementerian PANRB Dengan hormat," in letter
    assert page.text_of("#status-sentence") in letter


def test_a_decision_ends_a_hand_over(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    say_it_waits_outside(browser)
    chief = session.scalar(select(Position.id).filter_by(short="Dirjen HAM"))
    address = f"{FIRST}/move/approved"
    decider = visit.as_(DECISION_MAKER)

    assert decider.submit(decider.get(address), address, authority=chief, reason="Disposisi 7").status == 303

    page = browser.get(FIRST)
    assert "disetujui Dirjen HAM pada" in page.text_of("#status-sentence")
    assert page.text_of("#status-sentence").endswith("belum jelas menunggu siapa")
    assert "Kementerian PANRB: 41 hari" in page.all_of(".holders li")


def test_a_hand_over_needs_exactly_one_recipient_and_keeps_what_was_typed(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), f"{FIRST}/hand-over"
    post = session.scalar(select(Position.id))

    page = browser.submit(browser.get(address), address, outside="PANRB", position=post, reason="Surat 12")

    assert page.status == 422
    assert page.problems == ["Pilih tepat satu: orang, jabatan, unit, atau pihak luar."]
    assert page.form(address).select_one("[name=outside]")["value"] == "PANRB"
    assert not session.scalars(select(HandOver).filter_by(proposal_id=1)).all()


def test_parts_of_a_split_proposal_have_its_proponents_and_statements_and_own_codes(
    visit: Visitor, session: Session
) -> None:
    browser, address = visit.as_(SECRETARIAT), f"{FIRST}/split"
    given = {"parts-0-title_id": "Bagian pertama", "parts-1-title_id": "Bagian kedua", "reason": "Dua unit"}

    assert browser.submit(browser.get(address), address, reason="Dua unit").status == 422
    assert browser.submit(browser.get(address), address, **given).status == 303

    whole, *parts = session.scalars(
        select(Proposal).where(Proposal.code.in_(["U-2020-001", "U-2020-006", "U-2020-007"])).order_by(Proposal.id)
    ).all()  # fmt: skip
    assert [part.title_id for part in parts] == ["Bagian pertama", "Bagian kedua"]
    assert kept(session, whole)[1]
    assert [kept(session, part) for part in parts] == [kept(session, whole)] * 2
    split = session.scalars(select(Event).filter_by(subject="proposal", subject_id=whole.id, verb="split")).one()
    assert split.reason == "Dua unit"
    assert [one.code in " ".join(browser.get(FIRST).all_of("#lineage li")) for one in parts] == [True, True]


def test_unanswered_proposals_are_listed_and_the_thresholds_can_be_changed(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(ADMIN), "/proposals/unanswered/thresholds"
    before = browser.get("/proposals/unanswered")
    assert "U-2020-001" in before.text
    assert "2 rapat atau 60 hari" in before.text
    assert not visit.as_(READER).get("/proposals/unanswered").soup.select(f"a[href='{address}']")

    assert browser.submit(browser.get(address), address, days="0").status == 422
    assert browser.submit(browser.get(address), address, meetings="50", days="3650").status == 303

    after = browser.get("/proposals/unanswered")
    assert "U-2020-001" not in after.text
    assert "50 rapat atau 3.650 hari" in after.text
    told = session.scalars(select(Event).filter_by(subject="answer_setting")).one()
    assert (told.details["before"]["days"], told.details["after"]["days"]) == (60, 3650)


def test_a_proposal_discussed_in_two_meetings_without_decision_is_unanswered(visit: Visitor, session: Session) -> None:
    young = session.scalars(select(Proposal).filter_by(status="submitted").order_by(Proposal.raised_on.desc())).first()
    browser, address = visit.as_(ADMIN), "/proposals/unanswered/thresholds"
    browser.submit(browser.get(address), address, meetings="2", days="3650")
    assert young.code not in browser.get("/proposals/unanswered").text

    session.add(StatementProposal(statement_id=1, proposal_id=young.id, bearing="discusses"))
    session.flush()

    assert young.code in browser.get("/proposals/unanswered").text


def test_only_permitted_final_statuses_are_offered(visit: Visitor) -> None:
    ways = visit.as_(DECISION_MAKER).get("/proposals/unanswered").links

    assert f"{FIRST}/move/approved" in ways
    assert f"{FIRST}/move/rejected" in ways
    assert f"{FIRST}/move/withdrawn" not in ways
    assert f"{FIRST}/reminder" in visit.as_(READER).get("/proposals/unanswered").links
