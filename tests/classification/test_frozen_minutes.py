"""Approved minutes are stored unchanged, but what is now more secret than its meeting is shown to nobody."""

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
from tracker.minutes.rules import canonical, hash_of
from tracker.proposals.models import Proposal


@pytest.fixture
def secretariat(visit: Visitor) -> Visitor:
    """The secretariat, after the minutes of meeting 1 are approved."""
    browser = visit.as_(SECRETARIAT)
    approve_first_version(browser, visit.as_(ADVISER))
    return browser


def all_renderings(browser: Visitor) -> list[str]:
    """The frozen text as page, PDF and Word document, without whitespace and hyphens."""
    document = Document(io.BytesIO(browser.client.get(f"{MEETING}/minutes.docx").data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    pdf_pages = PdfReader(io.BytesIO(browser.client.get(f"{MEETING}/minutes.pdf").data)).pages
    texts = [
        browser.get(f"{MEETING}/minutes/versions/1").text_of("main"),
        " ".join(page.extract_text() for page in pdf_pages),
        " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]),
    ]
    return [_plain(text) for text in texts]


def _plain(text: str) -> str:
    return "".join(text.replace("-", "").replace("\N{SOFT HYPHEN}", "").split())


def directive(session: Session) -> Statement:
    return session.scalars(select(Statement).filter_by(meeting_id=1, kind="directive")).one()


def test_a_line_and_a_proposal_classified_after_approval_are_hidden(secretariat: Visitor, session: Session) -> None:
    line, proposal = directive(session), session.get(Proposal, 1)
    secrets = [_plain(line.quote or line.gist_id), _plain(proposal.code)]
    assert all(secret in text for secret in secrets for text in all_renderings(secretariat))

    session.execute(update(Statement).filter_by(id=line.id).values(classification="secret"))
    session.execute(update(Proposal).filter_by(id=1).values(classification="restricted"))

    after = all_renderings(secretariat)
    assert not [secret for secret in secrets for text in after if secret in text]
    assert all("2butirdisembunyikan" in text for text in after[1:])
    stored = session.scalars(select(MinutesVersion).filter_by(number=1)).one()
    assert stored.content_hash == hash_of(stored.content)
    assert "tidak berubah" in secretariat.get(f"{MEETING}/minutes/versions/1").text_of(".note")


def test_declassifying_only_the_meeting_shows_nothing_that_stays_secret(
    secretariat: Visitor, visit: Visitor, session: Session
) -> None:
    all_accounts = session.scalars(select(Account.id)).all()
    session.execute(update(Account).where(Account.id.in_(all_accounts)).values(clearance="ordinary"))
    session.execute(update(Proposal).filter_by(id=1).values(classification="secret"))  # as it was with its meeting
    session.execute(update(Meeting).filter_by(id=1).values(classification="ordinary"))  # declassified since

    assert "U2020001" not in "".join(all_renderings(visit.as_(ADVISER)))


def test_old_versions_without_statement_ids_hide_statements_by_their_text(
    secretariat: Visitor, session: Session, app: Flask
) -> None:
    row = session.scalars(select(MinutesVersion).filter_by(number=1)).one()
    with app.app_context():
        old = frozen(row)
    for statement in old["statements"]:
        del statement["id"], statement["origin_id"]
    line = directive(session)
    session.execute(update(Statement).filter_by(id=line.id).values(classification="secret"))
    earlier = MinutesVersion(meeting_id=1, content=canonical(old))

    with app.app_context():
        shown = frozen(earlier)

    assert len(shown["statements"]) == len(old["statements"]) - 1
    assert line.quote not in [statement["quote"] for statement in shown["statements"]]
    assert session.execute(text("SELECT count(*) FROM minutes_version")).scalar_one() == 1
