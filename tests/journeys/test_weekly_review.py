"""Forty items of a weekly review are decided by single keys, without reloading the page."""

import logging
from statistics import median
from time import monotonic

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import REVIEWER
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock

REVIEWED = 40


@pytest.mark.long
@pytest.mark.timeout(200)
def test_forty_items_need_forty_keys_and_the_last_decision_is_undone_by_one(page: Page) -> None:
    week = week_of(clock.today())
    sign_in_unseen(page, REVIEWER)
    page.goto(f"/reviews/{week}/open")
    page.locator("[name=held_on]").first.check()
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(f"/reviews/{week}/queue")
    assert Axe().run(page).response["violations"] == []
    page.evaluate("window.stayed = true")
    waits = []

    for number in range(REVIEWED):
        begun = monotonic()
        asks_evidence = page.locator(".stop-why", has_text="Menunggu verifikasi").count()
        page.keyboard.press("l" if number % 4 or asks_evidence else "s")
        page.locator(".page-meta", has_text=f"{number + 1} dari").wait_for()
        waits.append(monotonic() - begun)

    assert page.evaluate("window.stayed") is True
    expect(page.locator("progress")).to_have_attribute("value", str(REVIEWED))
    logging.getLogger(__name__).info(
        "median wait: %.3f s", median(waits)
    )  # printed but not asserted, since the machine may be busy
    page.keyboard.press("u")
    page.locator(".page-meta", has_text=f"{REVIEWED - 1} dari").wait_for()
    expect(page.locator("progress")).to_have_attribute("value", str(REVIEWED - 1))


def test_a_reason_is_entered_in_place_and_shortcuts_are_off_while_typing(page: Page) -> None:
    week = week_of(clock.today())
    sign_in_unseen(page, REVIEWER)
    page.goto(f"/reviews/{week}/open")
    page.locator("[name=held_on]").first.check()
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(f"/reviews/{week}/queue")

    page.keyboard.press("p")
    page.fill("#extend-due_on", "2099-01-04")
    page.locator("#extend-reason").press_sequentially("sela")
    assert page.locator(".page-meta", has_text="0 dari").count() == 1
    page.click(".more-decision[open] button[type=submit]")
    page.locator(".page-meta", has_text="1 dari").wait_for()

    page.keyboard.press("j")
    page.locator(".page-meta", has_text="butir 3").wait_for()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(1)


@pytest.mark.long
def test_dates_can_be_chosen_and_sent_by_keyboard_with_one_panel_open(page: Page) -> None:
    week = week_of(clock.today())
    sign_in_unseen(page, REVIEWER)
    page.goto(f"/reviews/{week}/open")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(f"/reviews/{week}/queue")

    page.keyboard.press("e")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator("details.more-decision[open]")).to_have_count(1)
    expect(page.locator("#extend-reason")).to_be_focused()
    assert page.locator("#extend-due_on").input_value() > clock.today().isoformat()
    page.keyboard.type("Menunggu data")
    page.keyboard.press("Control+Enter")

    page.locator(".page-meta", has_text="1 dari").wait_for()
    expect(page.locator(".flashes")).to_contain_text("diperpanjang")
    page.locator(".stop > .fold > summary").click()
    expect(page.locator("button[data-copy]")).to_be_visible()
