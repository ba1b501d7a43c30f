"""From a draft with a pasted sheet to a decree in force, on the pages."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN
from tracker.audit.models import Event
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.models import MinutesVersion
from tracker.people import queries as people
from tracker.people.models import FormerUnitName, LetterheadSetting, OrgUnit, Position, PositionHolding
from tracker.status.models import HandOver
from tracker.targets.models import Target

ON = date(2026, 1, 5)
AT = datetime(2025, 12, 1, 3, tzinfo=UTC)
SPLIT = """\
Jenis\tLama\tBaru\tDi bawah\tSisanya
unit\tKementerian Hukum dan Hak Asasi Manusia\tKementerian Hukum\t\tya
unit\tKementerian Hukum dan Hak Asasi Manusia\tKementerian Hak Asasi Manusia
unit\tDirektorat Jenderal Hak Asasi Manusia\tDitjen Pelayanan HAM\tKementerian Hak Asasi Manusia\tya
unit\tDirektorat Jenderal Hak Asasi Manusia\tDitjen Instrumen HAM\tKementerian Hak Asasi Manusia
\tDirektorat Instrumen HAM\t\tDitjen Instrumen HAM
jabatan\tDirektur Jenderal HAM\tDirektur Jenderal Pelayanan HAM
jabatan\t\tDirektur Jenderal Instrumen HAM\tDitjen Instrumen HAM
jabatan\tKabag PPL\tSekretaris Direktorat Jenderal HAM
"""


@pytest.fixture
def draft(visit: Visitor) -> str:
    """Address of a draft without lines."""
    browser = visit.as_(ADMIN)
    answer = browser.submit(
        browser.get("/reorganisations/new"), "/reorganisations/new", number="Perpres 139/2024", dated_on="2024-10-21",
        in_force_on=ON.isoformat(),
    )  # fmt: skip
    return str(answer.response.location).removesuffix("/sheet")


def pasted(visit: Visitor, draft: str, cells: str) -> Page:
    browser = visit.as_(ADMIN)
    return browser.submit(browser.get(f"{draft}/sheet"), f"{draft}/sheet", cells=cells)


def entered(visit: Visitor, draft: str) -> Page:
    browser = visit.as_(ADMIN)
    return browser.submit(browser.get(draft), f"{draft}/enter")


@pytest.mark.one_database
def test_cells_that_cannot_be_used_are_named_and_nothing_typed_is_lost(visit: Visitor, draft: str) -> None:
    wrong = SPLIT + "meja\tDirektur Informasi HAM\tA\n\tTidak Ada\tB\n"

    page = pasted(visit, draft, wrong)

    assert page.status == 422
    assert page.all_of("#faults li") == [
        "Baris 10, Jenis: “meja” tidak terbaca.", "Baris 11, Lama: Tidak ada yang bernama “Tidak Ada”.",
    ]  # fmt: skip
    assert page.soup.select_one("textarea[name=cells]").get_text().strip() == wrong.strip()
    assert not visit.as_(ADMIN).get(draft).soup.select("#units")


def test_a_split_shows_what_changes_asks_who_takes_over_and_takes_effect_as_a_whole(
    visit: Visitor, session: Session, draft: str
) -> None:
    frozen = [tuple(row) for row in session.execute(select(MinutesVersion.id, MinutesVersion.content_hash))]
    ministry, general = unit(session, "Kementerian Hukum dan Hak Asasi Manusia"), unit(session, OLD)
    open_before = session.scalar(
        select(func.count()).select_from(ActionItem).where(ActionItem.responsible_unit_id == general.id,
                                                           ActionItem.status.in_(OPEN))
    )  # fmt: skip
    browser = visit.as_(ADMIN)
    answer = pasted(visit, draft, SPLIT)
    assert answer.status == 303, answer.all_of("#faults li")
    page = browser.get(draft)

    assert page.all_of("#problems strong") == ["Sekretaris Direktorat Jenderal HAM"]
    assert not page.soup.select(f"form[action='{draft}/enter']")
    settled = page.soup.select_one("#problems a[href*='kind=person']")
    line = browser.get(str(settled["href"]))
    answer = browser.submit(line, f"{draft}/lines/new", successor="Direktur Jenderal Instrumen HAM")
    assert answer.status == 303, answer.problems

    assert entered(visit, draft).status == 303
    session.expire_all()

    ministries = {row.name_id: row for row in session.scalars(select(OrgUnit).where(OrgUnit.valid_from == ON))}
    assert set(ministries) == {
        "Kementerian Hukum", "Kementerian Hak Asasi Manusia", "Ditjen Pelayanan HAM", "Ditjen Instrumen HAM",
    }  # fmt: skip
    rights, heir = ministries["Kementerian Hak Asasi Manusia"], ministries["Ditjen Pelayanan HAM"]
    assert heir.parent_id == rights.id
    assert unit(session, "Direktorat Instrumen HAM").parent_id == ministries["Ditjen Instrumen HAM"].id
    assert unit(session, "Direktorat Kerja Sama HAM").parent_id == heir.id
    assert (ministry.valid_to, general.valid_to) == (EVE, EVE)
    left = select(func.count()).select_from(ActionItem).where(
        ActionItem.responsible_unit_id.in_([ministry.id, general.id]), ActionItem.status.in_(OPEN))  # fmt: skip
    assert session.scalar(left) == 0
    assert open_before
    moved = session.scalar(
        select(func.count()).select_from(Event).where(Event.subject == "action_item", Event.verb == "reassigned",
                                                      Event.reason == "Perpres 139/2024"))  # fmt: skip
    assert moved >= open_before
    still = select(Target.id).where(Target.owner_unit_id == general.id, Target.state.not_in(["retired", "superseded"]))
    assert not session.scalars(still).all()
    assert [tuple(row) for row in session.execute(select(MinutesVersion.id, MinutesVersion.content_hash))] == frozen
    assert holders(visit, "Direktur Jenderal Pelayanan HAM") == holders(visit, "Direktur Jenderal HAM", EVE)
    assert ["Direktur Jenderal HAM", "Direktur Jenderal Pelayanan HAM"] in [
        [cell.text for cell in row.select("td")[1:3]] for row in browser.get(draft).soup.select("#lines tbody tr")
    ]
    assert browser.look(f"{draft}/sheet").status == 404
    assert "Ditjen Instrumen HAM" in browser.get(f"/units/{general.id}").text_of(".facts")
    assert OLD in browser.get(f"/units/{heir.id}").text_of(".facts")
    assert "Ditjen Instrumen HAM" in browser.get(f"/units/{general.id}?as_of={EVE}").text_of(".facts")
    assert browser.get(f"/units/{general.id}?as_of={ON}").text_of("main p") == "Unit ini tidak ada pada hari itu."


OLD = "Direktorat Jenderal Hak Asasi Manusia"
EVE = date(2026, 1, 4)


def unit(session: Session, name: str) -> OrgUnit:
    return session.scalars(select(OrgUnit).where(OrgUnit.name_id == name)).one()


def holders(visit: Visitor, title: str, day: date = ON) -> list[str]:
    page = visit.as_(READER).get(f"/posts?as_of={day}")
    row = next(row for row in page.soup.select("tbody tr") if row.select_one("td").text.strip() == title)
    return [link.text for link in row.select("td:last-child a")]


@pytest.mark.one_database
def test_a_decree_that_gives_a_unit_to_oneself_is_put_in_force_by_somebody_else(
    visit: Visitor, session: Session, draft: str
) -> None:
    director = session.scalars(select(Position).where(Position.title_id == "Direktur Jenderal HAM")).one()
    holding = select(PositionHolding).where(
        PositionHolding.position_id == director.id, PositionHolding.end_on.is_(None)
    )
    account = session.scalars(select(Account).where(Account.username == ADMIN)).one()
    account.person_id = session.scalars(holding).one().person_id
    session.commit()
    pasted(visit, draft, f"unit\t{OLD}\tDitjen A\t\tya\nunit\t{OLD}\tDitjen B\n")

    page = visit.as_(ADMIN).get(draft)
    assert "Orang lain yang harus memberlakukannya" in page.text_of(".note")
    assert not page.soup.select(f"form[action='{draft}/enter']")
    assert entered_by(visit, SECRETARIAT, draft).status == 303


def entered_by(visit: Visitor, account: str, draft: str) -> Page:
    browser = visit.as_(account)
    return browser.submit(browser.get(draft), f"{draft}/enter")


@pytest.mark.one_database
def test_a_second_decree_of_the_day_renames_what_the_first_made_and_a_wrong_number_is_corrected(
    visit: Visitor, session: Session, draft: str
) -> None:
    browser = visit.as_(ADMIN)
    pasted(visit, draft, "unit\t-\tDitjen Instrumen\nunit\t\tDitjen Lain\n")
    assert entered(visit, draft).status == 303
    answer = browser.submit(
        browser.get("/reorganisations/new"), "/reorganisations/new", number="Permen 9/2024", dated_on="2024-10-21",
        in_force_on=ON.isoformat(),
    )  # fmt: skip
    second = str(answer.response.location).removesuffix("/sheet")
    pasted(visit, second, "unit\tDitjen Instrumen\tDitjen Instrumen HAM\nunit\tDitjen Lain\t\tDitjen Instrumen HAM\n")
    assert entered(visit, second).status == 303

    instruments = unit(session, "Ditjen Instrumen HAM")
    assert (instruments.valid_from, unit(session, "Ditjen Lain").parent_id) == (ON, instruments.id)
    assert not session.scalars(select(FormerUnitName).filter_by(unit_id=instruments.id)).all()

    page = browser.get(f"{second}/edit")
    assert not page.soup.select("[name=in_force_on]")
    assert browser.submit(page, f"{second}/edit", number="Permenkum 9/2024").status == 303
    page = browser.get(second)
    assert (page.heading, "Kesalahan ketik dibetulkan" in page.text) == ("Permenkum 9/2024", True)
    assert browser.look(f"{second}/sheet").status == 404
    assert visit.as_(READER).look(f"{second}/edit").status == 404


@pytest.mark.one_database
def test_drafts_are_shown_to_nobody_else_and_lines_can_be_changed_one_by_one(visit: Visitor, draft: str) -> None:
    assert visit.as_(READER).look(draft).status == 404
    browser = visit.as_(ADMIN)
    new = f"{draft}/lines/new"
    refused = browser.submit(browser.get(new), new, kind="unit", predecessor="Tidak Ada", successor="Baru")
    assert refused.status == 422
    assert "Tidak ada unit yang bernama “Tidak Ada”." in refused.text_of("#predecessor-error")
    browser.submit(browser.get(new), new, kind="unit", predecessor=OLD, successor="Ditjen A")
    browser.submit(browser.get(new), new, kind="unit", predecessor=OLD, successor="Ditjen B")

    page = browser.get(draft)
    assert page.all_of("#problems strong") == [OLD]
    button = page.soup.select("#problems form")[1]
    page = browser.follow(browser.submit(page, str(button["action"])))
    assert not page.soup.select("#problems")
    line = next(link for link in page.links if link.endswith("/edit") and "/lines/" in link)
    page = browser.follow(browser.submit(browser.get(line), line, successor="Ditjen C"))
    assert "Ditjen C" in page.text_of("#units")
    page = browser.follow(browser.submit(page, line.replace("/edit", "/remove")))
    assert browser.follow(browser.submit(page, f"{draft}/remove")).status == 200
    assert browser.look(draft).status == 404


@pytest.mark.one_database
def test_lines_that_somebody_else_saved_meanwhile_come_back_beside_those_typed(visit: Visitor, draft: str) -> None:
    browser, new = visit.as_(ADMIN), f"{draft}/lines/new"
    browser.submit(browser.get(new), new, kind="unit", predecessor=OLD, successor="Ditjen A")
    line = next(link for link in browser.get(draft).links if link.endswith("/edit") and "/lines/" in link)
    sheet, row, shown = browser.get(f"{draft}/sheet"), browser.get(line), browser.get(draft)
    browser.submit(browser.get(line), line, successor="Ditjen B")

    late = browser.submit(sheet, f"{draft}/sheet", cells=f"Lama\tBaru\n{OLD}\tDitjen C\n")
    assert late.status == 409
    assert "Ditjen C" in late.text_of("textarea")
    assert "Ditjen B" in late.text_of("form .conflict-text")
    late = browser.submit(row, line, successor="Ditjen D")
    assert late.status == 409
    assert "Ditjen B" in late.text_of("form .conflict-text")
    assert browser.submit(shown, f"{draft}/enter").status == 409
    assert browser.submit(late, line).status == 303, "saving again overwrites knowingly"
    assert "Ditjen D" in browser.get(draft).text_of("#units")


@pytest.mark.one_database
def test_the_sheet_may_come_as_a_file(visit: Visitor, draft: str) -> None:
    browser = visit.as_(ADMIN)
    values = filled(browser.get(f"{draft}/sheet").form(f"{draft}/sheet"))
    content = f"Lama;Baru\n{OLD};Ditjen HAM dan Kepatuhan\n".encode()

    answer = browser.post(f"{draft}/sheet", values | {"file": (BytesIO(content), "keputusan.csv")})
    assert answer.status == 303, answer.problems
    assert "Ditjen HAM dan Kepatuhan" in browser.get(draft).text_of("#units")
    values = filled(browser.get(f"{draft}/sheet").form(f"{draft}/sheet"))
    broken = browser.post(f"{draft}/sheet", values | {"file": (BytesIO(b"\0\1\2" * 50), "foto.xlsx")})
    assert broken.status == 422
    assert broken.text_of("#file-error")


@pytest.mark.on_both
def test_what_waits_and_what_is_planned_goes_to_the_successors(visit: Visitor, session: Session, draft: str) -> None:
    general = unit(session, OLD)
    head = session.scalars(select(Position).where(Position.title_id == "Kabag PPL")).one()
    action = session.scalars(
        select(ActionItem).where(ActionItem.responsible_unit_id == general.id, ActionItem.status.in_(OPEN))
    ).first()
    waiting = HandOver(action_id=action.id, unit_id=general.id, on=date(2025, 12, 1), by_name="S", at=AT)
    escalated = Escalation(action_id=action.id, position_id=head.id, reason="Terhambat", by_name="S", at=AT)
    planned = Meeting(
        code="R-2026-900", name_id="Rapat nanti", date=date(2027, 3, 1), recorded_at=AT, organiser_unit_id=general.id,
        status=MeetingStatus.SCHEDULED, classification=Classification.ORDINARY,
    )  # fmt: skip
    held = session.scalars(select(Meeting).where(Meeting.organiser_unit_id == general.id)).first()
    session.add_all([waiting, escalated, planned, LetterheadSetting(organiser_unit_id=general.id, by_name="S", at=AT)])
    session.commit()
    pasted(visit, draft, SPLIT + "orang\tBagus Prasetyo\t\n")
    assert entered(visit, draft).status == 303
    session.expire_all()

    heir = unit(session, "Ditjen Pelayanan HAM")
    assert (waiting.unit_id, waiting.ended_at) == (heir.id, None)
    assert session.get(Position, escalated.position_id).title_id == "Sekretaris Direktorat Jenderal HAM"
    assert planned.organiser_unit_id == heir.id
    assert held.organiser_unit_id == general.id, "it was held by the unit of then"
    newest = select(LetterheadSetting).order_by(LetterheadSetting.id.desc())
    assert session.scalars(newest).first().organiser_unit_id == heir.id
    with visit.app.test_request_context("/"):
        assert people.letterhead(None, EVE).lines[-1] == OLD
        assert people.letterhead(None, ON).lines == ["Kementerian Hak Asasi Manusia", "Ditjen Pelayanan HAM"]


@pytest.mark.one_database
def test_english_names_of_what_is_new_or_renamed_come_with_the_decree(
    visit: Visitor, session: Session, draft: str
) -> None:
    browser = visit.as_(ADMIN)
    rows = [["Jenis", "Lama", "Baru", "Di bawah", "Baru dalam bahasa Inggris"],
            ["unit", OLD, "Ditjen HAM dan Kepatuhan", "", "Directorate General of Rights"],
            ["unit", "", "Badan Data", "Ditjen HAM dan Kepatuhan", "Data Agency"],
            ["jabatan", "", "Kepala Badan Data", "Badan Data", "Head of the Data Agency"]]  # fmt: skip

    assert pasted(visit, draft, "\n".join("\t".join(row) for row in rows)).status == 303
    assert browser.get(draft).all_of("#lines [lang=en]") == [row[-1] for row in rows[1:]]
    assert "\tData Agency" in browser.get(f"{draft}/sheet").soup.select_one("textarea[name=cells]").get_text()
    assert entered(visit, draft).status == 303

    session.expire_all()
    names = session.execute(select(OrgUnit.name_id, OrgUnit.name_en).where(OrgUnit.name_id.in_(row[2] for row in rows)))
    assert dict(tuple(row) for row in names) == {row[2]: row[-1] for row in rows[1:3]}
    assert session.scalar(select(Position.title_en).filter_by(title_id="Kepala Badan Data")) == rows[-1][-1]


@pytest.mark.one_database
def test_an_english_name_needs_a_new_one(visit: Visitor, draft: str) -> None:
    new = f"{draft}/lines/new"
    browser = visit.as_(ADMIN)

    page = browser.submit(browser.get(new), new, kind="unit", predecessor=OLD, english="Human Rights")

    assert page.status == 422
    assert page.text_of("#english-error")
