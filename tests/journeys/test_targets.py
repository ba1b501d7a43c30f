"""The table of targets fits its window, and an indicator unfolds what few read."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.visitor import ADVISER


@pytest.mark.long
@pytest.mark.parametrize("width", [360, *(pytest.param(width, marks=pytest.mark.long) for width in (768, 1024))])
def test_the_table_fits_any_window(page: Page, width: int) -> None:
    sign_in(page, ADVISER)
    page.set_viewport_size({"width": width, "height": 740})

    for view in ("editions=in_force", "editions=draft"):
        page.goto(f"/targets?{view}")
        expect(page.locator("tr.leaf .what a").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (view, width)


@pytest.mark.long
def test_an_indicator_opens_with_its_value_and_unfolds_the_rest(page: Page) -> None:
    sign_in(page, ADVISER)
    page.goto("/targets")

    page.locator("tr.leaf", has_text="dari").locator(".what a").first.click()

    expect(page.locator(".big-figure > b")).to_be_visible()
    expect(page.locator("#history")).to_be_hidden()
    page.locator("summary", has_text="Edisi dan riwayat").click()
    expect(page.locator("#history")).to_be_visible()
