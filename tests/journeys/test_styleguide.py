"""Every component and picture, as a browser shows it: accessible, within the window, with labels that do not touch."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys.conftest import sign_in
from tests.visitor import READER

#: Texts of a picture that touch each other or stand out of it by more than a dot, as they are drawn.
BADLY_PLACED = """() => [...document.querySelectorAll('.picture')].flatMap((picture) => {
  const frame = picture.getBoundingClientRect();
  const texts = [...picture.querySelectorAll('svg.pic text')];
  const boxes = texts.filter((text) => text.getClientRects().length)
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
  const out = boxes.filter(({ box }) => box.left < frame.left - 8 || box.right > frame.right + 8);
  const touching = boxes.filter((one, place) => boxes.slice(place + 1).some((other) =>
    one.box.left < other.box.right && other.box.left < one.box.right
      && one.box.top + 3 < other.box.bottom && other.box.top + 3 < one.box.bottom));
  return [...out, ...touching].map(({ text }) => text);
})"""


@pytest.mark.long
@pytest.mark.timeout(240)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_styleguide_is_accessible_and_fits(chromium: Browser, site: str, width: int, scheme: str) -> None:
    context = chromium.new_context(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, READER)
    page.goto("/styleguide")

    violations = Axe().run(page).response["violations"]
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    badly_placed = page.evaluate(BADLY_PLACED)

    context.close()
    assert [(found["id"], found["nodes"][0]["html"][:150]) for found in violations] == []
    assert not is_wide
    assert badly_placed == []


def test_paper_is_light_whatever_the_screen(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto("/sign-in")
    ink = "getComputedStyle(document.body).color"

    on_screen = page.evaluate(ink)
    page.emulate_media(media="print")
    on_paper = page.evaluate(ink)

    context.close()
    assert on_screen == "rgb(236, 234, 230)"
    assert on_paper in {"rgb(0, 0, 0)", "rgb(30, 28, 25)"}
