"""S12: merged proposals are shown on their survivor, marked with their origin, and counted once."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, REVIEWER, SECRETARIAT, Visitor, offered
from tracker.proposals.models import Proposal
from tracker.targets.models import Target

FIRST = "/proposals/1"


def a_later_proposal(visit: Visitor, session: Session) -> int:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/proposals/new")
    answer = browser.submit(
        page, "/proposals/new", title_id="Pokja nasional penanganan dugaan pelanggaran HAM",
        gist_id="Raperpres", raised_on="2021-11-03", source_note="Rancangan Perpres",
    )  # fmt: skip
    assert answer.status == 303, answer.problems
    return session.scalar(select(Proposal.id).filter_by(code="U-2021-001"))


def merge(visit: Visitor, proposal_id: int, survivor_id: int) -> int:
    browser, address = visit.as_(REVIEWER), f"/proposals/{proposal_id}/move/merged"
    return browser.submit(
        browser.get(address), address, survivor=survivor_id, reason="Lanjutan dari forum nasional"
    ).status


def total(browser: Visitor) -> int:
    return int(re.match(r"\d+", browser.get("/proposals/unanswered").text_of("#tally"))[0])


def test_the_survivor_shows_targets_proponents_and_open_actions_of_merged_proposals(
    visit: Visitor, session: Session
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    target = session.scalar(select(Target.id).order_by(Target.id))
    linking = f"{FIRST}/targets/new"
    secretariat.submit(secretariat.get(linking), linking, target=target, effect="supports")
    new = secretariat.get("/actions/new?proposal=1")
    secretariat.submit(new, "/actions/new", text_id="Menyusun kajian forum")
    survivor = a_later_proposal(visit, session)
    reader = visit.as_(READER)
    before = total(reader)

    assert merge(visit, 1, survivor) == 303

    page = reader.get(f"/proposals/{survivor}")
    assert "dari U-2020-001" in page.text_of("#targets")
    assert "dari U-2020-001" in page.text_of("#actions")
    assert "dari U-2020-001" in page.text_of("#proponents")
    assert total(reader) == before - 1
    merged = reader.get(FIRST)
    assert "Razilu" in merged.text_of("#proponents")
    assert "digabung ke U-2021-001" in merged.text_of("#status-sentence")
    assert f"/proposals/{survivor}" in merged.links
    history = merged.text_of("#history")
    assert all(words in history for words in ("Diusulkan", "Dikaitkan dengan target", "Lanjutan dari forum nasional"))
    assert "Usulan lain digabung ke usulan ini" in page.text_of("#history")


def test_indirect_mergers_are_shown_and_cycles_are_refused(visit: Visitor, session: Session) -> None:
    survivor = a_later_proposal(visit, session)
    assert merge(visit, 1, 2) == 303
    assert merge(visit, 2, survivor) == 303

    assert "dari U-2020-001" in visit.as_(READER).get(f"/proposals/{survivor}").text_of("#proponents")
    reviewer, address = visit.as_(REVIEWER), f"/proposals/{survivor}/move/merged"
    page = reviewer.get(address)
    assert {"1", "2", str(survivor)}.isdisjoint(offered(reviewer, page, "survivor"))
    values = {"csrf_token": reviewer.token(), "survivor": "1", "on": "2021-11-04", "once": "x" * 24}
    assert reviewer.client.post(address, data=values).status_code in {409, 422}
