"""The follow-up matrix comes back in without loss; office forms become actions, also as history."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.imports.test_pages import bring, counts, save
from tests.visitor import SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.changes.models import BulkChange, BulkChangeRow
from tracker.actions.models import ActionItem, ActionUpdate, DueDateChange
from tracker.audit.models import AuditEntry, Event
from tracker.meetings.models import Meeting, Statement, StatementAction
from tracker.notifications.models import Notice
from tracker.proposals.models import Proposal
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import Purpose


def matrix_of(visitor: Visitor, query: str = "") -> str:
    """The CSV that the product writes, as text."""
    return visitor.look(f"/actions.csv{query}").response.get_data().decode("utf-8-sig")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_exported_matrix_comes_back_unchanged(visit: Visitor, session: Session, language: str) -> None:
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.get("/actions?stage=open")
    secretariat.post("/language", {"language": [language], "csrf_token": [token_of(page)], "next": ["/"]})
    rows = session.scalar(select(func.count()).select_from(ActionItem))
    page = bring(secretariat, "actions", matrix_of(secretariat))
    told = list(counts(page).values())
    assert told[:4] == [0, 0, 0, 0], page.text
    assert 0 < told[4] <= rows


def token_of(page: object) -> str:
    return page.soup.select_one("input[name=csrf_token]")["value"]  # type: ignore[attr-defined]


def test_a_changed_cell_of_the_matrix_moves_the_due_date(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    action = session.scalars(
        select(ActionItem).where(
            ActionItem.status == "in_progress", ActionItem.due_on.is_not(None), ActionItem.classification == "ordinary"
        )
    ).first()
    page = bring(
        secretariat, "actions", f"Kode\tTindak lanjut\tTenggat\n{action.code}\t{action.text_id}\t31 Desember 2027\n"
    )
    assert counts(page)["diubah"] == 1, page.text
    secretariat.follow(save(secretariat, page))
    session.expire_all()
    assert session.get(ActionItem, action.id).due_on == date(2027, 12, 31)


def test_an_office_form_becomes_history(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    notices = session.scalar(select(func.count()).select_from(Notice))
    cells = (
        "No\tRapat\tUraian\tPenanggung jawab\tTenggat\tTenggat awal\tStatus\tProgres\tTanggal laporan\tBukti"
        "\tTanggal selesai\tDiverifikasi oleh\n"
        f"1\t{meeting.code}\tSusun daftar aplikasi\tTim Data\t30/12/2020\t1/12/2020\tSelesai\tSudah disusun\t5/12/2020"
        "\tND-1/2020\t20/12/2020\tKepala Biro\n"
    )
    page = bring(secretariat, "actions", cells, is_history="y")
    assert counts(page)["baru"] == 1, page.text
    secretariat.follow(save(secretariat, page))
    action = session.scalars(select(ActionItem).filter_by(text_id="Susun daftar aplikasi")).one()
    assert action.code.startswith("TL-2020-")
    assert (action.status, action.waiting_for, action.closed_on) == ("completed", "Tim Data", date(2020, 12, 20))
    assert (action.original_due_on, action.due_on) == (date(2020, 12, 1), date(2020, 12, 30))
    assert action.verified_by_as_written == "Kepala Biro"
    assert session.scalar(select(func.count()).select_from(DueDateChange).filter_by(action_id=action.id)) == 2
    assert session.scalars(select(ActionUpdate).filter_by(action_id=action.id)).first().on == date(2020, 12, 5)
    assert session.scalar(select(func.count()).select_from(Notice)) == notices
    assert counts(bring(secretariat, "actions", cells, is_history="y"))["sama"] == 1


def test_undoing_actions_leaves_nothing_of_them(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    cells = f"Rapat\tUraian\tTenggat\n{meeting.code}\tKerjakan ini\t31/12/2027\n"
    stored = secretariat.follow(save(secretariat, bring(secretariat, "actions", cells)))
    action_id = session.scalars(select(ActionItem.id).filter_by(text_id="Kerjakan ini")).one()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    session.add(ReplyLink(action_id=action_id, purpose=Purpose.REPORT, addressee="Tim Data", is_letter=True,
                          made_by_name="S", made_at=at, expires_at=at))  # fmt: skip
    session.commit()
    secretariat.follow(secretariat.submit(stored, f"{stored.path}/undo"))
    assert session.scalar(select(ReplyLink.id).filter_by(action_id=action_id)) is None
    assert session.scalar(select(ActionItem.id).filter_by(id=action_id)) is None
    changes = session.scalars(select(AuditEntry.change).filter_by(table_name="action_item", row_id=str(action_id)))
    assert changes.all()[-1] == "delete"
    assert verbs_of_the_last_run(session) == ["begun", "stored", "undone"]


@pytest.mark.parametrize("link", ["a line elsewhere", "a change of many"])
def test_actions_that_others_point_to_are_not_undone(visit: Visitor, session: Session, link: str) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    cells = f"Rapat\tUraian\tTenggat\n{meeting.code}\tKerjakan ini\t31/12/2027\n"
    stored = secretariat.follow(save(secretariat, bring(secretariat, "actions", cells)))
    action_id = session.scalars(select(ActionItem.id).filter_by(text_id="Kerjakan ini")).one()
    line_id = session.scalars(select(Statement.id).filter_by(meeting_id=meeting.id)).first()
    account_id = session.scalars(select(Account.id).filter_by(username=SECRETARIAT)).one()
    if link == "a line elsewhere":
        session.add(StatementAction(statement_id=line_id, action_id=action_id))
    else:
        session.add(BulkChange(id=9001, by_account_id=account_id, at=datetime(2026, 11, 25, 3, tzinfo=UTC)))
        session.flush()
        session.add(BulkChangeRow(bulk_change_id=9001, action_id=action_id, before={}, version_after=1))
    session.commit()

    refused = secretariat.submit(stored, f"{stored.path}/undo")

    assert refused.status == 409
    assert "tidak dapat dibatalkan" in refused.problems[0]
    assert session.scalar(select(ActionItem.id).filter_by(id=action_id)) == action_id


def verbs_of_the_last_run(session: Session) -> Sequence[str]:
    last = session.scalar(select(func.max(Event.subject_id)).filter_by(subject="import_run"))
    return session.scalars(select(Event.verb).filter_by(subject="import_run", subject_id=last).order_by(Event.id)).all()


def test_a_code_that_is_not_here_looks_like_one_that_is_hidden(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    hidden = session.scalars(select(ActionItem).where(ActionItem.classification != "ordinary")).first()
    absent = bring(secretariat, "actions", "Kode\tUraian\nTL-2020-999\tApa saja\n")
    assert counts(absent)["salah"] == 1
    if hidden is not None and secretariat.look(f"/actions/{hidden.id}").status == 404:
        page = bring(secretariat, "actions", f"Kode\tUraian\n{hidden.code}\tApa saja\n")
        told = page.text_of(".import-problems").replace(hidden.code, "")
        assert told == absent.text_of(".import-problems").replace("TL-2020-999", "")


def test_what_the_office_called_it_before_stays_with_it(visit: Visitor, session: Session) -> None:
    """Accepted, shown, found, exported, recognised when it comes again, and referred to by later files."""
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    proposals = f"Kode\tUsulan\tRapat\nU/07/2023\tForum antarinstansi\t{meeting.code}\n"
    secretariat.follow(save(secretariat, bring(secretariat, "proposals", proposals, is_history="y")))
    cells = (
        f"No. TL\tRapat\tUsulan\tUraian\n"
        f"TL-12/2024\t{meeting.code}\t\tSusun peta jalan forum\n"
        f"B.4/XI\t\tU/07/2023 Forum antarinstansi\tUndang anggota forum\n"
    )
    page = bring(secretariat, "actions", cells, is_history="y")
    assert counts(page)["baru"] == 2, page.text
    secretariat.follow(save(secretariat, page))
    first, second = session.scalars(select(ActionItem).order_by(ActionItem.id.desc()).limit(2)).all()[::-1]
    assert (first.former_code, second.former_code) == ("TL-12/2024", "B.4/XI")
    assert session.get(Proposal, second.proposal_id).former_code == "U/07/2023"

    assert "dahulu TL-12/2024" in secretariat.get(f"/actions/{first.id}").text
    assert "dahulu U/07/2023" in secretariat.get(f"/proposals/{second.proposal_id}").text
    found = secretariat.get("/search?q=TL-12/2024").text
    assert first.code in found
    assert second.code not in found
    written = matrix_of(secretariat, f"?meeting={meeting.id}")
    assert "kode lama TL-12/2024" in written
    assert {*counts(bring(secretariat, "actions", written)).values()} <= {0, written.count("TL-20")}
    again = f"Kode\tRapat\tUraian\nTL 12/2024\t{meeting.code}\tSusun peta jalan forum nasional\n"
    assert counts(bring(secretariat, "actions", again))["diubah"] == 1
    report = "Kode TL\tTanggal laporan\tProgres\nTL-12/2024\t1/11/2020\tNaskah selesai\n"
    assert counts(bring(secretariat, "reports", report, is_history="y"))["baru"] == 1
