"""The status sentence, chain, holder and reminder of an action."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem


def test_finished_actions_wait_for_a_verifier_and_closed_ones_for_nobody(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    found = {
        status: session.scalar(select(ActionItem.id).filter_by(status=status, classification="ordinary"))
        for status in ("awaiting_verification", "completed")
    }

    waiting = reader.get(f"/actions/{found['awaiting_verification']}")
    closed = reader.get(f"/actions/{found['completed']}")

    assert "menunggu penelaah" in waiting.text_of("#status-sentence")
    assert "menunggu" not in closed.text_of("#status-sentence")
    assert "sudah ditutup" in closed.text_of("#turns")
    assert reader.client.get(f"/actions/{found['completed']}/reminder").status_code == 404


def test_a_chain_with_a_long_word_stands_upright_on_a_phone(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    assert [bool(browser.get(f"/proposals/{number}").soup.select(".chain.is-upright")) for number in (1, 7)] == [
        False, True,
    ]  # fmt: skip


def test_the_chain_is_on_every_page_with_a_button_for_those_who_may_fill_the_first_gap(visit: Visitor) -> None:
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)

    for path, current in (("/meetings/1", "Rapat"), ("/proposals/1", "Usulan"), ("/actions/1", "Tindak lanjut")):
        page = reader.get(path)
        assert page.text_of(".chain li[aria-current]").startswith(current)
        assert len(page.soup.select(".chain li")) == 5
        assert not page.soup.select(".chain .is-gap a")
    assert [gap["href"] for gap in secretariat.get("/proposals/1").soup.select(".chain .is-gap a")] == [
        "/proposals/1/move/approved"
    ]
