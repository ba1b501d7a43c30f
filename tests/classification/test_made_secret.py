"""Things are made as secret as they must be, and never below what they come from."""

import io

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account
from tracker.attachments.models import Attachment
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.proposals.models import Proposal

HIDDEN = "1 butir disembunyikan"
NEW = "/meetings/1/statements/new"


def cleared(session: Session, level: str = "secret") -> None:
    session.execute(update(Account).where(Account.username.in_((SECRETARIAT, ADVISER))).values(clearance=level))


def keeps(session: Session, *tables: type[Meeting | Proposal]) -> None:
    """Let the secretariat's account be the one that recorded these."""
    own = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    for table in tables:
        session.execute(update(table).values(recorded_by_id=own))


def offered(browser: Visitor, path: str, within: str = "[name=classification]") -> list[str]:
    return [option["value"] for option in browser.get(path).soup.select(f"{within} option")]


def test_a_statement_is_written_down_as_a_secret_and_what_it_raises_is_one(visit: Visitor, session: Session) -> None:
    cleared(session)
    keeps(session, Meeting, Proposal)
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)

    sent = browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id="Nama para saksi", title_id="Lindungi saksi",
                          classification="secret")  # fmt: skip

    assert sent.status == 303
    said = session.scalars(select(Statement).order_by(Statement.id.desc()).limit(1)).one()
    raised = session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()
    assert (said.classification, raised.classification) == ("secret", "secret")
    page = reader.get("/meetings/1")
    assert "saksi" not in page.text
    assert "2 butir disembunyikan" in page.text
    assert "Nama para saksi" in visit.as_(ADVISER).get("/meetings/1").text  # attends, and is cleared


def test_nobody_makes_a_line_more_secret_than_they_are_cleared_for(visit: Visitor, session: Session) -> None:
    cleared(session, "restricted")
    browser = visit.as_(SECRETARIAT)
    assert offered(browser, NEW) == ["", "restricted"]

    given = {"kind": ["remark"], "gist_id": ["Kata"], "classification": ["secret"]}
    values = filled(browser.get(NEW).form(NEW)) | given
    assert browser.post(NEW, values).status == 422
    session.execute(update(Meeting).filter_by(id=1).values(classification="restricted"))
    keeps(session, Meeting)
    assert offered(browser, NEW) == []  # nothing is left above the meeting


def test_whoever_is_not_let_into_a_meeting_does_not_see_the_secret_line_they_wrote(
    visit: Visitor, session: Session
) -> None:
    cleared(session)
    session.execute(update(Meeting).values(recorded_by_id=None))
    browser = visit.as_(SECRETARIAT)

    sent = browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id="Nama para saksi", title_id="Lindungi saksi",
                          classification="restricted")  # fmt: skip

    assert sent.status == 303
    page = browser.get("/meetings/1")
    assert "Nama para saksi" not in page.text
    assert HIDDEN in page.text
    assert HIDDEN in browser.get("/meetings/1/minutes").text


def test_an_edit_does_not_lower_a_line(visit: Visitor, session: Session) -> None:
    cleared(session)
    keeps(session, Meeting)
    number = session.scalar(select(Statement.id).filter_by(meeting_id=1).order_by(Statement.id))
    session.execute(update(Statement).filter_by(id=number).values(classification="secret"))
    browser, path = visit.as_(SECRETARIAT), f"/meetings/statements/{number}/edit"

    values = filled(browser.get(path).form(path)) | {"gist_id": ["Lain"], "classification": ["ordinary"]}
    assert browser.post(path, values).status == 303

    said = session.get(Statement, number)
    session.refresh(said)
    assert (said.gist_id, said.classification) == ("Lain", "secret")


def test_a_file_is_attached_as_a_secret(visit: Visitor, session: Session) -> None:
    cleared(session)
    keeps(session, Meeting)
    browser, path = visit.as_(SECRETARIAT), "/attachments/new?meeting=1"
    below = "#attach-classification"
    assert offered(browser, path) == offered(browser, "/meetings/1", below) == ["", "restricted", "secret"]

    values = filled(browser.get(path).form(path))
    values |= {"kind": ["other"], "classification": ["secret"], "file": [(io.BytesIO(b"saksi"), "saksi.txt")]}
    assert browser.post(path, values).status == 303

    assert session.scalar(select(Attachment.classification).order_by(Attachment.id.desc()).limit(1)) == "secret"
    assert "saksi.txt" in browser.get("/meetings/1").text
    assert "saksi.txt" not in visit.as_(READER).get("/meetings/1").text
    assert offered(visit.as_(READER), "/meetings/1") == []


def test_a_proposal_is_not_moved_below_the_meeting_it_is_said_to_come_from(visit: Visitor, session: Session) -> None:
    cleared(session)
    keeps(session, Meeting, Proposal)
    session.execute(update(Meeting).filter_by(id=2).values(classification="restricted"))
    browser, path = visit.as_(SECRETARIAT), "/proposals/1/edit"
    before = session.scalar(select(Proposal.raised_in_id).filter_by(id=1))

    assert browser.submit(browser.get(path), path, raised_in="2").status == 422

    assert session.scalar(select(Proposal.raised_in_id).filter_by(id=1)) == before
    session.execute(update(Proposal).filter_by(id=1).values(classification="restricted"))
    assert browser.submit(browser.get(path), path, raised_in="2").status == 303
    # Declassified on purpose, it may be edited without another word.
    session.execute(update(Proposal).filter_by(id=1).values(classification="ordinary"))
    assert browser.submit(browser.get(path), path, title_id="Judul").status == 303


def test_a_secret_line_raises_no_proposal_below_it(visit: Visitor, session: Session) -> None:
    cleared(session)
    keeps(session, Meeting, Proposal)
    browser = visit.as_(SECRETARIAT)
    given = {"kind": "proposal", "gist_id": "Nama para saksi", "classification": "secret", "proposal": "1"}

    assert browser.submit(browser.get(NEW), NEW, **given, bearing="raises").status == 422
    assert browser.submit(browser.get(NEW), NEW, **given, bearing="discusses").status == 303

    line = session.scalar(select(Statement.id).order_by(Statement.id.desc()).limit(1))
    path = f"/meetings/statements/{line}/edit"
    assert browser.submit(browser.get(path), path, bearing="raises").status == 422
    assert session.scalar(select(StatementProposal.bearing).filter_by(statement_id=line)) == "discusses"


def test_an_edit_keeps_the_tie_to_a_meeting_that_is_not_open_to_the_editor(visit: Visitor, session: Session) -> None:
    origin, elsewhere = 2, 1
    session.execute(update(Meeting).filter_by(id=origin).values(classification="secret", recorded_by_id=None))
    session.execute(update(Proposal).filter_by(id=1).values(raised_in_id=origin, classification="ordinary"))
    session.execute(update(Statement).filter_by(id=1).values(origin_meeting_id=origin))
    session.commit()
    browser = visit.as_(SECRETARIAT)
    assert browser.get(f"/meetings/{origin}", 404)

    shown = browser.get("/proposals/1").text
    assert shown.count("Rapat yang tidak terbuka bagi Anda") == 2  # in the chain and among the facts
    assert "Isi rapatnya" not in shown

    changes = {"/proposals/1/edit": {"title_id": "Forum"}, "/meetings/statements/1/edit": {"gist_en": "A forum"}}
    for path, change in changes.items():
        page = browser.get(path)
        assert "Rapat yang tidak terbuka bagi Anda" in page.text
        assert browser.submit(page, path, **change).status == 303

    assert session.scalars(select(Proposal.raised_in_id).filter_by(id=1)).one() == origin
    assert session.scalars(select(Statement.origin_meeting_id).filter_by(id=1)).one() == origin
    page = browser.get("/proposals/1/edit")
    assert browser.submit(page, "/proposals/1/edit", raised_in=str(elsewhere)).status == 303
    assert str(origin) not in offered(browser, "/proposals/1/edit", "[name=raised_in]")
    forged = browser.submit(browser.get("/proposals/1/edit"), "/proposals/1/edit", raised_in=str(origin))
    assert forged.status == 422
