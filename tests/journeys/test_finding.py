"""What is found and listed: chips of the search, headings that sort, forms of the panel, the way past the frame."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import ADVISER, SECRETARIAT

pytestmark = pytest.mark.one_database


@pytest.mark.long
def test_results_are_narrowed_by_kind_and_searched_exactly(page: Page) -> None:
    sign_in_unseen(page, ADVISER)
    page.goto("/search?q=pelangaran ham")

    page.locator("nav.chips a", has_text="Tindak lanjut").click()
    expect(page.locator("nav.chips [aria-current]")).to_contain_text("Tindak lanjut")
    page.locator(".search-read a", has_text="Cari persis").click()
    expect(page.locator(".search-read")).to_contain_text("Mungkin maksud Anda")


@pytest.mark.long
def test_a_heading_sorts_and_a_form_of_the_panel_is_sent_once(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/actions?stage=open")

    page.locator(".list th a", has_text="Tenggat").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".list th[aria-sort=ascending]")).to_contain_text("Tenggat")
    page.wait_for_load_state()  # before its script runs, a row leads to its own page
    page.locator(".list a[data-row]").first.click()
    form = page.locator("#panel form[method=post]").first
    form.wait_for(state="attached")
    sent: list[str] = []
    page.route(
        "**/*", lambda route: sent.append(route.request.url) if route.request.method == "POST" else route.continue_()
    )
    form.evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    page.wait_for_timeout(500)
    assert len(sent) == 1


def test_the_first_link_of_a_meeting_leads_to_its_head(page: Page) -> None:
    sign_in_unseen(page, ADVISER)
    page.goto("/meetings/1")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(":focus h1")).to_be_visible()
