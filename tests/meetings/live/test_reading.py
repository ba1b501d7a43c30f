"""What the server asks about a typed line, what the chips show and offer, and that nothing typed is lost by it."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.test_statement_counts import counted
from tests.visitor import SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.meetings.models import Attendance, Meeting, Statement, statement_target
from tracker.proposals.models import Proposal
from tracker.targets.models import Target

pytestmark = pytest.mark.one_database

MINUTES = "/meetings/1/minutes"


def write(browser: Visitor, line: str, page: Page | None = None, **more: Any) -> Page:
    shown = page or browser.get(MINUTES)
    values = {"csrf_token": browser.token(), "once": shown.soup.select_one("#next-line [name=once]")["value"]}
    return browser.post(f"{MINUTES}/lines", {**values, "line": line, **more})


def again(browser: Visitor, page: Page, line: str, **more: Any) -> Page:
    """Press Enter once more on the page that asked."""
    return write(browser, line, page, asked=page.soup.select_one("#asked")["value"], **more)


def chips(browser: Visitor, line: str, **chosen: str) -> BeautifulSoup:
    answer = browser.client.get(f"{MINUTES}/understood", query_string={"line": line, **chosen})
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def shown(soup: BeautifulSoup, name: str) -> str:
    """What a chip shows as chosen, or as read while nothing is chosen."""
    form = soup.select_one("#next-line") or soup
    box = form.select_one(f"[name='{name}-typed']") or form.select_one(f"[name='{name}']")
    if box.has_attr("placeholder") and not box["value"]:
        return box["placeholder"]
    return (box.select_one("option[selected]") or box.option).get_text() if box.name == "select" else box["value"]


def last_line(session: Session) -> Statement:
    return session.scalars(select(Statement).order_by(Statement.id.desc())).first()


def lines_in_all(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Statement))


def test_a_name_that_fits_several_is_asked_once_and_then_stays_in_the_text(visit: Visitor, session: Session) -> None:
    browser, before = visit.as_(SECRETARIAT), lines_in_all(session)
    line = "u @lingga perlu indikator bersama #penyerapan"

    page = write(browser, line)

    assert (page.status, lines_in_all(session)) == (422, before)
    assert page.soup.select_one("#line").get_text().removeprefix("\n") == line
    chip = page.soup.select_one("#choices-0")
    assert (chip["aria-invalid"], page.soup.select_one(f"#{chip['aria-describedby']}") is not None) == ("true", True)
    assert page.problems[0].startswith("“penyerapan” cocok dengan lebih dari satu. Pilih, atau tekan Enter sekali lagi")
    assert len(page.problems) == 1
    assert again(browser, page, line).status == 303
    said = last_line(session)
    assert said.gist_id == "perlu indikator bersama #penyerapan"
    assert session.scalars(select(statement_target.c.target_id).filter_by(statement_id=said.id)).all() == []


def test_the_record_chosen_for_a_name_is_linked_and_the_name_leaves_the_text(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    line = "catat indikator bersama #penyerapan"
    target = session.scalars(select(Target).where(Target.name_id.contains("penyerapan")).order_by(Target.id)).all()[-1]
    soup = chips(browser, line)
    option = soup.select_one(f"#choices-0 option[value$='target:{target.id}']")

    assert "edisi 2" in option.get_text()
    assert shown(chips(browser, line, **{"choices-0": option["value"]}), "choices-0") == option.get_text()
    assert write(browser, line, **{"choices-0": option["value"]}).status == 303

    said = last_line(session)
    assert said.gist_id == "catat indikator bersama"
    assert session.scalars(select(statement_target.c.target_id).filter_by(statement_id=said.id)).all() == [target.id]


def test_a_date_that_would_come_a_year_later_is_asked_with_the_days_it_may_mean(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "k disepakati menyusun naskah")
    line = "t @razilu kirim data, tenggat 5 okt"

    page = write(browser, line)

    assert page.status == 422
    assert page.all_of("#due option") == ["Sel 5 Okt 2021, setahun lagi?", "Sen 5 Okt 2020", "tanpa tenggat"]
    assert again(browser, page, line, due="2020-10-05").status == 303
    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.text_id, action.due_on.isoformat()) == ("kirim data", "2020-10-05")


def test_a_second_enter_stores_the_date_that_is_shown(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "k disepakati menyusun naskah")
    line = "t kirim data 5 okt"

    assert again(browser, write(browser, line), line).status == 303

    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.text_id, action.due_on.isoformat()) == ("kirim data", "2021-10-05")


def test_a_decision_about_a_proposal_asks_what_it_decides_and_who(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    page = write(browser, "k @razilu disetujui usulan U-2020-001")

    assert page.status == 422
    assert shown(page.soup, "outcome") == "Disetujui"
    assert shown(page.soup, "authority") == "Staf Ahli Menteri Hukum dan HAM Bidang Ekonomi"
    assert "U-2020-001" in page.problems[0]


def test_an_approval_without_anybody_who_decides_says_so_at_its_chip(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    line = "k usulan U-2020-001 disetujui"

    page = again(browser, write(browser, line), line)

    assert page.status == 422
    assert page.soup.select_one("#authority")["aria-describedby"] == "authority-error"
    assert page.problems == ["Pilih siapa yang memutuskan."]


def test_codes_are_shown_with_title_and_state_and_closed_ones_stand_out(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    merged = session.scalar(select(Proposal).filter_by(status="merged"))
    survivor = session.get(Proposal, merged.survivor_id)

    soup = chips(browser, f"k setuju {merged.code.lower()} dan U-2020-001, U-2020-999")

    warned = [" ".join(one.get_text(" ").split()) for one in soup.select(".chip.is-unknown")]
    assert warned[0].startswith(merged.code)
    assert f"Digabung digabung ke {survivor.code}" in warned[0]
    assert "U-2020-999: tidak ada catatan dengan kode ini" in warned
    assert "Pembentukan forum nasional" in soup.get_text()


def test_a_code_that_the_writer_may_not_see_is_no_code(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    session.execute(
        update(Proposal).where(Proposal.code == "U-2020-001").values(classification="secret", recorded_by_id=None)
    )
    line = "k @razilu setuju U-2020-001"

    text = chips(browser, line).get_text()

    assert "U-2020-001: tidak ada catatan dengan kode ini" in text
    assert "forum nasional" not in text
    assert write(browser, line).status == 303


def test_those_who_were_not_there_are_offered_last_and_marked(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    first = session.scalars(select(Attendance).filter_by(meeting_id=1).order_by(Attendance.place)).first()
    session.execute(update(Attendance).where(Attendance.id == first.id).values(status="excused"))

    offered = browser.get(MINUTES).all_of("#speaker option")

    assert offered[-1] == "Razilu (Berhalangan)"
    assert offered[1] == "Min Usihen"


def test_what_was_chosen_and_added_comes_back_with_a_refusal(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    chosen = {"kind": "hope", "on_behalf_of": "Menteri", "origin_note": "rapat pagi", "narrator": "narasi Humas",
              "has_sic": "y", "recorder_note": "salah tulis"}  # fmt: skip

    page = write(browser, "perlu #penyerapan", **chosen)

    assert page.status == 422
    assert {name: shown(page.soup, name) for name in chosen if name not in {"kind", "has_sic"}} == {
        name: value for name, value in chosen.items() if name not in {"kind", "has_sic"}
    }
    assert shown(page.soup, "kind") == "Harapan"
    assert page.soup.select_one("[name=has_sic]").has_attr("checked")


def test_every_chip_has_a_name(visit: Visitor) -> None:
    soup = chips(visit.as_(SECRETARIAT), "t @kasubdit kdn @Fulan kirim data 5 okt #penyerapan")

    for control in soup.select("select, input:not([type=hidden])"):
        labels = soup.select(f"label[for='{control.get('id')}']")
        assert control.get("aria-label") or control.find_parent("label") or labels, control


@pytest.mark.parametrize(
    "wrong",
    [{"choices-0": "kkpham"}, {"choices-0": "x=person:0x1"}, {"effects-0": "1:loves"}, {"due": "besok"},
     {"under": "line:x"}, {"outcome": "realised"}, {"authority": "999999"}, {"agenda_item": "999999"},
     {"due_on": "31/2"}],
)  # fmt: skip
def test_what_no_chip_offers_is_refused(visit: Visitor, session: Session, wrong: dict[str, str]) -> None:
    before = lines_in_all(session)

    assert write(visit.as_(SECRETARIAT), "catatan biasa", **wrong).status == 422
    assert lines_in_all(session) == before


@pytest.mark.parametrize(
    ("line", "chosen"),
    [("catatan biasa", {"title": "Judul"}), ("catatan biasa", {"due_on": "2020-12-01"}),
     ("k setuju", {"is_of_meeting": "y"}), ("t kirim data", {"target": "1"}),
     ("t kirim data", {"on_behalf_of": "Menteri"}), ("t kirim data", {"recorder_note": "catatan"}),
     ("@razilu setuju", {"narrator": "narasi Humas"})],
)  # fmt: skip
def test_what_a_line_of_this_kind_does_not_have_is_said_at_its_field(
    visit: Visitor, session: Session, line: str, chosen: dict[str, str]
) -> None:
    before = lines_in_all(session)
    page = write(visit.as_(SECRETARIAT), line, **chosen)

    assert (page.status, lines_in_all(session), len(page.problems)) == (422, before, 1)
    assert [page.soup.select_one(f"[name={name}]") is not None for name in chosen] == [True]


def test_an_action_follows_from_a_line_searched_for_or_from_the_meeting_as_a_whole(
    visit: Visitor, session: Session
) -> None:
    browser, address = visit.as_(SECRETARIAT), f"{MINUTES}/understood"
    for words in ("k susun naskah akademik", "k kirim data ke daerah", "catatan biasa"):
        browser.follow(write(browser, words))
    far, near = session.scalars(select(Statement.id).order_by(Statement.id.desc()).limit(3)).all()[2:0:-1]

    offered = browser.client.get("/choices/lines-of-meeting?meeting=1&q=naskah akademik").get_json()["choices"]
    assert [choice["id"] for choice in offered] == [far]
    assert browser.client.get("/choices/lines-of-meeting?meeting=1&q=catatan biasa").get_json()["choices"] == []
    both = write(browser, "t laksanakan", under=far, is_of_meeting="y")
    assert both.status == 422
    assert both.soup.select_one("[name=is_of_meeting][aria-invalid]")
    assert browser.client.get(address, query_string={"line": "t laksanakan", "under": far}).status_code == 200

    browser.follow(write(browser, "t laksanakan yang jauh", under=far))
    browser.follow(write(browser, "t laksanakan yang lain", **{"under-typed": "kirim data ke daerah"}))
    browser.follow(write(browser, "t laksanakan semua", is_of_meeting="y"))
    newest = session.scalars(select(ActionItem).order_by(ActionItem.id.desc()).limit(3)).all()
    assert [action.statement_id for action in newest] == [None, near, far]


def test_a_pause_in_typing_reads_no_register(visit: Visitor, app: Flask) -> None:
    browser = visit.as_(SECRETARIAT)
    # Not the tables that name their entries, nor the one entry of which it is asked whether it is seen, nor whether
    # there is a unit with a zone of its own.
    asks = r" AS named_entry| \nWHERE org_unit\.timezone IS NOT NULL\)"
    registers = re.compile(rf"FROM (person|target|position|org_unit)\b(?!{asks})")

    with counted(app) as statements:
        chips(browser, "u perlu forum nasional")
        chips(browser, "t kirim data 30 nov")
    assert not [statement for statement in statements if registers.search(statement)]

    with counted(app) as statements:
        chips(browser, "u @sesditjen perlu forum #layanan")
    asked = [statement for statement in statements if registers.search(statement)]
    assert len(asked) == 4
    assert all("LIKE" in statement and "LIMIT" in statement for statement in asked)


def test_the_meeting_of_a_line_stays_unknown_to_others(visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="secret", recorded_by_id=None))

    assert visit.as_(SECRETARIAT).client.get(f"{MINUTES}/understood", query_string={"line": "a"}).status_code == 404
