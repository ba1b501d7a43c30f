"""The tabs of a meeting, and what can be done with a line."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.visitor import READER, SECRETARIAT

MEETING = "/meetings/1"
TABS = {"/outcomes": "#proposals", "/people": "#attendance", "/files": "#attachments", "/history": "#history"}
OTHER_ANCHORS = [*TABS.values(), "#minutes", "#agenda"]


def test_what_can_be_done_with_a_line_appears_at_the_line_and_is_reached_by_keyboard(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto(MEETING)
    line = page.locator(".spoken").first
    menu = line.locator(".menu")
    page.mouse.move(5, 5)
    expect(menu).to_have_css("opacity", "0")

    line.hover()
    expect(menu).to_have_css("opacity", "1")
    page.mouse.move(5, 5)
    menu.locator("summary").focus()
    expect(menu).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Ubah", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Ubah", exact=True)).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("username", [READER, pytest.param(SECRETARIAT, marks=pytest.mark.long)])
def test_each_tab_has_an_address_and_shows_its_part(page: Page, username: str) -> None:
    sign_in(page, username)
    page.goto(MEETING)
    heading = page.locator("h1").inner_text()

    for tab, part in TABS.items():
        page.locator(f".tabs a[href$='{tab}']").click()
        page.wait_for_url(f"**{MEETING}{tab}")
        expect(page.locator(f"section{part}")).to_be_visible()
        expect(page.locator(".tabs [aria-current]")).to_have_count(1)
        assert page.locator("h1").inner_text() == heading
        if username == READER:
            assert page.locator(".subhead .btn-primary").count() == 0


@pytest.mark.long
@pytest.mark.parametrize(
    "anchor", ["#statement-1", *(pytest.param(anchor, marks=pytest.mark.long) for anchor in OTHER_ANCHORS)]
)
def test_an_old_address_of_a_part_leads_to_it_or_to_its_tab(page: Page, anchor: str) -> None:
    sign_in(page, READER)

    page.goto(MEETING + anchor)

    expect(page.locator(f"{anchor}:target")).to_be_in_viewport()
