"""The table of the indicators: how each stands, how many rows a tab has, and counts of what the viewer may see."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.targets.rules import Polarity, Progress, progress

MORE, LESS = Polarity.MAXIMISE, Polarity.MINIMISE


@pytest.mark.parametrize(("actual", "target", "polarity", "expected"), [
    ("70.5", "70.5", MORE, Progress.REACHED),
    ("63.45", "70.5", MORE, Progress.NEAR),
    ("63.44", "70.5", MORE, Progress.MISSED),
    ("36", "36", LESS, Progress.REACHED),
    ("39.6", "36", LESS, Progress.NEAR),
    ("39.7", "36", LESS, Progress.MISSED),
    ("1", "0", LESS, Progress.MISSED),
    ("0", "0", LESS, Progress.REACHED),
    (None, "70.5", MORE, Progress.UNMEASURED),
    ("70.5", None, MORE, Progress.NO_TARGET),
    ("70.5", "70.5", None, Progress.NO_DIRECTION),
])  # fmt: skip
def test_an_indicator_is_nearly_reached_from_ninety_percent(
    actual: str | None, target: str | None, polarity: Polarity | None, expected: Progress
) -> None:
    numbers = [None if number is None else Decimal(number) for number in (actual, target)]

    assert progress(numbers[0], numbers[1], polarity) is expected


@pytest.mark.one_database
def test_each_tab_counts_the_indicators_that_it_leads_to(visit: Visitor) -> None:
    browser = visit.as_(READER)
    tabs = browser.get("/targets?editions=in_force").soup.select(".tabs a:has(.count)")

    shown = {str(tab["href"]): len(browser.get(str(tab["href"])).soup.select("tr.leaf")) for tab in tabs}

    assert shown == {str(tab["href"]): int(tab.select_one(".count").get_text()) for tab in tabs}
    assert all(shown.values())


@pytest.mark.one_database
def test_a_row_counts_only_proposals_and_actions_that_the_viewer_may_see(visit: Visitor, session: Session) -> None:
    row = session.execute(
        text(
            "SELECT l.proposal_id, l.target_id FROM proposal_target_link l JOIN action_item a"
            " ON a.proposal_id = l.proposal_id JOIN indicator i ON i.id = l.target_id"
            " WHERE l.state <> 'rejected' ORDER BY l.id DESC"
        )
    ).first()
    assert row is not None
    before = [counts_of(visit.as_(name).get("/targets?view=all"), row.target_id) for name in (READER, SECRETARIAT)]
    assert before[0] == before[1]

    session.execute(text("UPDATE proposal SET classification = 'restricted' WHERE id = :id"), {"id": row.proposal_id})
    session.execute(
        text("UPDATE action_item SET classification = 'restricted' WHERE proposal_id = :id"), {"id": row.proposal_id}
    )

    proposals, actions = counts_of(visit.as_(READER).get("/targets?view=all"), row.target_id)
    assert proposals == before[0][0] - 1
    assert actions < before[0][1]


def counts_of(page: Page, target_id: int) -> tuple[int, int]:
    (row,) = (
        row
        for row in page.soup.select("tr.leaf")
        if str(row.select_one(".what a")["href"]).split("?")[0] == f"/targets/{target_id}"
    )
    proposals, actions, _ = (int(cell.get_text()) for cell in row.select(".counts"))
    return proposals, actions
