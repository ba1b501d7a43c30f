"""The sentence of the report is its title; in the calendar no name of a day is broken over two lines."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import REVIEWER
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core import clock


def test_the_report_begins_with_its_sentence_and_the_calendar_fits_a_tablet(page: Page) -> None:
    sign_in_unseen(page, REVIEWER)

    page.goto(f"/reviews/{week_of(clock.today() - WEEK)}")
    expect(page.locator("h1")).to_contain_text("terlambat", ignore_case=True)
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto("/actions/calendar?show=month")
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    heights = [heading.bounding_box()["height"] for heading in page.locator(".calendar thead th").all()]
    assert max(heights) < 45
