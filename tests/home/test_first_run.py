"""The first pages of an installation without any data, for each role."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.apps import new_app
from tests.databases import Databases, close, settings_for
from tests.elements import Element
from tests.visitor import Visitor
from tracker.accounts.commands import AccountDraft, hasher, open_account
from tracker.core import clock
from tracker.core.actor import SYSTEM, Role
from tracker.core.settings import current_settings
from tracker.core.transactions import commit

PASSWORD = "empat kata acak yang panjang"


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A new installation with one account for each role."""
    with databases.copy("sqlite", "empty") as url:
        app = new_app(settings_for(url, tmp_path_factory.mktemp("office")))
        with app.app_context():
            for role in Role:
                draft = AccountDraft(username=role.value, display_name=role.value.title(), roles=frozenset({role}))
                open_account(draft, PASSWORD, using=hasher(current_settings()), by=SYSTEM, at=clock.now())
            commit()
        yield app
        close(app)


def signed_in(app: Flask, role: Role) -> Visitor:
    browser = Visitor(app)
    sent = browser.submit(browser.get("/sign-in"), "/sign-in", username=role.value, password=PASSWORD)
    assert sent.status == 303
    return browser


def open_steps(steps: Element) -> list[str]:
    return [one.select_one("a").text for one in steps.select("li.entry") if one.select(".shape .ring")]


def test_the_first_steps_tick_themselves_off_and_lead_on(office: Flask) -> None:
    admin = signed_in(office, Role.ADMIN)

    before = admin.get("/").soup.select_one("#first-steps")
    assert admin.submit(admin.get("/settings"), "/settings", name="Kantor Contoh").status == 303
    assert admin.submit(admin.get("/units/new"), "/units/new", name_id="Sekretariat").status == 303
    after = admin.get("/").soup.select_one("#first-steps")

    ticked = {"Namai kantor", "Tetapkan zona waktu", "Isi unit"}
    assert ticked == set(open_steps(before)) - set(open_steps(after))
    assert "Sekretariat" in after.select_one("#roles-explained").text
    for href in dict.fromkeys(link["href"] for link in after.select("a[href]")):
        assert admin.client.get(href.split("#")[0]).status_code in {200, 302}
