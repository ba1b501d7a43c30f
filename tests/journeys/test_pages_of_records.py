"""Sizes of the pages of proposals and actions, and what one can press there."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, select

from tests.journeys.conftest import sign_in
from tests.visitor import ADVISER, DECISION_MAKER, PIC, REVIEWER, SECRETARIAT
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem

HIGHEST = 2_000
MOST_CONTROLS = 40
THUMB = 48
PHONE = {"width": 360, "height": 740}
#: Script: what the Tab key reaches.
CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(one => one.type !== 'hidden' && !one.disabled && one.tabIndex >= 0 && one.checkVisibility()).length"""
#: Proposals and actions of the demo data with much to show: many events, several promises, merged ones.
PATHS = ["/proposals/1", "/proposals/6", "/proposals/29", "/proposals/52", "/actions/5", "/actions/77", "/actions/122"]


@pytest.fixture
def own_action(app_url: str) -> int:
    """An open action of the PIC."""
    account, action = Account.__table__.c, ActionItem.__table__.c
    of_pic = select(action.id).join(Account.__table__, account.person_id == action.pic_id)
    engine = create_engine(app_url)
    with engine.connect() as connection:
        number = connection.scalar(of_pic.where(account.username == PIC, action.status == "in_progress").limit(1))
    engine.dispose()
    return int(number)


@pytest.mark.parametrize("username", [SECRETARIAT, REVIEWER])
def test_the_pages_are_short_and_have_few_controls(page: Page, username: str) -> None:
    sign_in(page, username)
    found = {}

    for path in PATHS:
        page.goto(path)
        found[path] = (page.evaluate("document.documentElement.scrollHeight"), page.evaluate(CONTROLS))
        assert page.locator("main .btn-primary:visible").count() <= 1, path

    assert {path: one for path, one in found.items() if one[0] > HIGHEST or one[1] > MOST_CONTROLS} == {}


@pytest.mark.parametrize(
    ("username", "path", "words"),
    [
        (DECISION_MAKER, "/proposals/1", "Setujui"),
        (SECRETARIAT, "/proposals/1", "Tetapkan pemutus"),
        (ADVISER, "/proposals/10", "Minta kabar"),
        (PIC, "/actions/{own}", "Laporkan"),
    ],
)
def test_on_a_phone_the_main_verb_is_at_the_thumb(
    page: Page, own_action: int, username: str, path: str, words: str
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, username)
    page.goto(path.format(own=own_action))
    main = page.locator(".record-verbs > .btn-primary, .record-verbs > .button-form .btn-primary")

    for scrolled in (0, 10_000):
        page.evaluate(f"scrollTo(0, {scrolled})")
        box = main.bounding_box()
        assert box["height"] >= THUMB
        assert PHONE["height"] - THUMB * 2 < box["y"] < box["y"] + box["height"] <= PHONE["height"]
    expect(main).to_have_text(words)
    page.locator(".record-verbs .menu > summary").click()
    menu = page.locator(".record-verbs .menu-list").bounding_box()
    assert 0 <= menu["y"] < menu["y"] + menu["height"] <= PHONE["height"]


def test_the_status_is_seen_at_once_and_the_target_with_one_tap(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, ADVISER)
    page.goto("/proposals/1")
    sentence = page.locator("#status-sentence").bounding_box()
    assert sentence["y"] + sentence["height"] < PHONE["height"]

    page.locator(".chain li", has_text="Target").locator("a").click()

    expect(page.locator("#targets .rail-list > li").first).to_be_in_viewport()
