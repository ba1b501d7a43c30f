"""From a typed line to the pages that show it, at the speed of a person."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import sign_in_unseen
from tests.journeys.test_live_minutes import new_meeting, open_minutes
from tests.visitor import SECRETARIAT


@pytest.fixture(params=[60, pytest.param(200, marks=pytest.mark.long)])
def delay(request: pytest.FixtureRequest) -> int:
    """Milliseconds per key of a fast and a slow typist."""
    return int(request.param)


def typed(page: Page, line: str, delay: int) -> None:
    """Type a line, wait for its chips, press Enter."""
    page.locator("#line").press_sequentially(line, delay=delay)
    expect(page.locator("[data-reading] select[name=kind]")).to_be_visible()
    page.keyboard.press("Enter")


def test_a_line_with_a_decision_decides_the_proposal_after_one_question(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))

    typed(page, "k Setuju usulan U-2020-003 dilanjutkan", delay)
    expect(page.locator("[data-reading] [name=outcome]")).to_be_focused()
    page.locator("[data-reading] [name=authority-typed]").focus()
    page.keyboard.type("Direktur Jenderal H", delay=delay)
    page.locator("[data-reading] [role=option]").first.click()
    page.keyboard.press("Enter")

    line = page.locator("[data-line]").last
    expect(line).to_contain_text("Disetujui")
    line.locator("a.code").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Disetujui")


@pytest.mark.long
def test_an_action_is_shown_below_its_line_on_the_page_and_in_the_document(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    address = new_meeting(page)
    open_minutes(page, address)

    typed(page, "k disepakati menyusun naskah akademik", delay)
    expect(page.locator("[data-line]")).to_have_count(1)
    typed(page, "t susun naskah akademik 30 nov", delay)

    expect(page.locator("[data-line] .came-of")).to_contain_text("30 Nov 2020")
    code = re.search(r"TL-\d{4}-\d+", page.locator("[data-line] .came-of").inner_text())[0]
    meeting = f"/meetings/{address.partition('/')[0]}"
    page.goto(meeting)
    expect(page.locator("#statements")).to_contain_text(code)
    answer = page.context.request.get(f"{meeting}/minutes.pdf")
    words = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    assert code in words
    page.goto(f"/actions/{code}")
    expect(page.locator("main")).to_contain_text("disepakati menyusun naskah akademik")


@pytest.mark.long
def test_an_action_goes_to_the_line_that_is_searched_for(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    for words in ("k disepakati menyusun naskah akademik", "k disepakati mengirim data"):
        typed(page, words, delay)
        expect(page.locator("[data-line]", has_text=words.removeprefix("k "))).to_be_visible()

    page.locator("#line").press_sequentially("t susun kerangka", delay=delay)
    page.locator("[data-reading] [name=under-typed]").focus()
    page.keyboard.type("naskah", delay=delay)
    page.locator("[data-reading] [role=option]").click()
    with page.expect_response("**/understood?*under=*"):
        page.locator("#line").focus()
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]").first.locator(".came-of")).to_contain_text("susun kerangka")


@pytest.mark.long
def test_a_target_named_in_a_proposal_is_shown_on_its_page(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    typed(page, "u @lingga perlu percepatan ratifikasi #ratif", delay)

    expect(page.locator("[data-line]")).to_have_count(before + 1)
    line = page.locator("[data-line]").last
    expect(line).to_contain_text("Ratifikasi instrumen HAM internasional")
    line.locator("a.code").first.click()
    expect(page.locator("main")).to_contain_text("Ratifikasi instrumen HAM internasional")


@pytest.mark.long
def test_a_line_is_edited_in_place(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    typed(page, "u perlu peta jalan #ratif", 20)
    expect(page.locator("#line")).to_have_value("")
    line = page.locator("[data-line]").last
    expect(line).to_contain_text("perlu peta jalan")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    line.locator("[data-edit]").click()
    line.locator("[name=title]").fill("Peta jalan ratifikasi")
    line.locator("[name=effects-0]").select_option(label="mendukung")
    line.locator("[data-editor] summary").click()
    line.locator("[name=on_behalf_of]").fill("Menteri")
    line.locator("[name=origin_note]").fill("rapat sebelumnya")
    line.locator("[name=has_sic]").check()
    line.locator("[name=recorder_note]").fill("perlu konfirmasi")
    line.locator(".btn-primary").click()

    expect(line.locator("[data-editor]")).to_have_count(0)
    expect(line).to_contain_text("atas nama Menteri")
    expect(line).to_contain_text("[sic]")
    expect(line).to_contain_text("perlu konfirmasi")
    assert loads == []
    line.locator("a.code").first.click()
    expect(page.locator("h1")).to_have_text("Peta jalan ratifikasi")
    expect(page.locator("main")).to_contain_text("Mendukung", ignore_case=True)


@pytest.mark.long
def test_an_action_created_from_a_line_is_shown_below_it(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    typed(page, "Sekretariat menyiapkan surat edaran 30/11", 20)
    line = page.locator("[data-line]").last
    expect(line).to_contain_text("menyiapkan surat edaran")

    line.locator("[data-edit]").click()
    line.locator("[formaction$=action]").click()

    expect(line.locator(".came-of")).to_contain_text("menyiapkan surat edaran")


@pytest.mark.long
def test_an_agenda_item_is_renamed_moved_and_removed_in_place(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    for item in ("Pembukaan", "Pembahasan"):
        page.fill("#item", item)
        page.keyboard.press("Enter")
    items = page.locator("[data-part=agenda] li > span")
    expect(items).to_have_text(["Pembukaan", "Pembahasan"])
    page.locator("#line").focus()

    page.locator("[data-part=agenda] [data-edit]").last.click()
    page.locator("[data-editor] [name=text]").fill("Pembahasan target")
    page.keyboard.press("Enter")
    expect(items).to_have_text(["Pembukaan", "Pembahasan target"])
    page.locator("[data-part=agenda] [data-edit]").last.click()
    page.locator("[data-editor] [formaction$=up]").click()
    expect(items).to_have_text(["Pembahasan target", "Pembukaan"])
    page.locator("[data-part=agenda] [data-edit]").last.click()
    page.locator("[data-editor] [formaction$=remove]").click()

    expect(items).to_have_text(["Pembahasan target"])
