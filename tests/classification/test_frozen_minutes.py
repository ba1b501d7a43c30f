"""Approved minutes stay as they are; what is more secret than its meeting by now is told from them to nobody."""

import io

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.scenarios.test_s4_submit_return_approve_correct import MEETING, approve_first_version
from tests.visitor import ADVISER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.meetings.models import Meeting, Statement
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries import frozen
from tracker.minutes.rules import canonical, mark_of
from tracker.proposals.models import Proposal


@pytest.fixture
def secretariat(visit: Visitor) -> Visitor:
    """The secretariat, after the minutes of meeting 1 are approved."""
    browser = visit.as_(SECRETARIAT)
    approve_first_version(browser, visit.as_(ADVISER))
    return browser


def everywhere(browser: Visitor) -> list[str]:
    """The frozen text as page, on paper and as a Word document, without what setting lines puts in."""
    word = Document(io.BytesIO(browser.client.get(f"{MEETING}/minutes.docx").data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    paper = PdfReader(io.BytesIO(browser.client.get(f"{MEETING}/minutes.pdf").data)).pages
    told = [
        browser.get(f"{MEETING}/minutes/versions/1").text_of("main"),
        " ".join(page.extract_text() for page in paper),
        " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
    ]
    return [_plain(words) for words in told]


def _plain(words: str) -> str:
    return "".join(words.replace("-", "").replace("\N{SOFT HYPHEN}", "").split())


def first(session: Session) -> Statement:
    return session.scalars(select(Statement).filter_by(meeting_id=1, kind="directive")).one()


def test_a_line_and_a_proposal_made_secret_after_approval_are_told_no_more(
    secretariat: Visitor, session: Session
) -> None:
    line, proposal = first(session), session.get(Proposal, 1)
    secrets = [_plain(line.quote or line.gist_id), _plain(proposal.code)]
    assert all(one in words for one in secrets for words in everywhere(secretariat))

    session.execute(update(Statement).filter_by(id=line.id).values(classification="secret"))
    session.execute(update(Proposal).filter_by(id=1).values(classification="restricted"))

    after = everywhere(secretariat)
    assert not [one for one in secrets for words in after if one in words]
    assert all("2butirdisembunyikan" in words for words in after[1:])
    stored = session.scalars(select(MinutesVersion).filter_by(number=1)).one()
    assert stored.content_hash == mark_of(stored.content)
    assert "tidak berubah" in secretariat.get(f"{MEETING}/minutes/versions/1").text_of(".note")


def test_declassifying_the_meeting_alone_tells_nothing_of_what_stays_secret(
    secretariat: Visitor, visit: Visitor, session: Session
) -> None:
    everybody = session.scalars(select(Account.id)).all()
    session.execute(update(Account).where(Account.id.in_(everybody)).values(clearance="ordinary"))
    session.execute(update(Proposal).filter_by(id=1).values(classification="secret"))  # as it was with its meeting
    session.execute(update(Meeting).filter_by(id=1).values(classification="ordinary"))  # declassified since

    assert "U2020001" not in "".join(everywhere(visit.as_(ADVISER)))


def test_versions_frozen_without_the_numbers_of_their_lines_are_narrowed_by_their_words(
    secretariat: Visitor, session: Session, app: Flask
) -> None:
    row = session.scalars(select(MinutesVersion).filter_by(number=1)).one()
    with app.app_context():
        old = frozen(row)
    for said in old["statements"]:
        del said["id"], said["origin_id"]
    line = first(session)
    session.execute(update(Statement).filter_by(id=line.id).values(classification="secret"))
    earlier = MinutesVersion(meeting_id=1, content=canonical(old))

    with app.app_context():
        told = frozen(earlier)

    assert len(told["statements"]) == len(old["statements"]) - 1
    assert line.quote not in [said["quote"] for said in told["statements"]]
    assert session.execute(text("SELECT count(*) FROM minutes_version")).scalar_one() == 1
