"""Whoever is given something secret is written down in the audit chain, wherever it was."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry
from tracker.audit.queries import chain_faults
from tracker.core.actor import Classification
from tracker.meetings.models import Attendance, Meeting
from tracker.proposals.models import Proponent, Proposal


@pytest.fixture
def cleared(visit: Visitor, session: Session) -> Visitor:
    """A reader cleared for everything, who takes part in meeting 1, proposal 1 and action 2; they are secret."""
    person = session.scalars(select(Attendance.person_id).where(Attendance.person_id.is_not(None))).first()
    values = {"clearance": Classification.TOP_SECRET, "person_id": person}
    session.execute(update(Account).filter_by(username=READER).values(**values))
    session.scalars(select(Attendance).filter_by(meeting_id=1)).first().person_id = person
    session.scalars(select(Proponent).filter_by(proposal_id=1)).first().person_id = person
    session.get(ActionItem, 2).pic_id = person
    for table, number in (Meeting, 1), (Proposal, 1), (ActionItem, 2):
        session.execute(update(table).filter_by(id=number).values(classification=Classification.SECRET))
    session.flush()
    return visit.as_(READER)


def read(session: Session) -> Sequence[tuple[str, str, str, str]]:
    question = select(AuditEntry).filter_by(change="read").order_by(AuditEntry.id)
    return [(row.by_name, row.table_name, row.row_id, row.page) for row in session.scalars(question)]


def test_a_page_of_something_secret_is_a_reading(cleared: Visitor, session: Session, app: Flask) -> None:
    cleared.get("/proposals/1")

    assert ("Pembaca", "proposal", "1", "proposals.show") in read(session)
    with app.app_context():
        assert list(chain_faults({})) == []


@pytest.mark.parametrize(
    "path", ["/meetings.csv", "/meetings.xlsx", "/meetings/1/minutes.docx", "/search?q=target", "/actions.csv"]
)
def test_exports_documents_and_search_are_readings_too(cleared: Visitor, session: Session, path: str) -> None:
    cleared.get(path)

    secret = {("meeting", "1"), ("proposal", "1"), ("action_item", "2")}
    assert {(table, row) for _, table, row, _ in read(session)} & secret


def test_what_is_ordinary_or_refused_is_no_reading(cleared: Visitor, session: Session, visit: Visitor) -> None:
    cleared.get("/meetings/30")
    visit.as_(SECRETARIAT).get("/meetings/1", 404)

    assert read(session) == []


def test_auditors_find_readings_without_what_was_read(cleared: Visitor, visit: Visitor) -> None:
    title = cleared.get("/proposals/1").heading
    browser = visit.as_(ADMIN)

    page = browser.get("/audit?change=read&kind=proposal&row=1")

    [row] = page.all_of("tbody tr")
    assert "Pembaca" in row
    assert "Halaman: usulan no. 1" in row  # an administrator without a part in it does not see its code
    assert "proposals.show" not in page.text
    assert title not in page.text
    assert title not in browser.get("/audit.csv?change=read").response.get_data(as_text=True)
    assert browser.get("/audit.xlsx?change=read").response.data.startswith(b"PK")
    assert browser.get("/audit/verify").all_of("dd")[0] == "utuh"
