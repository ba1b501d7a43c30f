"""Searching by keyboard: slash opens the palette; in the header results appear while typing, arrows select one."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import SECRETARIAT


def test_a_proposal_is_found_and_opened_by_keyboard(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings")

    page.fill("#site-search", "forum nasio")  # at once, so that no later answer replaces the one that is chosen from
    expect(page.locator("[data-search-said]")).to_contain_text("ditemukan")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/proposals/1")


@pytest.mark.long
def test_escape_leaves_the_search_and_a_slash_can_be_typed_in_the_minutes(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings/1/minutes")

    page.focus("#line")
    page.keyboard.type("i dan/atau")
    expect(page.locator("#line")).to_have_value("i dan/atau")
    page.locator("#line").fill("")
    page.locator("main").focus()
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("dialog.palette")).to_be_hidden()
