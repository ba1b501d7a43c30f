"""S7: what the Minister asked for, who conveyed it, and what came of it; it never counts as a proposal."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.lists.test_lists import rows_of
from tests.visitor import PIC, READER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal


@pytest.fixture
def directive(session: Session) -> Statement:
    return session.scalars(select(Statement).filter_by(meeting_id=1, kind="directive")).one()


def test_the_page_says_whose_request_it_is_who_conveyed_it_and_that_its_meeting_is_not_mentioned(
    visit: Visitor, directive: Statement
) -> None:
    page = visit.as_(READER).get(f"/meetings/statements/{directive.id}")

    assert page.text_of("#relayed") == (
        "Arahan Menteri Hukum dan HAM, disampaikan oleh Min Usihen, rapat asal: tidak disebut"
    )
    assert page.text_of("blockquote").strip() == directive.quote
    assert not page.soup.select("#origin")


def test_the_chain_leads_to_the_proposal_its_actions_and_their_evidence(
    visit: Visitor, session: Session, directive: Statement
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    second = session.scalar(select(Proposal.id).filter_by(code="U-2020-002"))
    new = secretariat.get(f"/actions/new?proposal={second}")
    assert secretariat.submit(new, "/actions/new", text_id="Menyusun indikator baru").status == 303
    action = session.scalars(select(ActionItem).filter_by(proposal_id=second)).one()
    report = secretariat.get(f"/actions/{action.id}/report")
    answer = secretariat.submit(
        report, f"/actions/{action.id}/report", progress_note="Selesai.", evidence="Permenkumham 22/2021"
    )
    assert answer.status == 303, answer.problems

    page = visit.as_(PIC).get(f"/meetings/statements/{directive.id}")

    stops = page.all_of(".chain li")
    assert [stop.split()[0] for stop in stops] == ["Arahan", "Usulan", "Tindak", "Data"]
    assert "U-2020-002" in stops[1]
    assert action.code in stops[2]
    assert "Permenkumham 22/2021" in stops[3]


def test_the_meeting_it_comes_from_is_attached_later_without_touching_the_words(
    visit: Visitor, session: Session, directive: Statement
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    origin = session.scalar(select(Meeting.id).where(Meeting.id != 1).order_by(Meeting.date))
    words = (directive.quote, directive.gist_id, directive.origin_note, directive.on_behalf_of)
    address = f"/meetings/statements/{directive.id}"
    page = secretariat.get(address)

    assert secretariat.submit(page, f"{address}/origin", meeting="").status == 422
    assert secretariat.submit(page, f"{address}/origin", meeting=1).status == 422
    page = secretariat.follow(secretariat.submit(page, f"{address}/origin", meeting=origin))

    session.refresh(directive)
    assert directive.origin_meeting_id == origin
    assert (directive.quote, directive.gist_id, directive.origin_note, directive.on_behalf_of) == words
    assert "tidak disebut" not in page.text_of("#relayed")
    assert "Rapat asal pernyataan ini dikaitkan" in page.text_of("#history")


def test_a_directive_is_in_no_count_of_proposals(visit: Visitor, session: Session, directive: Statement) -> None:
    page = visit.as_(READER).get("/proposals/unanswered")
    open_ones = select(func.count()).select_from(Proposal).filter_by(classification="ordinary")
    standing = session.scalar(open_ones.where(Proposal.status != "merged"))

    assert page.text_of("#tally").startswith(f"{standing} usulan seluruhnya")
    assert directive.quote not in visit.as_(READER).get("/proposals?q=prestigious").text


def test_a_directive_is_in_no_statistic_and_no_list_of_proposals(visit: Visitor, directive: Statement) -> None:
    reader = visit.as_(READER)

    assert "; 5 usulan, 5 belum diputuskan; " in reader.get("/meetings/1").text_of("#status-sentence")
    assert len(reader.get("/proposals?year=2020").soup.select("tbody tr")) == 5
    listed = next(row for row in reader.get("/meetings?year=2020").all_of("tbody tr") if "R-2020-001" in row)
    assert "5" in listed.split()
    rows = rows_of(reader, "/proposals.csv?year=2020")[1:]
    assert len(rows) == 5
    assert not any("prestigious" in cell for row in rows for cell in row)
    found = reader.get("/search?kind=proposal&q=prestigious")
    assert not found.soup.select(".hits > li")
