"""Meetings with attendance, proposals with proponents and decisions, targets with values."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.imports.test_pages import bring, counts, save
from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker.accounts.models import Account, AccountRole
from tracker.actions.models import ActionItem
from tracker.calendar.periods.models import Period
from tracker.core.actor import Role
from tracker.meetings.models import Attendance, Meeting
from tracker.notifications.models import Notice
from tracker.people.models import Person, Position
from tracker.proposals.models import Proponent, Proposal
from tracker.targets.models import Indicator, IndicatorValue, TargetDocument


def test_a_meeting_keeps_its_zone_and_all_its_days(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    rows = "Acara\tHari/tanggal\tPukul\tZona\n"
    rows += "Rapat Kerja Wilayah\tSelasa, 8 s.d. 10 Juni 2021\tPkl. 09.00 – selesai WITA\t\n"
    rows += "Rapat Timur\t11/VI/2021\t08.00\tWIT\n"
    secretariat.follow(save(secretariat, bring(secretariat, "meetings", rows, is_history="y")))

    long, east = session.scalars(select(Meeting).order_by(Meeting.id.desc()).limit(2)).all()[::-1]
    assert (long.date, long.end_on, long.zone.name) == (date(2021, 6, 8), date(2021, 6, 10), "WITA")
    assert (east.date, east.end_on, east.zone.name) == (date(2021, 6, 11), None, "WIT")
    assert "09.00 WITA" in secretariat.get(f"/meetings/{long.id}").text
    assert counts(bring(secretariat, "meetings", rows))["sama"] == 2


def test_meetings_with_attendance_come_in_as_history(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meetings = "Nama rapat\tTanggal\tMulai\tTempat\nRapat Impor\t12 Mei 2021\t09.00\tRuang A\n"
    secretariat.follow(save(secretariat, bring(secretariat, "meetings", meetings, is_history="y")))
    meeting = session.scalars(select(Meeting).filter_by(name_id="Rapat Impor")).one()
    assert meeting.code.startswith("R-2021-")
    known = session.scalars(select(Person).where(Person.is_provisional.is_(False))).first()
    rows = f"Rapat\tNama\tJabatan\tKehadiran\nRapat Impor (12 Mei 2021)\t{known.name}\t\tHadir\n"
    rows += "Rapat Impor (12 Mei 2021)\tOrang Belum Dikenal\tTamu\tIzin\n"
    page = bring(secretariat, "attendance", rows, is_history="y")
    assert counts(page)["baru"] == 2, page.text
    secretariat.follow(save(secretariat, page))
    stored = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id).order_by(Attendance.id)).all()
    assert [row.status for row in stored] == ["present", "excused"]
    assert stored[0].person_id == known.id
    assert session.get(Person, stored[1].person_id).is_provisional
    assert counts(bring(secretariat, "meetings", meetings))["sama"] == 1
    assert counts(bring(secretariat, "attendance", rows))["sama"] == 2


def test_proposals_with_proponents_and_decision(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    person = session.scalars(select(Person).where(Person.is_provisional.is_(False))).first()
    cells = (
        "Judul\tRapat\tPengusul\tKeputusan\tAlasan\tTanggal keputusan\n"
        f"Usulan impor\t{meeting.code}\t{person.name}; Kelompok Kerja X\tDitolak\tTidak ada anggaran\t1/11/2020\n"
    )
    page = bring(secretariat, "proposals", cells, is_history="y")
    assert counts(page)["baru"] == 1, page.text
    secretariat.follow(save(secretariat, page))
    proposal = session.scalars(select(Proposal).filter_by(title_id="Usulan impor")).one()
    assert (proposal.status, proposal.status_since, proposal.raised_on) == (
        "rejected", date(2020, 11, 1), date(2020, 10, 21),
    )  # fmt: skip
    named = session.scalars(select(Proponent).filter_by(proposal_id=proposal.id).order_by(Proponent.id)).all()
    assert (named[0].person_id, named[1].post_as_written) == (person.id, "Kelompok Kerja X")
    assert counts(bring(secretariat, "proposals", cells, is_history="y"))["sama"] == 1


def test_what_a_step_lacks_is_said_of_its_row(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    cells = f"Judul\tRapat\tStatus\nUsulan tanpa alasan\t{meeting.code}\tDitolak\n"
    page = bring(secretariat, "proposals", cells, is_history="y")
    assert counts(page)["salah"] == 1
    assert "alasan" in page.text_of(".import-problems").casefold()
    assert session.scalar(select(func.count()).select_from(Proposal).filter_by(title_id="Usulan tanpa alasan")) == 0


def test_targets_with_values_by_period(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    notices = session.scalar(select(func.count()).select_from(Notice))
    documents = (
        "Nama\tJenis dokumen\tTahun\tTingkat\tDokumen\nRencana Impor\tRencana strategis\t2025\t\t\n"
        "Sasaran Impor\t\t\tSasaran strategis\tRencana Impor\n"
    )
    page = bring(secretariat, "documents", documents)
    assert counts(page)["baru"] == 2, page.text
    secretariat.follow(save(secretariat, page))
    indicators = (
        "Indikator\tDokumen\tSasaran\tSatuan\tSkema periode\n"
        "Indikator Impor\tRencana Impor\tSasaran Impor\tOrang\tTriwulan\n"
    )
    page = bring(secretariat, "indicators", indicators)
    assert counts(page)["baru"] == 1, page.text
    secretariat.follow(save(secretariat, page))
    values = (
        "Indikator\tPeriode\tTarget\tRealisasi\n"
        "Indikator Impor\tTW I 2025\t1.000\t950\nIndikator Impor\tTW II 2025\t1.200,5\t\n"
    )
    page = bring(secretariat, "values", values)
    assert counts(page)["baru"] == 2, page.text
    secretariat.follow(save(secretariat, page))
    indicator = session.scalars(select(Indicator).filter_by(name_id="Indikator Impor")).one()
    assert session.get(TargetDocument, indicator.document_id).year_to == 2025
    stored = session.scalars(
        select(IndicatorValue).filter_by(indicator_id=indicator.id).order_by(IndicatorValue.id)
    ).all()
    assert [str(row.target_value) for row in stored] == ["1000", "1200.5"]
    assert (str(stored[0].actual_value), stored[1].actual_value) == ("950", None)
    assert counts(bring(secretariat, "values", values))["sama"] == 2
    wide = "Indikator\tTarget TW I 2025\tTarget TW III 2025\nIndikator Impor\t1.000\t1.300\n"
    assert list(counts(bring(secretariat, "values", wide)).values()) == [0, 0, 1, 0, 1]
    assert session.scalar(select(func.count()).select_from(Notice)) == notices


def test_a_run_of_meetings_is_undone(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    cells = "Nama rapat\tTanggal\nRapat Salah\t12 Mei 2021\n"
    stored = secretariat.follow(save(secretariat, bring(secretariat, "meetings", cells, is_history="y")))
    secretariat.follow(secretariat.submit(stored, f"{stored.path}/undo"))
    assert session.scalar(select(Meeting.id).filter_by(name_id="Rapat Salah")) is None


def test_times_and_numbers_that_were_changed_come_back(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    cells = "Nama rapat\tTanggal\tMulai\nRapat Berjam\t12 Mei 2021\t09.00\n"
    secretariat.follow(save(secretariat, bring(secretariat, "meetings", cells, is_history="y")))
    page = bring(secretariat, "meetings", cells.replace("09.00", "10.30"), is_history="y")
    assert counts(page)["diubah"] == 1, page.text
    stored = secretariat.follow(save(secretariat, page))
    hours = select(Meeting.start_time).filter_by(name_id="Rapat Berjam")
    assert str(session.scalar(hours)) == "10:30:00"
    secretariat.follow(secretariat.submit(stored, f"{stored.path}/undo"))
    assert str(session.scalar(hours)) == "09:00:00"

    value = session.scalars(select(IndicatorValue).where(IndicatorValue.actual_value.is_not(None))).first()
    indicator, period = session.get(Indicator, value.indicator_id), session.get(Period, value.period_id)
    before, after = value.actual_value, value.actual_value + 1
    row = [indicator.code or indicator.name_id, value.year, period.name_id, str(after).replace(".", ","), "Salah ketik"]
    cells = "Indikator\tTahun\tPeriode\tRealisasi\tAlasan\n" + "\t".join(map(str, row))
    page = bring(secretariat, "values", cells)
    assert counts(page)["diubah"] == 1, page.text
    stored = secretariat.follow(save(secretariat, page))
    actual = select(IndicatorValue.actual_value).filter_by(id=value.id)
    assert session.scalar(actual) == after
    secretariat.follow(secretariat.submit(stored, f"{stored.path}/undo"))
    assert session.scalar(actual) == before


def test_accounts_are_opened_and_invited(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    cells = "Nama\tSurel\tPeran\nOrang Baru\torang.baru@kantor.test\tSekretariat; Penelaah tindak lanjut\n"
    page = bring(admin, "accounts", cells)
    assert counts(page)["baru"] == 1, page.text
    admin.follow(admin.submit(page, f"{page.path}/open"))
    account = session.scalars(select(Account).filter_by(email="orang.baru@kantor.test")).one()
    roles = session.scalars(select(AccountRole.role).filter_by(account_id=account.id)).all()
    assert set(roles) == {Role.SECRETARIAT, Role.REVIEWER}
    assert account.invited_at is not None
    assert counts(bring(admin, "accounts", cells))["sama"] == 1


def test_the_secretariat_brings_what_was_realised_long_ago_with_who_confirmed_it(
    visit: Visitor, session: Session
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(date=date(2020, 10, 21))).one()
    post = session.scalars(select(Position)).first()
    heads = "Judul\tRapat\tPemutus\tStatus\tTanggal keputusan\tTerwujud pada\tBukti\tDinyatakan terwujud oleh\n"
    cells = (
        f"{heads}Usulan lama\t{meeting.code}\t{post.title_id}\tTerwujud\t1/11/2020\t5/3/2021\tLaporan akhir\tDirjen\n"
    )

    page = bring(secretariat, "proposals", cells, is_history="y")
    assert counts(page)["baru"] == 1, page.text
    secretariat.follow(save(secretariat, page))

    proposal = session.scalars(select(Proposal).filter_by(title_id="Usulan lama")).one()
    assert (proposal.status, proposal.status_since) == ("realised", date(2021, 3, 5))
    assert proposal.decision_authority_id == post.id
    told = secretariat.get(f"/proposals/{proposal.id}").text
    assert "Dikonfirmasi oleh Dirjen" in told


def test_the_secretariat_cannot_bring_in_that_what_is_current_was_realised(visit: Visitor, session: Session) -> None:
    proposal = session.scalars(
        select(Proposal).join(ActionItem, ActionItem.proposal_id == Proposal.id).where(
            Proposal.status == "approved", Proposal.classification == "ordinary", Proposal.history_until.is_(None),
            ActionItem.classification == "ordinary",
        ).order_by(Proposal.id)
    ).first()  # fmt: skip
    day = proposal.status_since + timedelta(days=1)
    cells = (
        "Kode\tUsulan\tStatus\tTerwujud pada\tBukti\tAlasan\n"
        f"{proposal.code}\t{proposal.title_id}\tTerwujud\t{day:%d/%m/%Y}\tLaporan akhir\tSudah berjalan\n"
    )

    page = bring(visit.as_(SECRETARIAT), "proposals", cells, is_history="y")

    assert counts(page)["salah"] == 1, page.text
    assert "sebelum dicatat sebagai riwayat" in page.text


def test_an_old_proposal_is_realised_on_its_day(visit: Visitor, session: Session) -> None:
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.add_all(AccountRole(account_id=account.id, role=role) for role in (Role.REVIEWER, Role.DECISION_MAKER))
    proposal = session.scalars(
        select(Proposal).join(ActionItem, ActionItem.proposal_id == Proposal.id).where(
            Proposal.status == "approved", Proposal.classification == "ordinary",
            ActionItem.classification == "ordinary",
        ).order_by(Proposal.id)
    ).first()  # fmt: skip
    session.commit()
    day = proposal.status_since + timedelta(days=1)
    cells = (
        "Kode\tUsulan\tStatus\tTerwujud pada\tBukti\tAlasan\n"
        f"{proposal.code}\t{proposal.title_id}\tTerwujud\t{day:%d/%m/%Y}\tLaporan akhir\tSudah berjalan\n"
    )

    browser = visit.sign_in(SECRETARIAT)
    page = bring(browser, "proposals", cells, is_history="y")
    assert counts(page)["diubah"] == 1, page.text
    browser.follow(save(browser, page))

    session.expire_all()
    assert (proposal.status, proposal.status_since) == ("realised", day)
