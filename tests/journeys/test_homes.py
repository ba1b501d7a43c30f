"""The homes fit a phone, and what waits is settled with one press and a reason, with and without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import sign_in
from tests.visitor import DECISION_MAKER, PASSWORDS, REVIEWER

PHONE = {"width": 360, "height": 740}
LONGEST = 3500
#: At once, without opening anything.
MOST_CONTROLS = 75


@pytest.mark.parametrize("username", PASSWORDS)
def test_a_home_fits_a_phone(page: Page, faults: list[str], username: str) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, username)

    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST
    controls = page.locator("main :is(a, button, input:not([type=hidden]), summary)").all()
    assert len([control for control in controls if control.is_visible()]) <= MOST_CONTROLS
    page.set_viewport_size({**PHONE, "width": 320})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not faults


def decide(page: Page, has_script: bool) -> None:
    """One press opens the question; the reason is typed, and Enter settles it."""
    row = page.locator("#waits-decision .entry").first
    code = row.locator(".meta").inner_text().split(" ")[0]
    row.locator("summary", has_text="Tolak").click()
    reason = row.locator("details[open] input[name=reason]")
    if has_script:
        expect(reason).to_be_focused()
    else:
        reason.focus()
    page.keyboard.type("Sudah tercakup usulan lain")
    page.keyboard.press("Enter")

    expect(page.locator(".flash")).to_contain_text(f"{code} kini “Ditolak”")
    assert page.url.endswith("/")
    expect(page.locator("#waits-decision", has_text=code)).to_have_count(0)


def test_a_decision_is_one_press_and_a_reason(page: Page, faults: list[str]) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, DECISION_MAKER)

    decide(page, has_script=True)

    assert not faults


def test_a_decision_needs_no_script(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, viewport=PHONE, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, DECISION_MAKER)

    decide(page, has_script=False)

    context.close()


def test_what_is_asked_stands_below_the_verbs_over_the_width_of_the_row(page: Page) -> None:
    sign_in(page, REVIEWER)
    row = page.locator("#waits-verification .entry").first

    row.locator("summary", has_text="Kembalikan").click()

    verbs, asked = row.locator(".verbs").bounding_box(), row.locator("details[open] form").bounding_box()
    assert asked["width"] > 0.95 * verbs["width"]
    assert asked["y"] > row.locator("summary").first.bounding_box()["y"] + 30
