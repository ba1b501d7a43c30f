"""The screen of the room renews its code without being loaded again, and a phone checks in with it."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import create_engine, text

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import PIC, SECRETARIAT
from tracker.core import clock


@pytest.fixture
def today(app_url: str) -> None:
    """The meeting of the demo takes place today, without known hours."""
    engine = create_engine(app_url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE meeting SET date = :day, start_time = NULL, called_time = NULL, end_time = NULL,"
                 " end_on = NULL, status = 'held', locked_at = NULL WHERE id = 1"), {"day": clock.today().isoformat()}
        )  # fmt: skip
    engine.dispose()


@pytest.mark.long
def test_the_screen_renews_itself_and_a_phone_checks_in(
    page: Page, chromium: Browser, site: str, app: Flask, today: None
) -> None:
    held: list[Route] = []
    sign_in_unseen(page, SECRETARIAT)
    page.clock.install()
    page.goto("/meetings/1/check-in")
    typed = page.locator(".check-in-typed").inner_text()

    def hold_the_first(route: Route) -> None:
        held.append(route) if not held else route.fulfill(status=503)

    page.route("**/check-in/now", hold_the_first)
    page.clock.run_for(timedelta(seconds=90).total_seconds() * 1000)
    expect(page.locator("[data-old]")).to_be_visible()  # nothing came: the old code is covered
    expect(page.locator(".check-in-qr")).to_be_hidden()
    with page.expect_response("**/check-in/now"):
        held[0].continue_()  # it tells the code of the minute before last
    page.clock.run_for(1000)
    expect(page.locator(".check-in-qr")).to_be_hidden()
    page.unroute("**/check-in/now")
    page.clock.run_for(20_000)
    expect(page.locator(".check-in-qr")).to_be_visible()

    phone = chromium.new_context(base_url=site, locale="id-ID", viewport={"width": 360, "height": 740}).new_page()
    sign_in_unseen(phone, PIC)
    phone.goto("/check-in")
    phone.fill("[name=code]", page.locator(".check-in-typed").inner_text() or typed)
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/check-in/*")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.click("main form button[type=submit]")
    expect(phone.locator("main form")).to_have_count(0)
    phone.context.close()
