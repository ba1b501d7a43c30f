"""Events list the rows they mention in a column: hidden rows hide an event, codes in typed text do not."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.attachments.test_pages import attach
from tests.core.test_media_types import PDF
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.meetings.models import Statement
from tracker.proposals.models import Proposal


def test_a_code_in_a_file_name_hides_no_event(visit: Visitor) -> None:
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    before = len(reader.get("/meetings/1/history").soup.select("#history li"))

    page = browser.follow(attach(browser, PDF, "bukti R-1999-001 dan U-1999-001.pdf"))
    browser.submit(page, "/attachments/1/remove")

    history = reader.get("/meetings/1/history").soup.select("#history li")
    assert len(history) == before + 2


def test_events_that_repeat_a_secret_line_are_hidden(visit: Visitor, session: Session) -> None:
    line = session.scalars(select(Statement).filter_by(meeting_id=1, kind="directive")).one()
    words = (line.gist_id or line.quote or "")[:30]
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    for address in (f"/meetings/statements/{line.id}/remove", f"/meetings/minutes/lines/{line.id}/restore"):
        assert browser.post(address, {"csrf_token": [browser.token()]}).status == 303
    assert reader.get("/meetings/1/history").text_of("#history").count(words) == 2

    session.execute(update(Statement).filter_by(id=line.id).values(classification="secret"))

    history = reader.get("/meetings/1/history").text_of("#history")
    assert words not in history
    assert session.scalars(select(Event.mentions).filter_by(verb="statement_removed")).one() == [f"statement:{line.id}"]


def test_events_that_mention_a_secret_part_of_a_split_are_hidden(visit: Visitor, session: Session) -> None:
    browser, reader, path = visit.as_(SECRETARIAT), visit.as_(READER), "/proposals/1/split"
    browser.submit(browser.get(path), path, reason="Dua hal yang berbeda",
                   **{"parts-0-title_id": "Bagian satu", "parts-0-gist_id": "Isi satu"})  # fmt: skip
    part = session.scalars(select(Proposal).filter_by(title_id="Bagian satu")).one()
    assert reader.get("/proposals/1").text_of("#history").count("Dua hal yang berbeda") >= 1

    session.execute(update(Proposal).filter_by(id=part.id).values(classification="secret"))

    assert "Dua hal yang berbeda" not in reader.get("/proposals/1").text
