"""Sizes of the pages of targets, and what one sees there without unfolding anything."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.visitor import ADVISER, DECISION_MAKER, SECRETARIAT

#: Address, width of the window, height of the page at most. 12 has 22 proposals, 20 is the document with the most.
SIZES = [
    ("/targets", 1280, 1_600), ("/targets", 360, 2_300), ("/targets/12", 1280, 2_400), ("/targets/20", 1280, 1_500),
]  # fmt: skip


@pytest.mark.parametrize("username", [SECRETARIAT, DECISION_MAKER])
def test_the_pages_are_short_and_have_one_main_verb(page: Page, username: str) -> None:
    sign_in(page, username)

    for path, width, highest in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollHeight") <= highest, (path, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert page.locator("main .btn-primary:visible").count() <= 1, path


@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_the_table_fits_any_window(page: Page, width: int) -> None:
    sign_in(page, ADVISER)
    page.set_viewport_size({"width": width, "height": 740})

    for view in ("editions=in_force", "editions=draft", "view=all"):
        page.goto(f"/targets?{view}")
        expect(page.locator("tr.leaf .what a").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (view, width)


def test_an_indicator_opens_with_its_value_and_unfolds_the_rest(page: Page) -> None:
    sign_in(page, ADVISER)
    page.goto("/targets")

    page.locator("tr.leaf", has_text="dari").locator(".what a").first.click()

    expect(page.locator(".big-figure > b")).to_be_visible()
    expect(page.locator("#history")).to_be_hidden()
    page.locator("summary", has_text="Edisi dan riwayat").click()
    expect(page.locator("#history")).to_be_visible()
