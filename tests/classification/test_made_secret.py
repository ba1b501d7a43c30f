"""New rows get the chosen classification, and never a lower one than the row they come from."""

import io

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor, filled, offered
from tracker.accounts.models import Account
from tracker.attachments.models import Attachment
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.proposals.models import Proposal

HIDDEN = "1 butir disembunyikan"
NEW = "/meetings/1/statements/new"


def set_clearance(session: Session, level: str = "secret") -> None:
    session.execute(update(Account).where(Account.username.in_((SECRETARIAT, ADVISER))).values(clearance=level))


def record_by_secretariat(session: Session, *tables: type[Meeting | Proposal]) -> None:
    """Make the secretariat's account the one that recorded all rows of these tables."""
    account_id = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    for table in tables:
        session.execute(update(table).values(recorded_by_id=account_id))


def option_values(browser: Visitor, path: str, within: str = "[name=classification]") -> list[str]:
    return [option["value"] for option in browser.get(path).soup.select(f"{within} option")]


def test_a_secret_statement_raises_a_secret_proposal(visit: Visitor, session: Session) -> None:
    set_clearance(session)
    record_by_secretariat(session, Meeting, Proposal)
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)

    answer = browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id="Nama para saksi",
                            title_id="Lindungi saksi", classification="secret")  # fmt: skip

    assert answer.status == 303
    statement = session.scalars(select(Statement).order_by(Statement.id.desc()).limit(1)).one()
    raised = session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()
    assert (statement.classification, raised.classification) == ("secret", "secret")
    page = reader.get("/meetings/1")
    assert "saksi" not in page.text
    assert "2 butir disembunyikan" in page.text
    assert "Nama para saksi" in visit.as_(ADVISER).get("/meetings/1").text  # attends, and has the clearance


def test_a_line_cannot_be_classified_above_ones_own_clearance(visit: Visitor, session: Session) -> None:
    set_clearance(session, "restricted")
    browser = visit.as_(SECRETARIAT)
    assert option_values(browser, NEW) == ["", "restricted"]

    fields = {"kind": ["remark"], "gist_id": ["Kata"], "classification": ["secret"]}
    values = filled(browser.get(NEW).form(NEW)) | fields
    assert browser.post(NEW, values).status == 422
    session.execute(update(Meeting).filter_by(id=1).values(classification="restricted"))
    record_by_secretariat(session, Meeting)
    assert option_values(browser, NEW) == []  # the meeting is already at the user's clearance


def test_the_author_of_a_secret_line_does_not_see_it_without_access_to_the_meeting(
    visit: Visitor, session: Session
) -> None:
    set_clearance(session)
    session.execute(update(Meeting).values(recorded_by_id=None))
    browser = visit.as_(SECRETARIAT)

    answer = browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id="Nama para saksi",
                            title_id="Lindungi saksi", classification="restricted")  # fmt: skip

    assert answer.status == 303
    page = browser.get("/meetings/1")
    assert "Nama para saksi" not in page.text
    assert HIDDEN in page.text
    assert HIDDEN in browser.get("/meetings/1/minutes").text


def test_an_edit_does_not_lower_the_classification_of_a_line(visit: Visitor, session: Session) -> None:
    set_clearance(session)
    record_by_secretariat(session, Meeting)
    statement_id = session.scalar(select(Statement.id).filter_by(meeting_id=1).order_by(Statement.id))
    session.execute(update(Statement).filter_by(id=statement_id).values(classification="secret"))
    browser, path = visit.as_(SECRETARIAT), f"/meetings/statements/{statement_id}/edit"

    values = filled(browser.get(path).form(path)) | {"gist_id": ["Lain"], "classification": ["ordinary"]}
    assert browser.post(path, values).status == 303

    statement = session.get(Statement, statement_id)
    session.refresh(statement)
    assert (statement.gist_id, statement.classification) == ("Lain", "secret")


def test_a_file_can_be_attached_as_secret(visit: Visitor, session: Session) -> None:
    set_clearance(session)
    record_by_secretariat(session, Meeting)
    browser, path = visit.as_(SECRETARIAT), "/attachments/new?meeting=1"
    on_meeting = "#attach-classification"
    assert (
        option_values(browser, path)
        == option_values(browser, "/meetings/1/files", on_meeting)
        == ["", "restricted", "secret"]
    )

    values = filled(browser.get(path).form(path))
    values |= {"kind": ["other"], "classification": ["secret"], "file": [(io.BytesIO(b"saksi"), "saksi.txt")]}
    assert browser.post(path, values).status == 303

    assert session.scalar(select(Attachment.classification).order_by(Attachment.id.desc()).limit(1)) == "secret"
    assert "saksi.txt" in browser.get("/meetings/1/files").text
    assert "saksi.txt" not in visit.as_(READER).get("/meetings/1/files").text
    assert option_values(visit.as_(READER), "/meetings/1/files") == []


def test_a_proposal_cannot_move_to_a_meeting_above_its_classification(visit: Visitor, session: Session) -> None:
    set_clearance(session)
    record_by_secretariat(session, Meeting, Proposal)
    session.execute(update(Meeting).filter_by(id=2).values(classification="restricted"))
    browser, path = visit.as_(SECRETARIAT), "/proposals/1/edit"
    before = session.scalar(select(Proposal.raised_in_id).filter_by(id=1))

    assert browser.submit(browser.get(path), path, raised_in="2").status == 422

    assert session.scalar(select(Proposal.raised_in_id).filter_by(id=1)) == before
    session.execute(update(Proposal).filter_by(id=1).values(classification="restricted"))
    assert browser.submit(browser.get(path), path, raised_in="2").status == 303
    # A proposal that was declassified below its meeting can still be edited.
    session.execute(update(Proposal).filter_by(id=1).values(classification="ordinary"))
    assert browser.submit(browser.get(path), path, title_id="Judul").status == 303


def test_a_secret_line_cannot_raise_a_less_secret_proposal(visit: Visitor, session: Session) -> None:
    set_clearance(session)
    record_by_secretariat(session, Meeting, Proposal)
    browser = visit.as_(SECRETARIAT)
    fields = {"kind": "proposal", "gist_id": "Nama para saksi", "classification": "secret", "proposal": "1"}

    assert browser.submit(browser.get(NEW), NEW, **fields, bearing="raises").status == 422
    assert browser.submit(browser.get(NEW), NEW, **fields, bearing="discusses").status == 303

    line = session.scalar(select(Statement.id).order_by(Statement.id.desc()).limit(1))
    path = f"/meetings/statements/{line}/edit"
    assert browser.submit(browser.get(path), path, bearing="raises").status == 422
    assert session.scalar(select(StatementProposal.bearing).filter_by(statement_id=line)) == "discusses"


def test_an_edit_keeps_the_link_to_a_meeting_that_the_editor_may_not_see(visit: Visitor, session: Session) -> None:
    hidden_meeting, other_meeting = 2, 1
    session.execute(update(Meeting).filter_by(id=hidden_meeting).values(classification="secret", recorded_by_id=None))
    session.execute(update(Proposal).filter_by(id=1).values(raised_in_id=hidden_meeting, classification="ordinary"))
    session.execute(update(Statement).filter_by(id=1).values(origin_meeting_id=hidden_meeting))
    session.commit()
    browser = visit.as_(SECRETARIAT)
    assert browser.get(f"/meetings/{hidden_meeting}", 404)

    shown = browser.get("/proposals/1").text
    assert shown.count("Rapat yang tidak terbuka bagi Anda") == 2  # in the chain and among the facts
    assert "Isi rapatnya" not in shown

    changes = {"/proposals/1/edit": {"title_id": "Forum"}, "/meetings/statements/1/edit": {"gist_en": "A forum"}}
    for path, change in changes.items():
        page = browser.get(path)
        kept = page.soup.select_one("[name=raised_in-typed], [name=origin_meeting-typed]")
        assert kept["value"] == "Rapat yang tidak terbuka bagi Anda"
        assert browser.submit(page, path, **change).status == 303

    assert session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one() == hidden_meeting
    assert session.scalars(select(Statement.origin_meeting_id).filter_by(id=1)).one() == hidden_meeting
    page = browser.get("/proposals/1/edit")
    assert browser.submit(page, "/proposals/1/edit", raised_in=str(other_meeting)).status == 303
    page = browser.get("/proposals/1/edit")
    assert str(other_meeting) in offered(browser, page, "raised_in", "R-2020-001")
    assert str(hidden_meeting) not in offered(browser, page, "raised_in")
    forged = browser.submit(page, "/proposals/1/edit", raised_in=str(hidden_meeting))
    assert forged.status == 422
