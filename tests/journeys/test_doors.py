"""The doors to a meeting, by keyboard and without script; a pasted text beside what was read in it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import SECRETARIAT

RELEASE = (Path(__file__).parents[1] / "meetings" / "intake" / "press-release-2020-10-21.txt").read_text()
DOORS = ("/meetings/new/upcoming", "/meetings/new", "/meetings/new/text")
MOST_FIELDS = 7
#: Script: the fields that are shown.
FIELDS = """() => [...document.querySelectorAll('main form .field')]
  .filter(one => one.checkVisibility({visibilityProperty: true})).length"""


@pytest.mark.long
def test_enter_in_a_text_field_saves_and_a_template_fills_at_once(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    template = "/meetings/templates/coordination_meeting/edit"
    page.goto(template)
    page.fill("[name=agenda]", "Pembukaan\nPembahasan")
    page.fill("[name=posts]", "p Direktur Jenderal HAM")
    page.fill("[name=venue]", "Aula")
    page.click("main .form-actions .btn-primary")
    page.goto("/meetings/new")
    page.fill("[name=name_id]", "Rapat dengan templat")

    page.select_option("[name=meeting_type]", "coordination_meeting")

    expect(page.locator("[name=venue]")).to_have_value("Aula")
    expect(page.locator("[name=names]")).to_have_value("p Direktur Jenderal HAM")
    expect(page.locator("[name=agenda]")).to_have_value("Pembukaan\nPembahasan")
    expect(page.locator(".usual [role=status]")).to_contain_text("Tempat")
    page.press("[name=venue]", "Enter")
    page.wait_for_url("**/minutes")
    expect(page.locator("main")).to_contain_text("Direktur Jenderal HAM")


def test_the_doors_are_passed_by_keyboard_and_fit_a_small_phone(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(DOORS[0])
    for path in DOORS:
        page.locator(f".door[href='{path}']").focus()
        with page.expect_navigation(url=f"**{path}"):  # the first door leads to where one is already
            page.keyboard.press("Enter")
        expect(page.locator(".door[aria-current]")).to_have_attribute("href", path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(FIELDS) <= MOST_FIELDS, path


@pytest.mark.long
def test_a_part_and_its_passage_show_each_other_and_a_part_is_split_at_the_caret(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto(DOORS[2])
    page.fill("[name=text]", RELEASE)
    page.click("main .form-actions .btn-primary")
    parts = page.locator(".piece")
    expect(parts).to_have_count(21)
    page.wait_for_load_state()  # the script listens

    kept = page.locator(".piece:has(.piece-line > input:checked) textarea").first
    kept.locator("xpath=ancestor::fieldset").locator(".piece-line > input").focus()
    page.keyboard.press("e")
    expect(kept).to_be_focused()
    expect(page.locator("mark.is-current").first).to_contain_text(kept.input_value()[:40])
    kept.evaluate("box => box.setSelectionRange(20, 20)")
    kept.locator("xpath=ancestor::fieldset").get_by_role("button", name="Bagi di sini").click()
    expect(parts).to_have_count(22)
    page.wait_for_load_state()  # going to the part in the address takes the focus
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.press("[name=name_id]", "Enter")
    page.wait_for_url("**/minutes#statements")
    expect(page.locator("main")).to_contain_text("13 pernyataan")


@pytest.mark.long
def test_each_part_to_check_takes_one_key(page: Page) -> None:
    """At 600 lines this is about 200 keys: with three seconds for each, ten minutes."""
    sign_in_unseen(page, SECRETARIAT)
    page.goto(DOORS[2])
    said = [
        "Kami usul forum bulanan.",
        "Data sudah masuk semua.",
        "Saya minta laporan dikirim.",
        "Anggaran masih kurang.",
    ]
    lines = [f"[09.{number:02}] {'Razilu' if number % 2 else 'Lingga'}: {said[number % 4]}" for number in range(40)]
    page.fill("[name=text]", "\n".join(lines))
    page.click("main .form-actions .btn-primary")
    page.wait_for_load_state()
    unsure = page.locator(".piece.to-check")
    expect(unsure).to_have_count(20)

    page.click(".piece-start")
    for key in ["Enter", "u", "x", *["Enter"] * 17]:
        page.keyboard.press(key)

    expect(unsure).to_have_count(0)
    expect(page.locator("main .form-actions .btn-primary")).to_be_focused()
    expect(page.locator(".piece-line > input:checked")).to_have_count(39)
    expect(page.locator(".piece-kind").nth(2)).to_have_text("Usulan")
    page.fill("[name=name_id]", "Rapat bertranskrip")
    page.fill("[name=date]", "2026-11-02")
    page.press("[name=name_id]", "Enter")
    page.wait_for_url("**/minutes#statements")


@pytest.mark.long
def test_without_script_a_list_is_pasted_and_a_template_is_asked_for(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    sign_in_unseen(page, SECRETARIAT)
    page.goto(DOORS[1])
    page.fill("[name=name_id]", "Rapat tanpa skrip")
    page.click(".usual button")
    expect(page.locator(".error-summary")).to_contain_text("Pilih jenis rapat dulu.")
    page.click("summary:has-text('Tempel daftar nama')")
    page.fill("[name=names]", "p Teuku Rahman\nKabag PPL")

    page.click("main .form-actions .btn-primary")

    page.wait_for_url("**/minutes")
    expect(page.locator("main")).to_contain_text("Kabag PPL")
    context.close()
