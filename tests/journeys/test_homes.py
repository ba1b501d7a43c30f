"""What waits is asked about in place."""

from playwright.sync_api import Page

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import REVIEWER


def test_what_is_asked_stands_below_the_verbs_over_the_width_of_the_row(page: Page) -> None:
    sign_in_unseen(page, REVIEWER)
    page.goto("/")
    row = page.locator("#waits-verification .entry").first

    row.locator("summary", has_text="Kembalikan").click()

    verbs, asked = row.locator(".verbs").bounding_box(), row.locator("details[open] form").bounding_box()
    assert asked["width"] > 0.95 * verbs["width"]
    assert asked["y"] > row.locator("summary").first.bounding_box()["y"] + 30
