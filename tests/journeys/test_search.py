"""Searching by keyboard: the slash reaches the box, results come while one types, arrows walk through them."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.visitor import SECRETARIAT


def test_slash_typing_arrow_and_enter_lead_to_the_proposal(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto("/meetings")

    page.keyboard.press("/")
    page.keyboard.type("forum nasio")
    expect(page.locator("[data-search-said]")).to_contain_text("ditemukan")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/proposals/1")


def test_escape_leaves_and_a_slash_in_a_line_of_minutes_is_a_slash(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto("/meetings/1/minutes")

    page.focus("#line")
    page.keyboard.type("i dan/atau")
    expect(page.locator("#line")).to_have_value("i dan/atau")
    page.locator("#line").fill("")
    page.locator("main").focus()
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#site-search")).not_to_be_focused()
