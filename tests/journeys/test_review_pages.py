"""The weekly review on a phone, its report, and the pages of units and the calendar fit their windows."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import REVIEWER
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core import clock

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 740}
DESK = {"width": 1280, "height": 900}
REPORT_ON_A_DESK, REPORT_ON_A_PHONE = 2600, 4500


def height_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


@pytest.mark.timeout(120)
def test_the_report_the_units_and_the_calendar_fit_their_windows(page: Page) -> None:
    sign_in_unseen(page, REVIEWER)
    report = f"/reviews/{week_of(clock.today() - WEEK)}"

    page.set_viewport_size(DESK)
    page.goto(report)
    assert height_of(page) <= REPORT_ON_A_DESK
    expect(page.locator("h1")).to_contain_text("terlambat", ignore_case=True)
    page.set_viewport_size(PHONE)
    assert height_of(page) <= REPORT_ON_A_PHONE

    page.set_viewport_size(NARROWEST)
    for path in (
        report,
        f"{report}/items",
        "/actions/units",
        "/units/2",
        "/actions/calendar",
        "/actions/calendar?show=month",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"], path
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto("/actions/calendar?show=month")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    heights = [heading.bounding_box()["height"] for heading in page.locator(".calendar thead th").all()]
    assert max(heights) < 45  # the name of no day is broken over two lines


@pytest.mark.timeout(120)
def test_on_a_phone_an_item_is_one_tap_without_scrolling_and_those_of_a_pic_one_confirmation(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in_unseen(page, REVIEWER)
    week = week_of(clock.today())
    page.goto(f"/reviews/{week}/open")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(f"/reviews/{week}/queue?by=pic")

    for number in range(1, 4):
        button = page.locator(".stop-bar > .btn", has_text="Lanjutkan")
        box = button.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"]
        button.click()
        page.locator(".page-meta", has_text=f"{number} dari").wait_for()
        assert page.evaluate("scrollY") == 0
        assert page.url.endswith("?by=pic")

    all_of_pic = page.locator("a[href*='/unmoved/']")
    while not all_of_pic.count():
        following = page.locator("a[rel=next]").get_attribute("href")
        page.goto(str(following))
    page.locator(".stop-more > summary").click()
    all_of_pic.click()
    page.wait_for_url("**/unmoved/**")
    count = page.locator("main .entry").count()
    assert count > 1
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/queue?by=pic")
    expect(page.locator(".flashes")).to_contain_text(f"{count} butir lanjut")
    expect(page.locator(".page-meta")).to_contain_text(f"{3 + count} dari")
