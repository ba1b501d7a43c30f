"""Reports and verification come in for actions that are here already, by the rules of their pages."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.imports.test_pages import bring, counts, save
from tests.visitor import SECRETARIAT, Visitor
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.meetings.models import Meeting

HEAD = "Kode TL\tTanggal laporan\tPerkembangan\tPersen\tData dukung\tStatus\tDiverifikasi oleh\n"


def running(session: Session) -> ActionItem:
    query = select(ActionItem).where(
        ActionItem.status == "in_progress", ActionItem.classification == "ordinary", ActionItem.history_until.is_(None),
        ActionItem.status_since < date(2026, 11, 20),
    )  # fmt: skip
    return session.scalars(query.order_by(ActionItem.id)).first()


def test_reports_come_in_whatever_their_order_and_once(visit: Visitor, session: Session) -> None:
    secretariat, action = visit.as_(SECRETARIAT), running(session)
    before = session.scalar(select(func.count()).select_from(ActionUpdate).filter_by(action_id=action.id))
    cells = (
        f"{HEAD}{action.code}\t24 November 2026\tRancangan selesai\t80%\tND-7/2026\tMenunggu verifikasi\t\n"
        f"{action.code}\t21/11/2026\tRancangan disusun\t40\t\t\t\n"
    )
    page = bring(secretariat, "reports", cells)
    assert counts(page)["baru"] == 2, page.text_of(".import-problems")
    secretariat.follow(save(secretariat, page))

    session.expire_all()
    reports = session.scalars(select(ActionUpdate).filter_by(action_id=action.id).order_by(ActionUpdate.id)).all()
    assert [report.progress_note for report in reports[before:]] == ["Rancangan disusun", "Rancangan selesai"]
    assert (action.percent, action.status, action.status_since) == (80, "awaiting_verification", date(2026, 11, 24))
    assert action.evidence == "ND-7/2026"
    assert counts(bring(secretariat, "reports", cells))["sama"] == 2


def test_nothing_is_made_up_for_a_report_without_words(visit: Visitor, session: Session) -> None:
    secretariat, action = visit.as_(SECRETARIAT), running(session)
    head = "Kode TL\tTanggal laporan\tPerkembangan\tPersen\tKendala\n"
    code = action.code
    cells = f"{head}{code}\t23/11/2026\t\t35%\t\n{code}\t24/11/2026\t\t\tAnggaran belum turun\n"
    secretariat.follow(save(secretariat, bring(secretariat, "reports", cells)))

    reports = session.scalars(select(ActionUpdate).filter_by(action_id=action.id).order_by(ActionUpdate.id)).all()
    assert [(report.progress_note, report.percent, report.obstacle) for report in reports[-2:]] == [
        (None, 35, None), (None, None, "Anggaran belum turun"),
    ]  # fmt: skip
    assert counts(bring(secretariat, "reports", cells))["sama"] == 2
    assert counts(bring(secretariat, "reports", cells.replace("35%", "36%")))["baru"] == 1
    page = secretariat.get(f"/actions/{action.id}")
    assert "Anggaran belum turun" in page.text_of("#updates")
    assert "None" not in page.text
    file = secretariat.client.get(f"/actions.csv?q={code}", buffered=True).get_data(as_text=True)
    assert "24 Nov 2026;Anggaran belum turun" in file
    assert counts(bring(secretariat, "actions", file))["sama"] == 1


def test_a_follow_up_that_tells_only_a_percentage_gets_a_report_without_words(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    cells = f"Rapat\tUraian\tTenggat\tPersen\n{meeting.code}\tSusun daftar baru\t1/12/2026\t40%\n"
    secretariat.follow(save(secretariat, bring(secretariat, "actions", cells)))

    action = session.scalars(select(ActionItem).filter_by(text_id="Susun daftar baru")).one()
    (report,) = session.scalars(select(ActionUpdate).filter_by(action_id=action.id)).all()
    assert (report.progress_note, report.percent, action.percent) == (None, 40, 40)


@pytest.mark.one_database
def test_the_page_still_asks_what_was_done(visit: Visitor, session: Session) -> None:
    action, secretariat = running(session), visit.as_(SECRETARIAT)
    address = f"/actions/{action.id}/report"
    answer = secretariat.submit(secretariat.get(address), address, progress_note="", percent="50")
    assert (answer.status, "Tulis apa yang dikerjakan." in answer.text) == (422, True)


def test_history_is_verified_and_what_is_current_waits_for_a_reviewer(visit: Visitor, session: Session) -> None:
    secretariat, current = visit.as_(SECRETARIAT), running(session)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    old = f"Rapat\tUraian\tTenggat\n{meeting.code}\tSusun daftar lama\t1/12/2020\n"
    secretariat.follow(save(secretariat, bring(secretariat, "actions", old, is_history="y")))

    row = "15 Desember 2020\tSudah disusun\t100\tND-1/2020\tSelesai\tKepala Biro\n"
    page = bring(secretariat, "reports", f"{HEAD.replace('Kode TL', 'Uraian')}Susun daftar lama\t{row}", is_history="y")
    secretariat.follow(save(secretariat, page))
    done = session.scalars(select(ActionItem).filter_by(text_id="Susun daftar lama")).one()
    assert (done.status, done.closed_on, done.verified_by_as_written) == (
        "completed",
        date(2020, 12, 15),
        "Kepala Biro",
    )

    for kind, cells in (
        ("reports", f"{HEAD}{current.code}\t24/11/2026\tBeres\t100\tND-2\tSelesai\tKepala Biro\n"),
        ("actions", f"Kode\tUraian\tStatus\tBukti\n{current.code}\t{current.text_id}\tSelesai\tND-2\n"),
    ):
        page = bring(secretariat, kind, cells, is_history="y")
        assert "Verifikasi dilakukan orang yang" in page.text_of(".import-problems")


@pytest.mark.one_database
def test_what_a_row_lacks_is_said(visit: Visitor, session: Session) -> None:
    secretariat, action = visit.as_(SECRETARIAT), running(session)
    hidden = session.scalars(select(ActionItem).where(ActionItem.classification == "secret")).first()
    cells = (
        f"{HEAD}{action.code}\t24/11/2026\t\t\t\t\t\nTL-2020-999\t24/11/2026\tApa saja\t\t\t\t\n"
        f"{action.code}\t24/11/2026\tApa saja\t\t\tBatal\t\n"
        + (f"{hidden.code}\t24/11/2026\tApa saja\t\t\t\t\n" if hidden else "")
    )
    told = bring(secretariat, "reports", cells).all_of(".import-problems li")
    assert [len([line for line in told if word in line]) for word in ("dikerjakan", "tidak terbuka", "tabel")] == [
        1, 2 if hidden else 1, 1,
    ]  # fmt: skip
