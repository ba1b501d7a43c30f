"""Readings of secret rows are recorded in the audit chain."""

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
    """A reader with full clearance who takes part in meeting 1, proposal 1 and action 2, which are secret."""
    person = session.scalars(select(Attendance.person_id).where(Attendance.person_id.is_not(None))).first()
    values = {"clearance": Classification.TOP_SECRET, "person_id": person}
    session.execute(update(Account).filter_by(username=READER).values(**values))
    session.scalars(select(Attendance).filter_by(meeting_id=1)).first().person_id = person
    session.scalars(select(Proponent).filter_by(proposal_id=1)).first().person_id = person
    session.get(ActionItem, 2).pic_id = person
    for table, row_id in (Meeting, 1), (Proposal, 1), (ActionItem, 2):
        session.execute(update(table).filter_by(id=row_id).values(classification=Classification.SECRET))
    session.flush()
    return visit.as_(READER)


def recorded_readings(session: Session) -> Sequence[tuple[str, str, str, str]]:
    query = select(AuditEntry).filter_by(change="read").order_by(AuditEntry.id)
    return [(row.by_name, row.table_name, row.row_id, row.page) for row in session.scalars(query)]


def test_opening_the_page_of_a_secret_row_is_a_reading(cleared: Visitor, session: Session, app: Flask) -> None:
    cleared.get("/proposals/1")

    assert ("Pembaca", "proposal", "1", "proposals.show") in recorded_readings(session)
    with app.app_context():
        assert list(chain_faults({})) == []


@pytest.mark.parametrize(
    "path", ["/meetings.csv", "/meetings.xlsx", "/meetings/1/minutes.docx", "/search?q=target", "/actions.csv"]
)
def test_exports_documents_and_search_are_readings_too(cleared: Visitor, session: Session, path: str) -> None:
    cleared.get(path)

    secret = {("meeting", "1"), ("proposal", "1"), ("action_item", "2")}
    assert {(table, row) for _, table, row, _ in recorded_readings(session)} & secret


def test_ordinary_rows_and_refusals_are_not_readings(cleared: Visitor, session: Session, visit: Visitor) -> None:
    cleared.get("/meetings/30")
    visit.as_(SECRETARIAT).get("/meetings/1", 404)

    assert recorded_readings(session) == []


def test_auditors_see_readings_without_the_content(cleared: Visitor, visit: Visitor) -> None:
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
