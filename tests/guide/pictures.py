"""Take the pictures of the guide from the demo, in both languages: `make guide-pictures`.

`make long` compares them with the pages as they are now (tests/journeys/test_guide_pictures.py).
"""

import io
import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests import pinned
from tests.journeys.conftest import SWITCHES, Served, sign_in
from tests.prepared import sqlite
from tests.settings import settings_for
from tests.visitor import ADVISER, DECISION_MAKER, REVIEWER, SECRETARIAT
from tracker import create_app
from tracker.calendar.holidays.rules import week_of
from tracker.core.wording import LANGUAGES
from tracker.guide.routes import PICTURES

WEEK = week_of(pinned.NOW.date())
DESK: ViewportSize = {"width": 1024, "height": 640}
PHONE: ViewportSize = {"width": 360, "height": 640}


@dataclass(frozen=True)
class Picture:
    """`link`: the page at the address has a link of this kind, which leads to what is shown."""

    name: str
    account: str
    address: str
    link: str | None = None
    size: ViewportSize = field(default_factory=lambda: DESK)


SHOWN = (
    Picture("home", SECRETARIAT, "/"),
    Picture("meeting", SECRETARIAT, "/meetings/1"),
    Picture("live", SECRETARIAT, "/meetings/1/minutes"),
    Picture("proposal", DECISION_MAKER, "/proposals/1"),
    Picture("action", REVIEWER, "/actions?watch=overdue", "td.what a.entry-title"),
    Picture("review", REVIEWER, f"/reviews/{WEEK}/queue"),
    Picture("search", ADVISER, "/search?q=pelanggaran+ham"),
    Picture("target", ADVISER, "/targets", "tr:has(.bullet) a[href^='/targets/']"),
    Picture("phone", ADVISER, "/", size=PHONE),
)
MAX_BYTES = 60 * 1024


def small(picture: bytes) -> bytes:
    """As WebP, as good as fits."""
    for quality in range(80, 20, -10):
        out = io.BytesIO()
        Image.open(io.BytesIO(picture)).convert("RGB").save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()


def open_review(page: Page) -> None:
    """A new demo has none open."""
    sign_in(page, REVIEWER)
    page.goto(f"/reviews/{WEEK}/open")
    page.locator("[name=held_on]").first.check()
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def take(page: Page) -> Iterator[tuple[str, bytes]]:
    page.emulate_media(reduced_motion="reduce")
    open_review(page)
    for shown in SHOWN:
        page.context.clear_cookies()
        page.set_viewport_size(shown.size)
        sign_in(page, shown.account)
        for code in LANGUAGES:
            with page.expect_navigation():
                page.evaluate(f"document.querySelector('.languages [value={code}]').click()")
            page.goto(shown.address)
            if shown.link:
                page.goto(page.locator(shown.link).first.get_attribute("href") or "")
            page.evaluate("document.fonts.ready")
            yield f"{shown.name}.{code}.webp", small(page.screenshot())


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with pinned.running(), tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(shutil.copy(sqlite() / "demo.sqlite", folder))
        app = create_app(settings_for(f"sqlite:///{database}", Path(folder)))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        with Served(app) as site:
            context = browser.new_context(base_url=site, viewport=DESK, locale="id-ID", service_workers="block")
            for name, picture in take(context.new_page()):
                (PICTURES / name).write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main()
