"""The command palette: what may be done with a record, then what the search finds."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.proposals.models import Proposal


def found(browser: Visitor, typed: str) -> dict[str, str]:
    """Name and address of what the palette offers, in order, without the way to all results."""
    answer = browser.client.get("/search/jump", query_string={"q": typed})
    assert answer.status_code == 200
    offered = {choice["name"]: choice["id"] for choice in answer.json["choices"]}
    assert not typed.strip() or offered.pop("Semua hasil dan saringan").startswith("/search?q=")
    return offered


@pytest.fixture
def action(session: Session) -> ActionItem:
    """An open action of the PIC, in which the reviewer has no part."""
    person = session.scalars(select(Account.person_id).filter_by(username=PIC)).one()
    mine = select(ActionItem).filter_by(pic_id=person, status="in_progress", classification="ordinary")
    return session.scalars(mine.order_by(ActionItem.id)).first()


def test_a_code_and_a_verb_lead_to_the_form(visit: Visitor, action: ActionItem) -> None:
    browser = visit.as_(SECRETARIAT)
    ways = (f"{action.code} perpanjang", f"perpanjang {action.code.lower()}", f"{action.code} tenggat")

    firsts = [next(iter(found(browser, typed).values())) for typed in ways]

    assert firsts == [f"/actions/{action.id}/due-date"] * 3
    browser.get(firsts[0])


def test_it_offers_only_what_the_policy_allows(visit: Visitor, action: ActionItem) -> None:
    asked = {name: found(visit.as_(name), action.code) for name in (SECRETARIAT, PIC, READER)}

    for name, offered in asked.items():
        for address in offered.values():
            visit.as_(name).get(address)
    home = f"/actions/{action.id}"
    assert f"{home}/ask-date" in asked[PIC].values()
    assert f"{home}/due-date" not in asked[PIC].values()
    assert home in asked[READER].values()
    assert not [address for address in asked[READER].values() if address.startswith(f"{home}/")]


def test_steps_of_a_proposal_are_offered_by_their_verbs(visit: Visitor, session: Session) -> None:
    proposal = session.scalars(select(Proposal).filter_by(status="submitted", classification="ordinary")).first()

    offered = found(visit.as_(SECRETARIAT), f"{proposal.code} ubah")

    assert next(iter(offered.items())) == ("Ubah", f"/proposals/{proposal.id}/edit")


def test_without_a_code_it_finds_what_the_search_finds(visit: Visitor) -> None:
    assert "/proposals/1" in found(visit.as_(READER), "forum nasional").values()


def test_a_hidden_record_is_absent(visit: Visitor, session: Session, action: ActionItem) -> None:
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(classification="top_secret"))
    session.commit()

    offered = found(visit.as_(REVIEWER), f"{action.code} perpanjang").values()
    assert not [address for address in offered if address.startswith(f"/actions/{action.id}")]


@pytest.mark.parametrize("typed", ["", "\x00", "a" * 60_000, "TL-2026-063 " * 500, "٣ 漢字", "%", "R-9999-999999 ubah"])
def test_hostile_words_cause_no_error(visit: Visitor, typed: str) -> None:
    found(visit.as_(SECRETARIAT), typed)
