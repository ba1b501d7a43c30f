"""Merging two entries of a person in a browser at the speed of a person, and undoing it."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.conftest import sign_in_unseen
from tests.people.test_merging import double_of
from tests.visitor import SECRETARIAT
from tracker.people.models import Person

#: Milliseconds per key.
PACE = 90


@pytest.mark.long
def test_two_entries_are_merged_and_separated_again(page: Page, app: Flask, session: Session) -> None:
    double = double_of(session, 3)
    name = session.scalars(select(Person.name).filter_by(id=3)).one()
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/people")
    page.locator("main [name=q]").press_sequentially(f"{name} kedua", delay=PACE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"{name} Kedua").click()

    page.get_by_role("link", name="Gabungkan dengan …").click()
    other = page.get_by_role("combobox", name="Entri yang lain")
    other.focus()
    page.keyboard.type(name, delay=PACE)
    expect(page.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.locator("#twins")).to_contain_text("Rapat Bersama")
    page.get_by_role("radio", name=name, exact=True).check()
    page.get_by_role("radio", name="Pimpinan rapat").check()
    page.get_by_role("button", name="Gabungkan", exact=True).click()

    page.wait_for_url("**/people/3")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#meetings tr", has_text="Rapat Bersama")).to_have_count(1)
    expect(page.locator("#meetings tr", has_text="Rapat Bersama")).to_contain_text("Pimpinan rapat")
    page.goto(f"/people/{double}")
    expect(page.locator("h1")).to_have_text(name)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("sebutan lama", delay=PACE)
    expect(page.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/3")

    page.get_by_role("button", name="Batalkan penggabungan").click()

    expect(page.locator("h1")).to_have_text(f"{name} Kedua")
    expect(page.locator("#meetings tr", has_text="Rapat Bersama")).to_contain_text("Pimpinan rapat")
