"""The help of a page in a browser: a key, a click, or a link."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, text

from tests.journeys.conftest import sign_in
from tests.visitor import REVIEWER, SECRETARIAT


@pytest.mark.long
def test_a_key_opens_the_chapter_of_the_page_and_escape_closes_it(page: Page) -> None:
    sign_in(page, REVIEWER)
    page.goto("/targets/1")

    page.keyboard.press("?")

    dialog = page.locator("dialog.help")
    expect(dialog).to_be_visible()
    expect(dialog.locator("h2")).to_have_text("Target dan capaian")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("[data-help]").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("link", name="Seluruh panduan").click()
    page.wait_for_url("**/help#targets")
    expect(page.locator("#targets")).to_be_in_viewport()


@pytest.mark.long
def test_the_key_is_a_letter_in_a_field_and_keeps_its_meaning_in_the_live_minutes(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto("/proposals/new")
    page.locator("[name=title_id]").press("?")
    assert page.input_value("[name=title_id]") == "?"
    expect(page.locator("dialog[open]")).to_have_count(0)

    page.goto("/meetings/1/minutes")
    page.locator("h1").click()
    page.keyboard.press("?")

    expect(page.locator("dialog[open]")).to_have_count(1)
    expect(page.locator("#keys")).to_be_visible()


@pytest.mark.long
def test_without_script_the_link_leads_to_the_chapter(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    sign_in(page, REVIEWER)
    page.goto("/targets")

    page.locator("[data-help]").click()

    page.wait_for_url("**/help#targets")
    context.close()


def test_a_newcomer_is_shown_one_stop_after_the_other_and_never_again(page: Page, app_url: str) -> None:
    engine = create_engine(app_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET toured_at = NULL"))
    engine.dispose()
    sign_in(page, REVIEWER)
    tour = page.locator("[data-tour]")

    for place in range(4):
        expect(tour.locator("li:visible")).to_have_count(1)
        expect(tour.locator("li").nth(place)).to_be_visible()
        tour.locator("[data-next]").click()

    expect(tour).to_have_count(0)
    page.reload()
    expect(tour).to_have_count(0)


@pytest.mark.long
def test_the_tour_can_be_skipped(page: Page, app_url: str) -> None:
    engine = create_engine(app_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET toured_at = NULL"))
    engine.dispose()
    sign_in(page, SECRETARIAT)

    page.locator("[data-tour]").get_by_role("button", name="Lewati").click()

    expect(page.locator("[data-tour]")).to_have_count(0)
