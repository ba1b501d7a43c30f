"""A phone without a connection: what was typed stays and is sent once, and no page of content is kept."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import create_engine, text

from tests.journeys.conftest import Served, sign_in
from tests.visitor import ADVISER, SECRETARIAT

WORDS = "Diusulkan agar layanan daring\nberjalan juga pada hari Sabtu"
TITLE = "Layanan hari Sabtu"
STORED_PAGE = re.compile(r"/proposals/\d+$")


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site, locale="id-ID", viewport={"width": 360, "height": 740})
    yield context
    context.close()


def ready(page: Page, username: str = SECRETARIAT) -> None:
    """Signed in, and the service worker serves the page."""
    sign_in(page, username)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def type_proposal(page: Page) -> None:
    page.goto("/proposals/new")
    page.fill("[name=title_id]", TITLE)
    page.fill("[name=gist_id]", WORDS)
    page.fill("[name=raised_on]", "2026-11-02")
    page.fill("[name=source_note]", "Surat")


def send(page: Page) -> None:
    page.wait_for_load_state()  # a page shows its form before the script that keeps it runs
    page.click(".form-actions .btn-primary")


def stored(app_url: str) -> int:
    engine = create_engine(app_url)
    with engine.connect() as connection:
        number = connection.scalar(text("SELECT count(*) FROM proposal WHERE title_id = :title"), {"title": TITLE})
    engine.dispose()
    return int(number or 0)


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('unsent:'))")


def cached(page: Page) -> set[str]:
    asked = """async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map((request) => new URL(request.url).pathname);
    }"""
    return set(page.evaluate(asked))


def test_a_form_sent_without_a_connection_stays_and_is_stored_once(context: BrowserContext, app_url: str) -> None:
    page = context.new_page()
    ready(page)
    type_proposal(page)
    context.set_offline(True)

    send(page)
    send(page)

    expect(page.locator("[data-unsent-note]")).to_contain_text("disimpan di perangkat ini")
    assert page.input_value("[name=gist_id]") == WORDS
    assert len(kept(page)) == 1
    context.set_offline(False)
    expect(page.locator("[data-unsent-note]")).to_contain_text("tersambung lagi")
    send(page)
    page.wait_for_url(STORED_PAGE)
    assert stored(app_url) == 1
    assert kept(page) == []


@pytest.mark.long
def test_a_form_whose_sending_fails_is_offered_again_and_stored_once(context: BrowserContext, app_url: str) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")  # as with a dead router
    page = context.new_page()
    ready(page)
    type_proposal(page)
    context.set_offline(True)

    send(page)

    expect(page.locator("h1")).to_have_text("Tidak ada sambungan")
    expect(page.locator("h2")).to_have_text("No connection")
    expect(page.locator("section[lang=id] [data-kept]")).to_be_visible()
    context.set_offline(False)  # it goes back to the form by itself
    offered = page.locator("[data-unsent]")
    expect(offered).to_contain_text("belum terkirim")
    offered.get_by_role("button").first.click()
    expect(page.locator(".error-summary")).to_contain_text("Belum ada yang tersimpan")
    assert page.input_value("[name=gist_id]") == WORDS
    page.wait_for_load_state()
    expect(page.locator("[data-unsent]")).to_have_count(0)
    send(page)
    page.wait_for_url(STORED_PAGE)
    assert stored(app_url) == 1
    assert kept(page) == []


@pytest.mark.long
def test_a_form_that_arrived_although_its_answer_was_lost_is_not_stored_twice(
    context: BrowserContext, app_url: str
) -> None:
    page = context.new_page()
    ready(page)
    type_proposal(page)
    page.evaluate("""async () => {
      const form = document.querySelector(".form-actions").closest("form");
      const fields = [...new FormData(form)].map(([name, value]) => [name, value.replaceAll("\\n", "\\r\\n")]);
      await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
    }""")
    assert stored(app_url) == 1

    send(page)

    page.wait_for_url(STORED_PAGE)
    assert stored(app_url) == 1


@pytest.mark.long
def test_a_refused_form_is_not_offered_again(context: BrowserContext) -> None:
    page = context.new_page()
    ready(page)
    type_proposal(page)
    page.fill("[name=title_id]", "")
    page.fill("[name=gist_id]", "")

    send(page)

    expect(page.locator(".error-summary")).to_be_visible()
    page.wait_for_load_state()
    assert kept(page) == []


@pytest.mark.long
def test_another_account_is_offered_nothing_and_signing_out_forgets(context: BrowserContext) -> None:
    page = context.new_page()
    ready(page)
    type_proposal(page)
    context.set_offline(True)
    send(page)
    context.set_offline(False)
    page.evaluate(
        "localStorage.setItem('unsent:999:xyz', JSON.stringify({ at: 1, title: 'Milik orang lain', fields: [] }))"
    )

    page.goto("/")

    expect(page.locator("[data-unsent]")).to_have_count(1)
    page.evaluate("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()")
    page.wait_for_url("**/sign-in")
    assert kept(page) == ["unsent:999:xyz"]
    sign_in(page, ADVISER)
    expect(page.locator("[data-unsent]")).to_have_count(0)


def test_nothing_is_kept_of_what_is_classified(context: BrowserContext, app_url: str) -> None:
    engine = create_engine(app_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET clearance = 'restricted' WHERE username = 'sekretariat'"))
        recorder = "(SELECT id FROM account WHERE username = 'sekretariat')"
        changes = f"classification = 'restricted', recorded_by_id = {recorder}"
        connection.execute(text(f"UPDATE meeting SET {changes} WHERE id = 1"))
    engine.dispose()
    page = context.new_page()
    ready(page)
    page.goto("/meetings/1/edit")
    page.fill("[name=venue]", "Ruang lain")
    context.set_offline(True)

    page.locator(".form-actions .btn-primary").first.click()

    expect(page.locator("[data-unsent-note]")).to_contain_text("Biarkan halaman ini terbuka")
    assert page.input_value("[name=venue]") == "Ruang lain"
    assert kept(page) == []


@pytest.mark.long
def test_the_cache_holds_static_files_and_the_page_without_a_connection_only(context: BrowserContext) -> None:
    page = context.new_page()
    ready(page)
    for path in ("/", "/meetings/1", "/proposals", "/search?q=ham", "/meetings/1/minutes"):
        page.goto(path)
        page.evaluate("fetch(location.href).then(() => true)")

    paths = cached(page)
    assert "/offline" in paths
    assert {path for path in paths if not path.startswith("/static/")} == {"/offline"}
    context.set_offline(True)
    page.goto("/meetings/1")
    assert page.title().startswith("Tidak ada sambungan")
    assert page.evaluate("document.fonts.status") == "loaded"
    assert "sekretariat" not in page.content().casefold()
    context.set_offline(False)  # it goes on by itself
    expect(page.locator("h1")).not_to_have_text("Tidak ada sambungan")
    assert page.url.endswith("/meetings/1")


@pytest.mark.long
def test_a_site_that_is_down_shows_the_page_without_a_connection(chromium: Browser, app: object) -> None:
    with Served(app) as address:  # type: ignore[arg-type]
        context = chromium.new_context(base_url=address, locale="id-ID")
        page = context.new_page()
        ready(page)
    page.goto("/meetings")
    expect(page.locator("h1")).to_have_text("Tidak ada sambungan")
    context.close()
