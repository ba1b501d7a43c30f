"""S1: the meeting of 21 October 2020 is stored exactly as in its source file, without anything added."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.core.visibility import unrestricted
from tracker.demo.real_meeting import SOURCE, in_spoken_order
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.proposals.models import Proposal, TargetLink

pytestmark = pytest.mark.on_both

SOURCE_DATA = json.loads(Path(SOURCE).read_text())


@pytest.fixture
def page(visit: Visitor) -> Page:
    browser = visit.as_(READER)
    return browser.get(browser.client.get("/meetings/R-2020-001").location)


def test_the_page_shows_date_time_and_source(page: Page) -> None:
    assert page.heading == SOURCE_DATA["meeting"]["name"]["id"]
    assert "Rabu, 21 Oktober 2020" in page.text
    assert "siang ini" in page.text
    assert "Disusun dari siaran pers; belum disahkan." in page.text
    assert SOURCE_DATA["meeting"]["source"]["url"] in page.links


def test_the_page_lists_attendees_by_post_if_their_name_is_unknown(visit: Visitor) -> None:
    page = visit.as_(READER).get("/meetings/1/people")
    rows = page.all_of("#attendance .seat")

    assert len(rows) == 9
    assert [
        attendee["post_as_written"] in row for attendee, row in zip(SOURCE_DATA["attendance"], rows, strict=True)
    ] == [True] * 9
    assert page.all_of("#attendance .empty-line") == ["Nama pemangku 6 jabatan belum ditetapkan."]
    assert len(page.soup.select("#attendance .seat a[href^='/people/']")) == 3


def test_statements_are_listed_in_the_order_of_the_source(page: Page, visit: Visitor) -> None:
    in_order = in_spoken_order(SOURCE_DATA)
    texts = [row.get("quote") or row.get("text_as_written") or row["paraphrase_as_written"] for row in in_order]

    shown = " ".join(page.all_of("#statements .spoken"))
    live = visit.as_(SECRETARIAT).get("/meetings/1/minutes")

    assert [row["code"] for row in in_order] == ["U1", "H1", "R1", "R3", "U2", "D1", "R2", "H2", "U3", "U4", "U5", "A1"]
    for text in (shown, " ".join(live.all_of("[data-line]"))):
        places = [text.index(words) for words in texts]
        assert places == sorted(places)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_note_on_the_date_is_in_the_language_of_the_page(visit: Visitor, language: str) -> None:
    browser = visit.as_(READER)
    browser.client.post("/language", data={"csrf_token": browser.token(), "language": language, "next": "/"})
    notes = SOURCE_DATA["meeting"]["year_basis"]

    shown = browser.get("/meetings/1").text

    assert notes[language] in shown
    assert notes["id" if language == "en" else "en"] not in shown


def test_facts_that_the_source_does_not_give_are_counted_as_not_yet_set(page: Page, visit: Visitor) -> None:
    outcomes = visit.as_(READER).get("/meetings/1/outcomes")

    assert outcomes.text_of("#decisions").endswith("Belum ada keputusan")
    assert outcomes.text_of("#actions").endswith("Belum ada tindak lanjut")
    assert page.text_of(".rail .unfold").startswith("6 isian kosong")
    assert "Notulis" in page.text_of(".rail .unfold")
    assert "Notulis" not in page.all_of(".facts dt")


def test_every_quote_is_stored_byte_for_byte(session: Session) -> None:
    meeting_id = session.scalar(select(Meeting.id).filter_by(code="R-2020-001"))
    stored = set(session.scalars(select(Statement.quote).filter_by(meeting_id=meeting_id)))

    quotes = {row["quote"] for row in [*SOURCE_DATA["statements"], *SOURCE_DATA["proposals"]] if "quote" in row}

    assert quotes <= stored
    assert stored - quotes == {None}


def test_the_stored_numbers_are_those_of_the_source(session: Session) -> None:
    meeting_id = session.scalar(select(Meeting.id).filter_by(code="R-2020-001"))
    count = select(func.count())
    raised = select(Proposal.id).filter_by(raised_in_id=meeting_id)
    statements = select(Statement.id).filter_by(meeting_id=meeting_id)

    assert session.scalar(count.select_from(Attendance).filter_by(meeting_id=meeting_id)) == 9
    assert session.scalar(count.select_from(Attendance).filter_by(meeting_id=meeting_id, person_id=None)) == 6
    assert session.scalar(count.select_from(raised.subquery())) == 5
    assert session.scalar(count.select_from(statements.subquery())) == 5 + 7
    assert session.scalar(count.select_from(ActionItem).where(ActionItem.statement_id.in_(statements))) == 0
    assert session.scalar(count.select_from(ActionItem).where(ActionItem.proposal_id.in_(raised))) == 0
    assert session.scalar(count.select_from(StatementProposal).where(StatementProposal.bearing == "decides")
                          .where(StatementProposal.statement_id.in_(statements))) == 0  # fmt: skip


def test_each_proposal_has_its_links_to_targets_with_their_effects(session: Session) -> None:
    meeting_id = session.scalar(select(Meeting.id).filter_by(code="R-2020-001"))
    with unrestricted():
        raised = session.scalars(select(Proposal).filter_by(raised_in_id=meeting_id).order_by(Proposal.id)).all()
        effects = {
            proposal.title_id: sorted(
                link.effect.value for link in session.scalars(select(TargetLink).filter_by(proposal_id=proposal.id))
            )
            for proposal in raised
        }

    assert effects == {
        row["title"]["id"]: sorted(link["effect"] for link in row["links"]) for row in SOURCE_DATA["proposals"]
    }
    assert {proposal.status.value for proposal in raised} == {"submitted"}


def test_in_english_everything_except_quotes_is_english(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.client.post("/language", data={"csrf_token": browser.token(), "language": "en", "next": "/"})

    page = browser.get("/meetings/1")

    assert page.heading == SOURCE_DATA["meeting"]["name"]["en"]
    assert "Wednesday, 21 October 2020" in page.text
    assert "Compiled from a press release; not yet approved." in page.text
    assert browser.get("/meetings/1/outcomes").text_of("#decisions").startswith("Decisions 0 No decision yet")
    assert SOURCE_DATA["proposals"][0]["quote"] in " ".join(page.text.split())
