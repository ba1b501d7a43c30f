"""No text makes a page wider than its window, and everything on a page is also printed."""

import io
import re
from collections.abc import Iterator
from itertools import chain

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.journeys.conftest import RICH, every_page, sign_in_unseen
from tests.security import hostile
from tests.visitor import PASSWORDS, READER, SECRETARIAT

WIDTHS = (320, 360, 768, 1280)
LONG = [
    f"Rapat {'k' * 300}",
    f"Tautan: https://us02web.zoom.us/j/81234567890?pwd={'q' * 250}",
    f"Dr.{'ratna' * 60},M.H.",
    f"Satu baris\nlalu_{'satu_kata' * 34}",
]
#: Script: the visible text of a page by line, without controls that are not printed.
SEEN = """() => {
  const of_screen = 'button, .btn, .breadcrumbs, .page-actions, .filter, .filters, .tabs, .menu, .pager, .flashes, ' +
    '.form-actions, .row-actions, .change, .composer, .corner-form, .live-item, .attach, .form-text, dialog, select, ' +
    'textarea, .visually-hidden, .button-form, .matrix-hint, .line-tools, .save-state, .tabs, .menu, .quiet-link, ' +
    '.only-screen, .list:has(.choice) th:first-child';
  const hidden = [...document.querySelectorAll('main ' + of_screen.replaceAll(', ', ', main '))];
  hidden.forEach(one => one.setAttribute('data-of-screen', getComputedStyle(one).display));
  const isLetter = document.querySelector('.letter');  // it brings its own head
  return [...document.querySelectorAll('main *')]
    .filter(one => !one.closest('[data-of-screen]') && !(isLetter && one.closest('.page-head')))
    .filter(one => one.checkVisibility())
    .flatMap(one => [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent.trim()))
    .filter(words => words);
}"""
#: Script: what tables show of their head and of their first row, where these have different numbers of cells.
COLUMNS = """() => [...document.querySelectorAll('main table')]
  .map(table => [...table.querySelectorAll('thead tr:last-child, tbody tr:not(.level)')].slice(0, 2)
    .map(row => [...row.cells].filter(cell => getComputedStyle(cell).display !== 'none').length))
  .filter(([head, first]) => first !== undefined && head !== first)"""
FORMS = ["/meetings/new", "/meetings/1/edit", "/proposals/new", "/actions/new", "/people/1/edit", "/meetings/1/minutes"]
EVERYWHERE = pytest.mark.parametrize(
    "is_everywhere", [False, pytest.param(True, marks=pytest.mark.long)], ids=["a sample", "everywhere"]
)
LISTS = ["/meetings", "/proposals", "/actions", "/people", "/posts", "/targets", "/holidays", "/search?q=ham"]


#: `make test` looks at these as the secretariat does, `make long` at whatever anybody reaches.
SAMPLE = [*RICH, *LISTS, *FORMS][::6]


def visited(page: Page, seen: set[str], *, is_everywhere: bool) -> Iterator[str]:
    return every_page(page, seen) if is_everywhere else every_of(page, SAMPLE)


def every_of(page: Page, paths: list[str]) -> Iterator[str]:
    for path in paths:
        page.goto(path, wait_until="load")
        yield path


def too_wide(page: Page) -> list[int]:
    """Window widths at which the page scrolls sideways."""
    widths = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            widths.append(width)
    return widths


@pytest.mark.timeout(300)
@EVERYWHERE
def test_a_word_of_300_letters_never_makes_a_page_scroll_sideways(
    chromium: Browser, site: str, app_url: str, is_everywhere: bool
) -> None:
    engine = create_engine(app_url, execution_options={"isolation_level": "AUTOCOMMIT"})
    with Session(engine) as session:
        hostile.plant(session, LONG)
    engine.dispose()
    widths: dict[str, list[int]] = {}
    seen: set[str] = set()

    for username in PASSWORDS if is_everywhere else [SECRETARIAT]:
        context = chromium.new_context(base_url=site, service_workers="block")
        page = context.new_page()
        sign_in_unseen(page, username)
        widths |= {path: too_wide(page) for path in visited(page, seen, is_everywhere=is_everywhere)}
        context.close()

    assert {path: wide for path, wide in widths.items() if wide} == {}
    assert len(widths) >= (60 if is_everywhere else len(SAMPLE))


@pytest.mark.long
@pytest.mark.timeout(300)
@EVERYWHERE
def test_everything_on_a_page_is_also_printed(chromium: Browser, site: str, is_everywhere: bool) -> None:
    missing: dict[str, list[str]] = {}
    seen: set[str] = set()

    for username in PASSWORDS if is_everywhere else [SECRETARIAT]:
        context = chromium.new_context(base_url=site, service_workers="block", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        sign_in_unseen(page, username)
        lists = every_of(page, LISTS if is_everywhere else [])
        for path in chain(visited(page, seen, is_everywhere=is_everywhere), lists):
            on_screen = page.evaluate(SEEN)
            page.emulate_media(media="print")
            on_paper = set(page.evaluate(SEEN))
            page.emulate_media(media="screen")
            lost = [words for words in on_screen if words not in on_paper]
            if lost:
                missing[f"{username} {path}"] = lost[:3]
        context.close()

    assert missing == {}


#: Pages with rows that one may edit.
RECORDS = ["/meetings/1", "/proposals/6", "/actions/77", "/targets/12", "/people/5", "/posts/1", "/units/1"]


@pytest.mark.long
def test_nothing_is_printed_that_only_a_screen_can_use(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)

    left = {}
    for path in RECORDS:
        page.goto(path)
        page.emulate_media(media="print")
        left[path] = page.locator("main :is(a[href*='/edit'], input, select, button):visible").count()
        page.emulate_media(media="screen")
    assert left == dict.fromkeys(RECORDS, 0)


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("username", [SECRETARIAT, READER])
def test_a_printed_list_has_its_rows_and_no_navigation(chromium: Browser, site: str, username: str) -> None:
    context = chromium.new_context(base_url=site, service_workers="block")
    page = context.new_page()
    sign_in_unseen(page, username)

    for path in LISTS:
        page.goto(path)
        rows = page.eval_on_selector_all("main .table tbody tr", "all => all.map(row => row.innerText.split('\\n')[0])")
        pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        paper = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in pages))
        assert [row for row in rows if re.sub(r"\s", "", row.split("\t")[0]) not in paper] == [], path
        assert re.sub(r"\s", "", page.locator("h1").inner_text()) in paper
        assert "Notuladanusulan" not in paper[:200]
        page.emulate_media(media="print")
        assert page.evaluate(COLUMNS) == [], path
        page.emulate_media(media="screen")

    context.close()
