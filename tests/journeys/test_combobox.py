"""Fields that search: by keyboard, by touch, without script, and as screen readers are told."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests.journeys.conftest import sign_in
from tests.search.test_choices import two_of_one_name
from tests.visitor import SECRETARIAT

HAND_OVER = "/proposals/1/hand-over"
#: A finger needs this many pixels.
TOUCH = 44


def test_a_person_is_chosen_by_keyboard(page: Page, session: Session) -> None:
    twins = two_of_one_name(session)
    sign_in(page, SECRETARIAT)
    page.goto(HAND_OVER)
    field = page.get_by_role("combobox", name="Orang")
    field.press_sequentially("budi s")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="2 pilihan.")).to_have_count(1)

    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(options.nth(1).get_attribute("id")))
    page.keyboard.press("Home")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    page.keyboard.press("Enter")

    expect(options).to_have_count(0)
    expect(field).to_have_value("Budi Santoso · Kepala Biro Umum")
    expect(page.locator("[name=person]")).to_have_value(str(twins[1].id))
    page.fill("[name=reason]", "Perlu")
    with page.expect_request(f"**{HAND_OVER}") as sent:
        page.locator("main .form-actions .btn-primary").click()
    assert "person-typed" not in (sent.value.post_data or "")
    page.wait_for_url("**/proposals/1")


@pytest.mark.long
def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto(HAND_OVER)
    field = page.get_by_role("combobox", name="Orang")
    field.press_sequentially("ra")
    expect(page.get_by_role("option").first).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("ra")
    expect(field).to_be_focused()


@pytest.mark.long
def test_options_are_large_enough_for_a_finger_and_within_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, SECRETARIAT)
    page.goto("/actions/new")

    page.locator("[data-field=pic]").click()
    expect(page.get_by_role("option").first).to_be_visible()
    boxes = [option.bounding_box() for option in page.get_by_role("option").all()]

    assert boxes
    assert min(box["height"] for box in boxes if box) >= TOUCH
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("option").first.click()
    expect(page.locator("[name=pic]")).not_to_have_value("")


@pytest.mark.long
def test_without_script_words_are_looked_up_and_equals_asked_about(
    chromium: Browser, site: str, session: Session
) -> None:
    two_of_one_name(session)
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, SECRETARIAT)
    page.goto(HAND_OVER)
    page.fill("[name=person-typed]", "Budi Santoso")
    page.fill("[name=reason]", "Perlu")
    page.click("main .form-actions .btn-primary")

    expect(page.locator(".error-summary")).to_contain_text("cocok dengan beberapa entri")
    page.get_by_label("Budi Santoso Kepala Biro Umum").check()
    page.click("main .form-actions .btn-primary")

    page.wait_for_url("**/proposals/1")
    context.close()
