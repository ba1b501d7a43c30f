"""Rows more secret than their meeting are hidden from those without access; counts say how many are missing."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, DECISION_MAKER, READER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account, Grant
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry, Event
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting, Statement
from tracker.minutes.models import MinutesVersion
from tracker.proposals.models import Proposal

TOP = Classification.TOP_SECRET
HIDDEN = "1 butir disembunyikan"


@pytest.fixture
def line(session: Session) -> Statement:
    """A line of meeting 1 to classify."""
    return session.scalars(select(Statement).filter_by(meeting_id=1, kind="directive")).one()


def classify(browser: Visitor, path: str, level: str, reason: str = "Menyangkut pihak lain") -> int:
    return browser.submit(browser.get(path), path, classification=level, reason=reason).status


def clear(session: Session, *names: str) -> None:
    session.execute(update(Account).where(Account.username.in_(names)).values(clearance=TOP))


def test_a_secret_line_is_hidden_from_those_without_access(visit: Visitor, session: Session, line: Statement) -> None:
    words = (line.quote or line.gist_id)[:40]
    clear(session, ADVISER)
    reader, adviser, secretariat = visit.as_(READER), visit.as_(ADVISER), visit.as_(SECRETARIAT)
    before = len(reader.get("/meetings/1").soup.select(".statements > li"))

    assert classify(secretariat, f"/classification/statements/{line.id}", "secret") == 303

    page = reader.get("/meetings/1")
    assert words not in page.text
    assert HIDDEN in page.text
    assert len(page.soup.select(".statements > li")) == before - 1
    reader.get(f"/meetings/statements/{line.id}", 404)
    assert words not in reader.get(f"/search?q={words.split()[0]}&kind=statement").text_of(".hits")
    assert words in adviser.get("/meetings/1").text  # attends, and has the clearance
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.verb, event.from_state, event.to_state, event.reason) == ("classified", "ordinary", "secret", None)


def test_minutes_count_a_secret_line_without_showing_it(visit: Visitor, session: Session, line: Statement) -> None:
    words = line.quote or line.gist_id
    secretariat = visit.as_(SECRETARIAT)
    classify(secretariat, f"/classification/statements/{line.id}", "secret")

    roll_call, path = "/meetings/1/minutes/roll-call", "/meetings/1/minutes/submit"
    secretariat.submit(secretariat.get("/meetings/1/minutes"), roll_call, attendee="n Sekar Wulandari")
    assert secretariat.submit(secretariat.get(path), path).status == 303
    content = session.scalar(select(MinutesVersion.content).order_by(MinutesVersion.id.desc()).limit(1))

    assert words not in content
    assert json.loads(content)["hidden"] == 1
    assert words.encode() not in secretariat.get("/meetings/1/minutes.docx").response.data


def test_only_the_decision_maker_declassifies_and_must_give_a_reason(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(classification="restricted", recorded_by_id=1))
    clear(session, SECRETARIAT, DECISION_MAKER)
    session.add(Grant(meeting_id=1, account_id=session.scalar(select(Account.id).filter_by(username=DECISION_MAKER)),
                      reason="Memutuskan", by_name="S", at=session.scalar(select(Meeting.recorded_at))))  # fmt: skip
    session.flush()
    path = "/classification/meetings/1"

    assert classify(visit.as_(SECRETARIAT), path, "ordinary") == 422
    assert classify(visit.as_(DECISION_MAKER), path, "ordinary", reason=" ") == 422
    assert classify(visit.as_(DECISION_MAKER), path, "ordinary", reason="Sudah diumumkan") == 303

    assert session.scalar(select(Meeting.classification).filter_by(id=1)) == "ordinary"
    event = session.scalars(select(Event).filter_by(verb="declassified")).one()
    assert (event.by_name, event.reason) == ("Teuku Rahman", "Sudah diumumkan")


def test_proposals_are_raised_with_their_meeting_and_no_edit_lowers_them(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(recorded_by_id=1))
    session.execute(update(Proposal).values(recorded_by_id=1))
    clear(session, SECRETARIAT)
    browser = visit.as_(SECRETARIAT)

    assert classify(browser, "/classification/meetings/1", "restricted") == 303

    levels = session.scalars(select(Proposal.classification).filter_by(raised_in_id=1)).all()
    assert set(levels) == {Classification.RESTRICTED}
    # More secret than its meeting, whose classification is the minimum that an edit keeps in any case.
    assert classify(browser, "/classification/proposals/1", "secret") == 303
    edit = "/proposals/1/edit"
    page = browser.get(edit)
    assert page.soup.select_one("[name=classification]") is None
    values = {**filled(page.form(edit)), "title_id": ["Judul"], "classification": ["ordinary"]}
    assert browser.post(edit, values).status == 303
    assert session.scalar(select(Proposal.title_id).filter_by(id=1)) == "Judul"
    assert session.scalar(select(Proposal.classification).filter_by(id=1)) == "secret"


def test_an_action_is_never_less_secret_than_its_proposal(visit: Visitor, session: Session) -> None:
    session.execute(update(Proposal).filter_by(id=1).values(classification="restricted", recorded_by_id=1))
    clear(session, SECRETARIAT)
    browser = visit.as_(SECRETARIAT)

    browser.submit(browser.get("/actions/new"), "/actions/new", proposal=1, text_id="Siapkan bahan")

    newest = select(ActionItem).order_by(ActionItem.id.desc()).limit(1)
    action = session.scalars(newest).one()
    assert action.classification == "restricted"
    edit = f"/actions/{action.id}/edit"
    assert browser.submit(browser.get(edit), edit, text_id="Siapkan bahan lain").status == 303
    session.refresh(action)
    assert (action.text_id, action.classification) == ("Siapkan bahan lain", "restricted")


def test_access_is_granted_by_name_and_revoked(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).filter_by(id=1).values(classification="secret", recorded_by_id=1))
    clear(session, SECRETARIAT, READER)
    browser, reader, path = visit.as_(SECRETARIAT), visit.as_(READER), "/meetings/1/readers"
    account = session.scalar(select(Account.id).filter_by(username=READER))
    reader.get("/meetings/1", 404)

    assert browser.submit(browser.get(path), path, account=account, reason="Menyusun bahan").status == 303
    reader.get("/meetings/1")
    [grant] = session.scalars(select(Grant)).all()
    revoke_path = f"{path}/{grant.id}/shut-out"
    assert browser.submit(browser.get(path), revoke_path).status == 303

    reader.get("/meetings/1", 404)
    verbs = session.scalars(select(Event.verb).filter_by(subject="meeting", subject_id=1).order_by(Event.id.desc()))
    assert verbs.all()[:2] == ["shut_out", "let_in"]
    session.execute(update(Account).filter_by(username=READER).values(clearance="restricted"))
    assert session.scalar(select(AuditEntry.change).filter_by(table_name="meeting_grant").order_by(
        AuditEntry.id.desc()).limit(1)) == "delete"  # fmt: skip


def test_a_hidden_action_changes_only_the_count(visit: Visitor, session: Session, app: Flask) -> None:
    """The pages of its meeting and the matrix say how many are hidden; all other pages do not change."""
    action = session.scalars(select(ActionItem).join(Meeting, Meeting.id == ActionItem.meeting_id).where(
        Meeting.classification == "ordinary", ActionItem.classification == "ordinary")).first()  # fmt: skip
    reader = visit.as_(READER)
    hidden = reader.get("/actions/matrix").text.count("disembunyikan")
    session.execute(update(ActionItem).filter_by(id=action.id).values(classification="secret"))

    page, matrix = reader.get(f"/meetings/{action.meeting_id}"), reader.get("/actions/matrix")
    filtered = reader.get("/actions/matrix?q=kata-yang-tidak-ada")

    assert action.code not in page.text + matrix.text
    assert "disembunyikan" in page.text
    notes = [words for words in matrix.all_of(".note") if "disembunyikan" in words]
    assert [words for words in filtered.all_of(".note") if "disembunyikan" in words] == notes
    assert len(notes) == 1 >= hidden
    assert "disembunyikan" not in reader.get("/actions?view=all").text
