"""Runs: what a file would do, stored whole or not at all, undone whole."""

import datetime as dt
import io
import time

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.visitor import ADMIN, READER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.core.actor import Actor
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.imports import queries
from tracker.imports.formats import sheets_in
from tracker.imports.models import ImportRun
from tracker.imports.routes.storing import go_on_in_background
from tracker.imports.rules.kinds import MOST_AT_ONCE, RunState
from tracker.meetings.models import Meeting
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.search.commands import miscounted_words

UNITS = "Nama unit\tSingkatan\tInduk\tZona\nBiro Impor\tBI\t\t\nBagian Impor\tBGI\tBiro Impor\tWITA\n"


def bring(visitor: Visitor, kind: str, cells: str, **more: str) -> Page:
    page = visitor.get(f"/imports/new?kind={kind}")
    return visitor.follow(visitor.submit(page, "/imports/new", cells=cells, **more))


def save(visitor: Visitor, page: Page) -> Page:
    return visitor.submit(page, f"{page.path}/store")


def counts(page: Page) -> dict[str, int]:
    told = (words.split(maxsplit=1) for words in page.all_of(".import-counts li"))
    return {word: int(number) for number, word in told}


def test_units_of_one_file_stand_below_each_other(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "units", UNITS)
    assert counts(page)["baru"] == 2
    assert session.scalar(select(OrgUnit.id).filter_by(short="BI")) is None
    admin.follow(save(admin, page))
    parent = session.scalars(select(OrgUnit).filter_by(short="BI")).one()
    part = session.scalars(select(OrgUnit).filter_by(short="BGI")).one()
    assert (part.parent_id, parent.timezone, part.timezone) == (parent.id, None, Zone.WITA)


def test_the_audit_leads_to_the_import_for_whoever_made_it(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "units", UNITS)

    assert admin.get("/audit?kind=import_run").soup.select(f"tbody a[href='{page.path}']")


def test_the_same_file_twice_stores_nothing(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    admin.follow(save(admin, bring(admin, "units", UNITS)))
    page = bring(admin, "units", UNITS)
    assert counts(page) == {"salah": 0, "perlu dijawab": 0, "baru": 0, "diubah": 0, "sama": 2}
    assert not page.soup.select("form[action$=store]")


def test_a_run_is_undone_whole_while_nobody_built_on_it(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    stored = admin.follow(save(admin, bring(admin, "units", UNITS)))
    admin.follow(admin.submit(stored, f"{stored.path}/undo"))
    assert session.scalar(select(OrgUnit.id).where(OrgUnit.short.in_(["BI", "BGI"]))) is None
    stored = admin.follow(save(admin, bring(admin, "units", UNITS)))
    admin.follow(save(admin, bring(admin, "posts", "Jabatan\tUnit kerja\nKepala Biro Impor\tBiro Impor\n")))
    refused = admin.submit(stored, f"{stored.path}/undo")
    assert refused.status == 409
    assert "Kepala Biro Impor" in refused.problems[0]
    assert session.scalar(select(OrgUnit.id).filter_by(short="BI")) is not None


@pytest.mark.on_both
def test_what_was_changed_comes_back(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    admin.follow(save(admin, bring(admin, "units", UNITS)))
    page = bring(admin, "units", "Nama unit\tAlamat\nBiro Impor\tJalan Baru 1\n")
    assert counts(page)["diubah"] == 1
    stored = admin.follow(save(admin, page))
    assert session.scalar(select(OrgUnit.address).filter_by(short="BI")) == "Jalan Baru 1"
    admin.follow(admin.submit(stored, f"{stored.path}/undo"))
    assert session.scalar(select(OrgUnit.address).filter_by(short="BI")) is None


def test_nothing_is_stored_if_the_last_row_is_wrong(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "persons", "Nama\tNIP\tSurel\nSatu Impor\t\tsatu@go.id\nDua Impor\t123\tdua@\n")
    assert counts(page)["salah"] == 1
    assert not page.soup.select("form[action$=store]")
    assert "18" in page.text_of(".import-problems")
    assert "nama@kemenham.go.id" in page.text_of(".import-problems")
    assert session.scalar(select(Person.id).filter_by(name="Satu Impor")) is None


def test_near_names_are_asked(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    admin.follow(save(admin, bring(admin, "persons", "Nama\tSurel\nDr. Siti Khadijah Impor, S.H.\tsiti@go.id\n")))
    page = bring(admin, "persons", "Nama\tKeterangan\nSiti Khadijah\tcatatan\n")
    assert counts(page)["perlu dijawab"] == 1
    page = admin.follow(admin.submit(page, f"{page.path}/match", **{"answer-0": "new"}))
    assert counts(page)["baru"] == 1
    page = bring(admin, "persons", "Nama\tKeterangan\nSiti Khadijah\tcatatan\n")
    person = session.scalars(select(Person).filter_by(name="Siti Khadijah Impor")).one()
    assert (person.title_prefix, person.title_suffix, person.email) == ("Dr.", "S.H.", "siti@go.id")
    page = admin.follow(admin.submit(page, f"{page.path}/match", **{"answer-0": person.id}))
    assert counts(page)["diubah"] == 1


def test_holdings_name_person_and_post(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    admin.follow(save(admin, bring(admin, "persons", "Nama\nOrang Impor\n")))
    admin.follow(save(admin, bring(admin, "posts", "Jabatan\nKepala Impor\n")))
    cells = "Nama\tJabatan\tTMT\nOrang Impor\tKepala Impor\t1 Januari 2025\n"
    admin.follow(save(admin, bring(admin, "holdings", cells)))
    post = session.scalars(select(Position).filter_by(title_id="Kepala Impor")).one()
    assert session.scalars(select(PositionHolding).filter_by(position_id=post.id)).one().start_on.year == 2025
    assert counts(bring(admin, "holdings", cells))["sama"] == 1


def test_a_run_is_only_seen_by_who_brought_it(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "persons", "Nama\nOrang Impor\n")
    visit.as_(SECRETARIAT).get(page.path, 404)
    visit.as_(READER).get("/imports", 404)
    visit.as_(READER).get("/imports/new", 404)


@pytest.mark.one_database
def test_what_was_pasted_comes_back_after_a_refusal(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    page = admin.get("/imports/new")
    refused = admin.submit(page, "/imports/new", cells="Nama\nSatu")
    assert refused.status == 422
    assert refused.soup.select_one("textarea").get_text().strip() == "Nama\nSatu"


@pytest.mark.one_database
@pytest.mark.one_database
def test_pasted_cells_are_called_so_in_the_language_of_the_reader(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    page = bring(secretariat, "units", UNITS)
    assert page.heading == "Sel yang ditempel"
    secretariat.client.post("/language", data={"language": "en", "next": "/", "csrf_token": secretariat.token()})
    assert secretariat.get(page.path).heading == "Pasted cells"
    assert "Pasted cells" in secretariat.get("/imports").text


def test_columns_chosen_by_hand_are_remembered(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    cells = "Siapa\tX\nOrang Impor\t1\n"
    page = bring(admin, "persons", cells)
    page = admin.follow(admin.submit(page, f"{page.path}/match", **{"column-0": "name"}))
    assert counts(page)["baru"] == 1
    assert counts(bring(admin, "persons", cells))["baru"] == 1
    assert session.scalars(select(ImportRun)).first() is not None


@pytest.mark.one_database
def test_the_page_says_what_was_understood(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    admin.follow(save(admin, bring(admin, "units", UNITS)))
    page = bring(admin, "posts", "Jabatan\tUnit kerja\tBerlaku mulai\nKepala Impor\tBGI\t1/2/2025\n")
    assert page.all_of(".import-changes li") == [
        "Judul dalam bahasa Indonesia: Kepala Impor", "Unit kerja: Bagian Impor", "Ada sejak: 1 Feb 2025",
    ]  # fmt: skip


@pytest.mark.one_database
def test_the_wrong_rows_come_back_as_a_file_that_can_be_brought_again(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "persons", "Nama\tNIP\nSatu Impor\t\nDua Impor\t123\n")
    file = admin.look(f"{page.path}/wrong.xlsx").response.get_data()
    [sheet] = [one for one in sheets_in(file, "wrong.xlsx") if not one.hidden]
    assert [cell.text for cell in sheet.rows[1]][:2] == ["Dua Impor", "123"]
    for kind in ("units", "posts", "persons", "holdings", "accounts"):
        assert admin.look(f"/imports/template/{kind}.xlsx").response.get_data().startswith(b"PK")
    for kind in ("meetings", "attendance", "proposals", "actions", "reports", "documents", "indicators", "values"):
        file = visit.as_(SECRETARIAT).look(f"/imports/template/{kind}.xlsx").response
        assert file.get_data().startswith(b"PK")


def test_what_changed_meanwhile_is_shown_again_before_it_is_stored(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    both = bring(admin, "persons", "Nama\tNIP\nOrang Impor\t\nTamu Impor\t\n")
    admin.follow(save(admin, bring(admin, "persons", "Nama\tNIP\nOrang Impor\t\n")))
    refused = save(admin, both)
    assert refused.status == 409
    assert (counts(refused)["baru"], counts(refused)["sama"]) == (1, 1)
    assert session.scalar(select(Person.id).filter_by(name="Tamu Impor")) is None


def ended(session: Session, run_id: int) -> RunState | None:
    """How a run ended outside the request."""
    for _ in range(300):
        state = session.scalar(select(ImportRun.run_state).filter_by(id=run_id))
        if state and not state.is_at_work:
            return state
        time.sleep(0.1)
    return None


def test_one_may_leave_the_page_while_it_is_stored(visit: Visitor, app: Flask, session: Session) -> None:
    admin = visit.as_(ADMIN)
    path = bring(admin, "persons", "Nama\tNIP\nOrang Impor\t\n").path
    run = session.get_one(ImportRun, int(path.rsplit("/", 1)[1]))
    run.run_state = RunState.WAITING
    session.commit()
    with app.app_context():
        queries.note_progress(run.id, 0, 1)
    assert "Halaman ini boleh ditinggalkan" in admin.get(path).text_of(".import-progress")


@pytest.mark.on_both
def test_a_long_file_is_stored_and_undone_after_the_answer(visit: Visitor, app: Flask, session: Session) -> None:
    admin = visit.as_(ADMIN)
    names = "".join(f"Orang {chr(97 + n % 26)}{chr(97 + n // 26)}impor\t\n" for n in range(MOST_AT_ONCE + 1))
    page = bring(admin, "persons", f"Nama\tNIP\n{names}")
    waiting = admin.follow(save(admin, page))
    run_id = int(page.path.rsplit("/", 1)[1])
    assert ended(session, run_id) is RunState.STORED
    assert waiting.soup.select("progress") or "Tersimpan" in waiting.text
    assert counts(admin.get(page.path))["baru"] == MOST_AT_ONCE + 1
    assert admin.look(f"{page.path}/progress").response.get_json()["waits"] is False

    undoing = admin.follow(admin.submit(admin.get(page.path), f"{page.path}/undo"))
    assert ended(session, run_id) is RunState.UNDONE
    assert undoing.soup.select("progress") or "Dibatalkan" in undoing.text
    assert session.scalar(select(Person.id).filter_by(name="Orang aaimpor")) is None
    with app.app_context():
        assert miscounted_words() == []


def test_somebody_who_lost_the_right_meanwhile_stores_nothing(visit: Visitor, app: Flask, session: Session) -> None:
    admin = visit.as_(ADMIN)
    page = bring(admin, "persons", "Nama\tNIP\nOrang Impor\t\n")
    run_id = int(page.path.rsplit("/", 1)[1])
    with app.app_context(), unrestricted():
        run = db.session.get_one(ImportRun, run_id)
        run.run_state = RunState.WAITING
        account = db.session.get_one(Account, run.made_by_id, options=[selectinload(Account.roles)])
        account.roles = []
        db.session.commit()
        actor = Actor(account_id=account.id, name=account.display_name)
    go_on_in_background(app, run_id, actor, "id")
    stored = session.get_one(ImportRun, run_id)
    assert stored.run_state is RunState.PREPARED
    assert stored.refusal
    assert session.scalar(select(Person.id).filter_by(name="Orang Impor")) is None


@pytest.mark.one_database
def test_several_files_are_recognised_and_come_in_by_turns(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    files = {
        "orang.csv": "Nama;NIP\nOrang Impor;\n",
        "jabatan.csv": "Nama jabatan;Unit kerja\nKepala Biro Impor;Biro Impor\n",
        "unit.csv": "Nama unit kerja;Singkatan\nBiro Impor;BI\n",
    }
    fields = filled(admin.get("/imports/new").form("/imports/new"))
    sent = {**fields, "file": [(io.BytesIO(text.encode()), name) for name, text in files.items()]}
    page = admin.follow(admin.post("/imports/new", sent))
    seen = []
    while page.soup.select("form[action$=store]"):
        seen.append(page.heading)
        page = admin.follow(save(admin, page))

    assert seen == ["unit.csv", "jabatan.csv", "orang.csv"]
    assert [badge.text.strip() for badge in page.soup.select(".import-files .badge")] == ["Tersimpan"] * 3
    post = session.scalars(select(Position).filter_by(title_id="Kepala Biro Impor")).one()
    assert session.get_one(OrgUnit, post.unit_id).short == "BI"


@pytest.mark.one_database
def test_a_file_whose_headings_say_nothing_is_asked_about(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    refused = admin.submit(admin.get("/imports/new"), "/imports/new", cells="Satu\tDua\n1\t2\n")
    assert refused.status == 422
    assert "Pilih isinya" in refused.problems[0]


@pytest.mark.one_database
def test_the_page_says_how_it_read_what_could_be_meant_otherwise(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    meeting = session.scalars(select(Meeting).filter_by(code="R-2020-001")).one()
    serial = (meeting.date - dt.date(1899, 12, 30)).days
    cells = f"Rapat\tUraian tindak lanjut\tTenggat\n{serial}\tKirim surat uji\t03/04/2027\n"
    page = bring(secretariat, "actions", cells)

    assert counts(page)["baru"] == 1, page.text
    notes = page.all_of(".import-notes li")
    assert [note.split()[0] for note in notes] == ["A2", "C2"]
    assert str(serial) in notes[0]
    assert "3 Apr 2027" in notes[1]
    assert len(page.soup.select(".import-readings li")) == 2


def test_an_interrupted_undoing_has_undone_nothing_and_is_resumed(visit: Visitor, session: Session) -> None:
    admin = visit.as_(ADMIN)
    page = admin.follow(save(admin, bring(admin, "units", UNITS)))
    run = session.get_one(ImportRun, int(page.path.rsplit("/", 1)[1]))
    run.run_state = RunState.UNDOING
    session.commit()

    page = admin.get(page.path)
    assert "dibatalkan" in page.text_of(".note")
    admin.follow(admin.submit(page, f"{page.path}/again"))

    assert ended(session, run.id) is RunState.UNDONE
    assert session.scalar(select(OrgUnit.id).filter_by(short="BI")) is None


def test_undoing_outside_the_request_is_refused_in_words_if_somebody_built_on_it(
    visit: Visitor, app: Flask, session: Session
) -> None:
    admin = visit.as_(ADMIN)
    page = admin.follow(save(admin, bring(admin, "units", UNITS)))
    admin.follow(save(admin, bring(admin, "posts", "Jabatan\tUnit kerja\nKepala Biro Impor\tBiro Impor\n")))
    run = session.get_one(ImportRun, int(page.path.rsplit("/", 1)[1]))
    run.run_state = RunState.UNDOING
    session.commit()

    go_on_in_background(app, run.id, Actor(account_id=run.made_by_id, name=run.by_name), "id")

    session.expire_all()
    assert run.run_state is RunState.STORED
    assert "Kepala Biro Impor" in admin.get(page.path).text_of(".note")
    assert session.scalar(select(OrgUnit.id).filter_by(short="BI")) is not None


def test_words_of_an_undone_import_are_offered_no_more(visit: Visitor, app: Flask) -> None:
    browser = visit.as_(SECRETARIAT)
    cells = "Nama rapat\tTanggal\nRapat kelapa\t3 November 2025\n"
    page = browser.follow(save(browser, bring(browser, "meetings", cells)))
    browser.follow(browser.submit(page, f"{page.path}/undo"))
    with app.app_context():
        assert miscounted_words() == []


@pytest.mark.one_database
def test_a_stored_meeting_is_changed_by_a_file(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.follow(save(browser, bring(browser, "meetings", "Nama rapat\tTanggal\nRapat kelapa\t3 November 2025\n")))
    page = bring(browser, "meetings", "Nama rapat\tTanggal\tTempat\nRapat kelapa\t3 November 2025\tAula\n")
    browser.follow(save(browser, page))
    meeting = session.scalars(select(Meeting).filter_by(name_id="Rapat kelapa")).one()
    assert (meeting.venue, meeting.timezone) == ("Aula", "Asia/Jakarta")


@pytest.mark.one_database
def test_a_cell_with_a_sign_that_cannot_be_saved_is_refused_as_in_a_form(visit: Visitor) -> None:
    admin = visit.as_(ADMIN)
    fields = filled(admin.get("/imports/new?kind=persons").form("/imports/new"))
    file = (io.BytesIO("Nama,NIP\nOrang \x86 Impor,\n".encode()), "daftar.csv")
    page = admin.follow(admin.post("/imports/new", {**fields, "file": file}))
    assert "tidak dapat disimpan" in page.text_of(".import-problems")


@pytest.mark.one_database
def test_nothing_is_made_of_words_for_not_yet_and_as_above(visit: Visitor) -> None:
    page = bring(visit.as_(ADMIN), "units", "Nama unit\tInduk\nBiro Impor\tbelum\nBagian Impor\tsda\n")
    problems = page.text_of(".import-problems")
    assert "“sda”" in problems
    assert "“belum”" not in problems
    assert counts(page)["baru"] == 1
