"""What was proposed before is recognised in other words, and never beyond what the viewer may see."""

from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bench import proposed_before
from tests.databases import Databases, Kind, close, settings_for
from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor
from tracker import create_app
from tracker.core.actor import SYSTEM, acting
from tracker.proposals.models import Proposal

FORUM = "/proposals/earlier?text=membentuk+kelompok+kerja+nasional+penanganan+dugaan+pelanggaran+HAM"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nine_of_ten_are_found_among_three_and_most_of_what_is_shown_is_right(
    databases: Databases, kind: Kind, tmp_path: Path
) -> None:
    with databases.copy(kind, "empty") as url:
        app = create_app(settings_for(url, tmp_path))
        with app.app_context(), acting(SYSTEM):
            results = list(proposed_before.run_queries())
        close(app)

    precision, recall = proposed_before.figures(results)

    assert len(results) >= 60
    assert recall >= 0.9, [result.text for result in results if result.expected and not result.is_found]
    assert precision >= 0.85, [(result.text, result.wrong_titles) for result in results if result.wrong_titles]


def test_the_form_of_a_new_proposal_asks_what_was_proposed_before(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    for page in ("/proposals/new", "/meetings/2/statements/new"):
        place = browser.get(page).soup.select_one("[data-earlier]")
        assert (place["data-earlier"], place["data-of"]) == ("/proposals/earlier", "title_id")

    assert "U-2020-001" in browser.client.get(FORUM).get_data(as_text=True)
    assert "U-2020-001" not in browser.client.get(f"{FORUM}&except=1").get_data(as_text=True)
    assert browser.client.get("/proposals/earlier?text=").get_data(as_text=True).strip() == ""


def test_a_proposal_one_may_not_see_is_not_hinted_at(visit: Visitor, session: Session) -> None:
    session.execute(update(Proposal).where(Proposal.id == 1).values(classification="restricted"))

    assert "U-2020-001" not in visit.as_(READER).client.get(FORUM).get_data(as_text=True)
    assert "U-2020-001" in visit.as_(ADVISER).client.get(FORUM).get_data(as_text=True)
