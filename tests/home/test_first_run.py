"""The first pages of an installation without any data, for each role."""

import re
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

    ticked = {"Isi nama kantor", "Tetapkan zona waktu", "Isi unit"}
    assert ticked == set(open_steps(before)) - set(open_steps(after))
    assert "Sekretariat" in after.select_one("#roles-explained").text
    for href in dict.fromkeys(link["href"] for link in after.select("a[href]")):
        assert admin.client.get(href.split("#")[0]).status_code in {200, 302}


LISTS = (
    "/meetings", "/proposals", "/actions", "/actions/units", "/actions/matrix", "/targets", "/people", "/posts",
    "/reviews", "/reviews/trends",
)  # fmt: skip
#: Who takes the first step, where the reader does not.
OTHERS = re.compile("Sekretariat|Penelaah")


@pytest.mark.parametrize("role", Role)
def test_every_empty_list_offers_the_first_step_or_says_who_takes_it(office: Flask, role: Role) -> None:
    browser = signed_in(office, role)

    for path in LISTS:
        page = browser.get(browser.client.get(path).location or path)
        box = page.soup.select_one(".empty")
        assert box is not None, path
        ways = [link["href"] for link in box.select("a")]
        assert ways or OTHERS.search(box.text), (path, box.text)
        assert [browser.client.get(way).status_code for way in ways] == [200] * len(ways), path


def test_a_filter_that_matches_nothing_leads_back_to_the_whole_list(office: Flask) -> None:
    page = signed_in(office, Role.SECRETARIAT).get("/meetings?q=tidak-ada")

    assert page.soup.select_one(".empty a")["href"] == "/meetings?view=all"
