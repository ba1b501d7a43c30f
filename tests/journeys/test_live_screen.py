"""The screen of the live minutes: the focus stays, long minutes stay light."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import MetaData, NullPool, Table, create_engine, insert

from tests.journeys.conftest import sign_in_unseen
from tests.journeys.test_live_minutes import SAVED, open_minutes
from tests.visitor import READER, SECRETARIAT
from tracker.core.places import nth

LINES, KEYS = 300, 20


def add_lines(app_url: str, number: int) -> None:
    engine = create_engine(app_url, poolclass=NullPool)
    table = Table("statement", MetaData(), autoload_with=engine)
    rows = [
        {"meeting_id": 1, "place": nth(1000 + at), "kind": "remark", "gist_id": f"Pandangan ke-{at} tentang capaian.",
         "has_sic": False, "classification": "ordinary", "version": 1}
        for at in range(number)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(table), rows)


def test_typing_below_three_hundred_lines_touches_none_of_them(page: Page, app_url: str) -> None:
    add_lines(app_url, LINES)
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    assert page.locator("[data-line]").count() > LINES
    page.evaluate(
        """() => {
          globalThis.touched = 0;
          const everything = { subtree: true, childList: true, attributes: true, characterData: true };
          new MutationObserver((changes) => { touched += changes.length; })
            .observe(document.querySelector("[data-sections]"), everything);
        }"""
    )
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})

    took = page.evaluate(
        """async (keys) => {
          const box = document.querySelector("#line");
          const took = [];
          for (let at = 0; at < keys; at += 1) {
            const began = performance.now();
            document.execCommand("insertText", false, "kata "[at % 5]);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            took.push(performance.now() - began);
          }
          return took.sort((one, other) => one - other);
        }""",
        KEYS,
    )

    assert page.evaluate("touched") == 0
    middle, most = took[KEYS // 2], took[-1]
    print(f"a key below {LINES} lines at a quarter of the speed: {middle:.0f} ms, at most {most:.0f} ms")  # noqa: T201
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    assert 0 < page.evaluate("touched") < 100  # the line itself, not all of them


def test_a_name_taken_from_the_menu_at_the_caret_is_the_one_that_is_stored(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)

    page.keyboard.type("k @kasubdit kdn")
    menu = page.locator("[data-name-menu]")
    expect(menu.locator("[role=option]").first).to_contain_text("Kasubdit KDN Wilayah I")
    expect(menu).to_contain_text("Jabatan saja, nama menyusul")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    assert page.locator("#line").input_value() == "k @Kasubdit KDN Wilayah II "
    page.keyboard.type("menyusun naskah #per")
    expect(menu.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    for _ in "#per":
        page.keyboard.press("Backspace")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-line]").last).to_contain_text("menyusun naskah")
    expect(page.locator("[data-line] .voice-name").last).to_contain_text("Kasubdit KDN Wilayah II")


@pytest.mark.long
def test_the_last_line_stays_above_the_box_whatever_changes_its_height_late(page: Page) -> None:
    fonts: list[Route] = []
    page.set_viewport_size({"width": 1024, "height": 640})
    sign_in_unseen(page, SECRETARIAT)
    page.route("**/*.woff2", lambda route: fonts.append(route))
    # Not `open_minutes`: the page is not loaded before its fonts are.
    page.goto("/meetings/1/minutes", wait_until="commit")
    last = page.locator("[data-line]").last
    expect(last).to_be_in_viewport(ratio=0.9)
    for font in fonts:
        font.continue_()
    page.unroute("**/*.woff2")

    page.evaluate("document.fonts.ready")
    page.wait_for_load_state()
    assert fonts
    assert -1 <= below_the_last_line(page) <= 1
    page.evaluate("document.querySelector('.composer').style.paddingBottom = '60px'")
    page.evaluate("() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    assert -1 <= below_the_last_line(page) <= 1

    page.mouse.move(600, 300)
    page.mouse.wheel(0, -400)
    expect(last).not_to_be_in_viewport()
    page.evaluate("document.querySelector('.composer').style.paddingBottom = '120px'")
    page.evaluate("() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    expect(last).not_to_be_in_viewport()


def below_the_last_line(page: Page) -> float:
    """How far the box is from it, in pixels."""
    return float(
        page.evaluate(
            "document.querySelector('.composer').getBoundingClientRect().top -"
            "[...document.querySelectorAll('[data-line]')].at(-1).getBoundingClientRect().bottom"
        )
    )


def focused_part(page: Page) -> Any:
    return page.evaluate(
        "document.activeElement.closest('[data-line], .composer, [data-part=roll]')?.className ?? null"
    )


@pytest.mark.long
def test_lines_are_arranged_by_menu_and_mouse_and_the_focus_stays(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    for words in ("pertama", "kedua", "ketiga"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    gists = page.locator("[data-line] .gist")
    expect(gists.last).to_have_text("ketiga")
    expect(page.locator(".is-pending")).to_have_count(0)
    count = page.locator("[data-line]").count()

    def do(line: Locator, deed: str) -> None:
        line.locator("[data-line-tools] summary").click()
        line.locator(deed).click()

    do(page.locator("[data-line]").last, "[data-way=up]")
    expect(gists.last).to_have_text("kedua")
    assert focused_part(page) is not None
    number, third = page.locator("[data-line] [data-handle]").last, page.locator("[data-line]").nth(count - 3)
    number.drag_to(third, target_position={"x": 300, "y": 4})
    expect(gists.last).to_have_text("ketiga")
    expect(page.locator("[data-line]").nth(count - 3)).to_contain_text("kedua")
    do(page.locator("[data-line]").last, "[data-do=join]")
    expect(page.locator("[data-line]")).to_have_count(count - 1)
    assert focused_part(page) is not None
    do(page.locator("[data-line]").last, "[data-do=remove]")
    expect(page.locator("[data-line]")).to_have_count(count - 2)
    assert focused_part(page) is not None
    page.locator("h1").click()
    page.locator("#line").fill("dari mana saja")
    page.locator(".live-paper").focus()
    page.keyboard.press("Control+Enter")
    expect(gists.last).to_have_text("dari mana saja")
    assert focused_part(page) is not None


@pytest.mark.long
def test_the_room_sees_decisions_as_they_are_recorded(chromium: Browser, site: str) -> None:
    pages = []
    for account, path in ((SECRETARIAT, "/meetings/1/minutes"), (READER, "/meetings/1/room")):
        page = chromium.new_context(base_url=site, service_workers="block").new_page()
        sign_in_unseen(page, account)
        page.goto(path)
        pages.append(page)
    minutes, room = pages
    expect(minutes.locator("#line")).to_be_focused()
    idle: list[int] = []
    room.on("response", lambda answer: idle.append(answer.status) if answer.url.endswith("/room/changes") else None)

    minutes.keyboard.type("k disepakati menyusun naskah <b>akademik</b>")
    minutes.keyboard.press("Enter")
    expect(room.locator(".room-list").first).to_contain_text("disepakati menyusun naskah <b>akademik</b>")
    minutes.keyboard.type("t @raz susun naskah 30/11")
    minutes.keyboard.press("Enter")
    expect(room.locator(".room-list").last).to_contain_text("susun naskah")
    room.keyboard.press("Escape")
    room.wait_for_url("**/meetings/1")

    assert 200 in idle
    for page in pages:
        page.context.close()
