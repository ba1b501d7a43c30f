"""The number of clicks from the home page to the status of a proposal and its targets."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in, sign_in_unseen
from tests.visitor import ADVISER

PHONE = {"width": 360, "height": 740}
MOST_CLICKS = 2


def test_the_status_of_a_proposal_is_two_clicks_away_on_a_phone(page: Page) -> None:
    clicks: list[str] = []
    page.expose_function("clicked", lambda where: clicks.append(where))  # a builtin cannot be exposed
    page.set_viewport_size(PHONE)
    sign_in(page, ADVISER)
    page.evaluate("addEventListener('click', () => clicked('home'), true)")
    card = page.locator("#my-proposals .card", has_text="U-2020-001")
    expect(card).to_contain_text("Diusulkan Razilu pada rapat 21 Okt 2020")
    expect(card).to_contain_text("belum diputuskan")
    for card in page.locator("#my-proposals .card").all():
        assert card.bounding_box()["height"] <= PHONE["height"]

    with page.expect_response("**/looked/proposals/1"):
        card.locator("h3 a").click()
    expect(page.locator("#status-sentence")).to_contain_text("Diusulkan Razilu pada rapat 21 Okt 2020")
    page.evaluate("addEventListener('click', () => clicked('proposal'), true)")
    page.locator(".chain li", has_text="Target").locator("a").click()

    expect(page.locator("#targets .rail-list > li").first).to_be_in_viewport()
    assert len(clicks) <= MOST_CLICKS
    page.goto("/")
    expect(card).to_contain_text("Tidak ada perubahan")


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
