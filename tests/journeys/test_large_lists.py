"""A list of thousands of rows: its file shows progress; on a phone the filter is folded above the rows."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, insert

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import READER
from tracker.core import clock
from tracker.meetings.models import Meeting

ROWS = 2_100


@pytest.fixture
def many(app_url: str) -> None:
    same = {"date": date(2030, 1, 1), "recorded_at": clock.now(), "version": 1}
    rows = [{"code": f"R-2030-{n:06}", "name_id": f"Rapat {n}", **same} for n in range(ROWS)]
    engine = create_engine(app_url)
    with engine.begin() as connection:
        connection.execute(insert(Meeting), rows)
    engine.dispose()


@pytest.mark.long
def test_a_large_file_shows_progress_and_a_small_screen_shows_rows_first(page: Page, many: None) -> None:
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    sign_in_unseen(page, READER)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/meetings")

    expect(page.locator(".filters [name=q]")).to_be_visible()
    expect(page.locator(".filters [name=status]")).to_be_hidden()
    page.locator(".more-filters > summary").press("Enter")
    expect(page.locator(".filters [name=status]")).to_be_visible()

    expect(page.locator(".pager")).to_contain_text("1.000")  # the count stops here
    shown = page.locator("[data-export-progress]")
    expect(shown).to_be_hidden()
    page.route("**/meetings.csv*", lambda route: (expect(shown).to_be_visible(), route.continue_()))
    page.locator(".page-actions .menu > summary").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()

    assert coming.value.suggested_filename.startswith("meetings-")
    assert any("/meetings.csv?" in url and "progress=" in url for url in urls)
    expect(shown).to_be_hidden()
