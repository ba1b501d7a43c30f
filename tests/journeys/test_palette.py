"""The command palette by keyboard."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.conftest import sign_in
from tests.visitor import SECRETARIAT
from tracker.actions.models import ActionItem


def test_a_due_date_is_extended_from_anywhere(page: Page, session: Session) -> None:
    open_ones = select(ActionItem.id, ActionItem.code).filter_by(status="in_progress").order_by(ActionItem.id.desc())
    action = session.execute(open_ones).first()
    sign_in(page, SECRETARIAT)
    page.goto("/meetings/new")
    page.focus("[name=name_id]")

    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()
    page.keyboard.type(f"{action.code} perp")
    expect(page.locator("dialog.palette [role=option]").first).to_contain_text("Perpanjang")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/actions/{action.id}/due-date")


@pytest.mark.long
def test_a_page_is_reached_by_its_name_and_escape_leaves(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto("/proposals/1")

    page.keyboard.press("/")
    palette = page.get_by_role("combobox", name="Buka halaman atau catatan")
    expect(palette).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.palette")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("hari lib")
    expect(page.locator("dialog.palette [role=option]").first).to_have_text("Hari libur")
    page.keyboard.press("Enter")

    page.wait_for_url("**/holidays")


@pytest.mark.long
def test_a_slash_is_typed_where_one_types(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    page.goto("/meetings/new")

    page.focus("[name=name_id]")
    page.keyboard.type("dan/atau")

    expect(page.locator("[name=name_id]")).to_have_value("dan/atau")
    expect(page.locator("dialog.palette")).to_be_hidden()
