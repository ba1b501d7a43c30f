"""Downloads of every list contain exactly the filtered rows that the reader may see, with values as text."""

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.pinned import BUSIEST_YEAR
from tests.visitor import ADMIN, ADVISER, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import ActionStatus
from tracker.attachments.models import Attachment
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.fields import Combobox, Pick
from tracker.lists import routes
from tracker.lists.columns import LISTS
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.rules import LinkState
from tracker.targets.models import Target


def rows_of(browser: Visitor, path: str) -> list[list[str]]:
    text = browser.get(path).response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def book_of(browser: Visitor, path: str) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(browser.get(path).response.get_data()))


def codes_on_all_pages(browser: Visitor, path: str) -> list[str]:
    codes, next_path = [], path
    while next_path:
        page = browser.get(next_path)
        codes += page.all_of("tbody .code")
        older = page.soup.select_one("a[rel=next]")
        next_path = str(older["href"]) if older else ""
    return codes


@pytest.mark.parametrize(
    "query", ["view=all", "stage=open", "watch=overdue", f"status=completed&year={BUSIEST_YEAR}", "q=data"]
)
def test_a_download_has_exactly_the_filtered_rows_of_all_pages(visit: Visitor, query: str) -> None:
    browser = visit.as_(SECRETARIAT)
    shown = codes_on_all_pages(browser, f"/actions?{query}")

    as_csv = rows_of(browser, f"/actions.csv?{query}")
    as_xlsx = book_of(browser, f"/actions.xlsx?{query}").get_sheet_by_index(0).to_python()

    assert [row[1] for row in as_csv[1:]] == shown
    assert [row[1] for row in as_xlsx[1:]] == shown


@pytest.mark.parametrize(
    "query",
    ["view=all", "editions=in_force", "year=2021", "kind=strategic_plan", "state=candidate", "orphans=y", "unit=1"],
)
def test_the_download_of_targets_has_exactly_the_rows_of_the_cascade(
    visit: Visitor, session: Session, query: str
) -> None:
    browser = visit.as_(READER)
    shown = browser.get(f"/targets?{query}")
    ids = {urlsplit(link).path.rsplit("/", 1)[1] for link in shown.links if link.startswith("/targets/")}
    names = session.scalars(
        select(Target.name_id).where(Target.id.in_({int(row_id) for row_id in ids if row_id.isdigit()}))
    )

    assert sorted(row[1] for row in rows_of(browser, f"/targets.csv?{query}")[1:]) == sorted(names)
    assert f"/targets.xlsx?{query}".rstrip("?") in shown.links


def test_the_download_of_targets_has_the_last_period_and_unknown_values(visit: Visitor) -> None:
    head, *rows = rows_of(visit.as_(READER), "/targets.csv")
    values = [dict(zip(head, row, strict=True)) for row in rows]

    plan = next(row for row in values if row["Target"].startswith("Indeks pemenuhan HAM"))
    candidate = next(row for row in values if row["Target"].startswith("Ratifikasi"))
    assert plan["Periode"].split()[0] in {"B03", "B06", "B09", "B12"}
    assert plan["Target (nilai)"].replace(",", "").isdigit()
    assert {candidate[name] for name in ("Satuan", "Target (nilai)", "Realisasi", "Capaian")} == {"belum ditetapkan"}
    assert {row["Capaian"] for row in values if row["Jenis"] == "Dokumen target"} == {""}


@pytest.mark.one_database
def test_every_list_can_be_downloaded_in_every_format(visit: Visitor) -> None:
    reader, admin = visit.as_(READER), visit.as_(ADMIN)
    heads = {}

    for name in LISTS:
        browser = admin if name == "audit" else reader
        heads[name] = rows_of(browser, f"/{name}.csv")[0]
        assert book_of(browser, f"/{name}.xlsx").sheet_names[-1] == "Catatan"
        few = "?change=delete" if name == "audit" else ""  # the whole chain is too long for paper
        assert browser.get(f"/{name}.pdf{few}").response.get_data().startswith(b"%PDF")
        assert f"/{name}.csv?view=all" in browser.get(f"/{name}?view=all").links

    assert heads["people"] == ["Nama", "Ejaan lain", "Catatan"]
    assert heads["actions"] == [
        "No.", "Kode", "Rapat (tanggal)", "Usulan/keputusan/arahan", "Tindak lanjut", "Penanggung jawab (unit; PIC)",
        "Unit dan orang pendukung", "Tenggat", "Status", "Uraian progres", "Kendala", "Data dukung",
        "Rencana berikutnya (tenggat)",
        "Target kinerja terkait", "Keterangan",
    ]  # fmt: skip


@pytest.mark.one_database
def test_dates_are_dates_in_a_spreadsheet_and_text_in_a_csv(visit: Visitor) -> None:
    browser = visit.as_(READER)

    real = book_of(browser, "/meetings.xlsx?year=2020").get_sheet_by_index(0).to_python()
    words = rows_of(browser, "/meetings.csv?year=2020")

    assert date(2020, 10, 21) in [row[1] for row in real]
    assert "21 Okt 2020" in [row[1] for row in words]
    assert "belum ditetapkan" in [cell for row in words for cell in row]


@pytest.mark.parametrize("path", ["/proposals.csv", "/actions.csv"])
def test_downloads_leave_out_hidden_rows(visit: Visitor, session: Session, path: str) -> None:
    session.execute(update(Proposal).where(Proposal.id == 1).values(classification="secret"))
    session.execute(update(ActionItem).where(ActionItem.id == 1).values(classification="secret"))
    hidden = session.get_one(Proposal, 1).code, session.get_one(ActionItem, 1).code
    whole, visible = rows_of(visit.as_(SECRETARIAT), path), rows_of(visit.as_(READER), path)

    text = "\n".join(";".join(row) for row in visible)
    assert not [code for code in hidden if code in text]
    assert len(visible) > 1
    assert len(whole) >= len(visible)


def test_the_matrix_page_and_pdf_show_the_filtered_rows_and_the_filter(visit: Visitor) -> None:
    from pypdf import PdfReader

    browser = visit.as_(ADVISER)
    page = browser.get("/actions/matrix?status=awaiting_verification")
    pages = PdfReader(io.BytesIO(browser.get("/actions.pdf?status=awaiting_verification").response.get_data())).pages
    paper = "".join(page.extract_text() for page in pages)

    shown = page.all_of("tbody .code")
    assert shown
    assert shown == codes_on_all_pages(browser, "/actions?status=awaiting_verification")
    assert "Status: Menunggu verifikasi" in page.text_of(".page-meta")
    assert "Status: Menunggu verifikasi" in paper
    assert all(code in paper for code in shown)
    assert "/actions.xlsx?status=awaiting_verification" in page.links


@pytest.mark.one_database
def test_unknown_lists_are_not_found(visit: Visitor) -> None:
    browser = visit.as_(READER)

    for path in ("/accounts.csv", "/x.xlsx", "/x.pdf", "/progress/nothing"):
        browser.get(path, 404)


@pytest.mark.one_database
def test_a_pdf_of_too_many_rows_is_refused_with_an_alternative(visit: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(routes, "MOST_ROWS_ON_PAPER", 3)

    page = visit.as_(READER).get("/actions.pdf", 409)

    assert "XLSX" in page.text


@pytest.mark.one_database
def test_a_download_reports_its_progress_and_removes_the_file(visit: Visitor, monkeypatch: Any) -> None:
    token = "a" * 32
    browser, reports = visit.as_(READER), []
    write_progress = routes._write_progress

    def write_and_note(file: Path, done: int, total: int) -> None:
        write_progress(file, done, total)
        reports.append(file.read_text())

    monkeypatch.setattr(routes, "_write_progress", write_and_note)

    assert browser.client.get(f"/progress/{token}").json == {"done": None}
    browser.get(f"/actions.xlsx?progress={token}")

    written = len(rows_of(browser, "/actions.csv")) - 1
    assert reports == [f"{written} {written}"]
    assert browser.client.get(f"/progress/{token}").json == {"done": None}
    assert not list((browser.app.extensions["settings"].instance / "progress").iterdir())


@pytest.mark.one_database
def test_every_filter_field_that_selects_a_row_has_choices(visit: Visitor) -> None:
    with visit.app.test_request_context():
        picks = {
            name: {field.name for field in listing.form() if isinstance(field, Combobox | Pick)}
            for name, listing in LISTS.items()
        }

    assert picks == {name: {*listing.sources, *listing.choices} for name, listing in LISTS.items()}


def test_the_matrix_shows_requests_escalations_holds_and_attachments(visit: Visitor, session: Session) -> None:
    day, now = date(2026, 3, 5), clock.now()
    in_progress = select(ActionItem).filter_by(status=ActionStatus.IN_PROGRESS, classification="ordinary")
    action = session.scalars(in_progress.order_by(ActionItem.id.desc())).first()
    session.execute(delete(DueDateRequest).filter_by(action_id=action.id))
    session.execute(update(ActionHold).filter_by(action_id=action.id, ended_on=None).values(ended_on=date(2030, 1, 1)))
    own = {"action_id": action.id, "by_name": "Sekretariat", "at": now}
    file = {"kind": "evidence", "media_type": "text/plain", "size": 1, "added_by_name": "Sekretariat", "added_at": now}
    session.add_all([
        DueDateRequest(**own, asked_for=day, reason="Menunggu data"),
        ActionHold(**own, kind="waiting_outside", waiting_for="Kemenkeu", since=day, reason="Surat dikirim"),
        Escalation(**own, person_id=1, reason="Mendesak"),
        Attachment(**file, action_id=action.id, name="laporan.txt", mark="0" * 64),
        Attachment(**file, action_id=action.id, name="rahasia.txt", mark="1" * 64, classification="secret"),
    ])  # fmt: skip
    session.commit()

    row = next(row for row in rows_of(visit.as_(READER), f"/actions.csv?q={action.code}") if row[1] == action.code)
    person = session.get_one(Person, 1).full_name

    assert "Kemenkeu, sejak 5 Mar 2026. Surat dikirim" in row[10]
    assert "laporan.txt" in row[11]
    assert "rahasia.txt" not in row[11]
    assert "perpanjangan sampai 5 Mar 2026" in row[14]
    assert f"dieskalasikan kepada {person}" in row[14]


@pytest.mark.one_database
def test_the_matrix_says_once_what_a_dash_means(visit: Visitor) -> None:
    page = visit.as_(READER).get("/actions/matrix?view=all")

    assert page.soup.select_one("main").get_text().count("belum ditetapkan") == 1
    assert any("—" in cell.get_text() for cell in page.soup.select(".matrix td"))


def hidden_on_matrix(browser: Visitor) -> int:
    found = re.search(r"(\d+) butir disembunyikan", browser.get("/actions/matrix?view=all").text_of("main"))
    return int(found[1]) if found else 0


def test_as_hidden_only_those_are_counted_that_the_reader_may_not_see(visit: Visitor, session: Session) -> None:
    names = (READER, ADMIN)
    accounts = {name: session.scalars(select(Account).filter_by(username=name)).one() for name in names}
    before = {name: hidden_on_matrix(visit.as_(name)) for name in names}
    action = session.scalars(
        select(ActionItem.id).join(Meeting, Meeting.id == ActionItem.meeting_id)
        .where(ActionItem.classification == Classification.ORDINARY, Meeting.classification == Classification.ORDINARY)
    ).first()  # fmt: skip
    raised = {"classification": Classification.SECRET, "recorded_by_id": accounts[ADMIN].id}
    session.execute(update(ActionItem).filter_by(id=action).values(**raised))
    session.execute(update(Account).filter_by(username=ADMIN).values(clearance=Classification.SECRET))

    after = {name: hidden_on_matrix(visit.as_(name)) for name in names}

    assert after[READER] == before[READER] + 1
    assert after[ADMIN] <= before[ADMIN]


def test_a_rejected_link_leaves_a_proposal_without_a_target(visit: Visitor, session: Session) -> None:
    path = "/proposals.csv?orphans=y"
    link = session.scalars(select(TargetLink).where(TargetLink.state != LinkState.REJECTED)).first()
    code = session.scalar(select(Proposal.code).filter_by(id=link.proposal_id))
    assert code not in str(rows_of(visit.as_(SECRETARIAT), path))

    session.execute(update(TargetLink).filter_by(proposal_id=link.proposal_id).values(state=LinkState.REJECTED))

    assert code in str(rows_of(visit.as_(SECRETARIAT), path))
