"""S7: a directive of the Minister, who conveyed it and its outcome; it never counts as a proposal."""

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


def test_the_page_shows_who_gave_and_conveyed_the_directive_and_its_unknown_meeting(
    visit: Visitor, directive: Statement
) -> None:
    page = visit.as_(READER).get(f"/meetings/statements/{directive.id}")

    assert page.text_of("#relayed") == (
        "Arahan Menteri Hukum dan HAM, disampaikan oleh Min Usihen, rapat asal: tidak disebut"
    )
    assert page.text_of("blockquote").strip() == directive.quote
    assert not page.soup.select("#origin")


def test_the_chain_shows_proposal_action_and_evidence(visit: Visitor, session: Session, directive: Statement) -> None:
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


def test_the_original_meeting_can_be_linked_later_without_changing_the_text(
    visit: Visitor, session: Session, directive: Statement
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    origin = session.scalar(select(Meeting.id).where(Meeting.id != 1).order_by(Meeting.date))
    text = (directive.quote, directive.gist_id, directive.origin_note, directive.on_behalf_of)
    address = f"/meetings/statements/{directive.id}"
    page = secretariat.get(address)

    assert secretariat.submit(page, f"{address}/origin", meeting="").status == 422
    assert secretariat.submit(page, f"{address}/origin", meeting=1).status == 422
    page = secretariat.follow(secretariat.submit(page, f"{address}/origin", meeting=origin))

    session.refresh(directive)
    assert directive.origin_meeting_id == origin
    assert (directive.quote, directive.gist_id, directive.origin_note, directive.on_behalf_of) == text
    assert "tidak disebut" not in page.text_of("#relayed")
    assert "Rapat asal pernyataan ini dikaitkan" in page.text_of("#history")


def test_a_directive_is_not_counted_as_a_proposal(visit: Visitor, session: Session, directive: Statement) -> None:
    page = visit.as_(READER).get("/proposals/unanswered")
    query = select(func.count()).select_from(Proposal).filter_by(classification="ordinary")
    expected = session.scalar(query.where(Proposal.status != "merged"))

    assert page.text_of("#tally").startswith(f"{expected} usulan seluruhnya")
    assert directive.quote not in visit.as_(READER).get("/proposals?q=prestigious").text


def test_a_directive_is_not_in_figures_and_lists_of_proposals(visit: Visitor, directive: Statement) -> None:
    reader = visit.as_(READER)

    assert "; 5 usulan, 5 belum diputuskan; " in reader.get("/meetings/1").text_of("#status-sentence")
    assert len(reader.get("/proposals?year=2020").soup.select("tbody tr")) == 5
    listed = next(row for row in reader.get("/meetings?year=2020").all_of("tbody tr") if "R-2020-001" in row)
    assert "5" in listed.split()
    rows = rows_of(reader, "/proposals.csv?year=2020")[1:]
    assert len(rows) == 5
    assert not any("prestigious" in cell for row in rows for cell in row)
    hits = reader.get("/search?kind=proposal&q=prestigious")
    assert not hits.soup.select(".hits > li")
