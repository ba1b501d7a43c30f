"""The sentence that answers an adviser."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import ADVISER


@pytest.mark.long
def test_the_status_sentence_can_be_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in_unseen(page, ADVISER)
    button = page.locator("[data-copy='#status-sentence']")

    for path in ("/proposals/1", "/meetings/1", "/actions/1", "/targets/5"):
        page.goto(path)
        sentence = page.locator("#status-sentence").inner_text()
        button.click()
        expect(button).to_have_text("Tersalin")
        assert "; " in sentence
        assert page.evaluate("navigator.clipboard.readText()") == sentence
