"""Take the pictures of the guide from the demo, in both languages: `make guide-pictures`."""

import io
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import SWITCHES, Served, sign_in
from tests.prepared import sqlite
from tests.settings import settings_for
from tests.visitor import ADVISER, DECISION_MAKER, REVIEWER, SECRETARIAT
from tracker import create_app
from tracker.core.wording import LANGUAGES
from tracker.guide.routes import PICTURES

#: What a picture shows: name, account and address; where a link is named, the page that it leads to.
SHOWN = (
    ("home", SECRETARIAT, "/", None),
    ("meeting", SECRETARIAT, "/meetings/1", None),
    ("live", SECRETARIAT, "/meetings/1/minutes", None),
    ("proposal", DECISION_MAKER, "/proposals/1", None),
    ("action", REVIEWER, "/actions/1", None),
    ("review", REVIEWER, "/reviews", "main a[href^='/reviews/20']"),
    ("search", ADVISER, "/search?q=pelanggaran+ham", None),
    ("target", ADVISER, "/targets/1", None),
)
SIZE = {"width": 1024, "height": 640}
MAX_BYTES = 60 * 1024


def small(picture: bytes) -> bytes:
    """As WebP, as good as fits."""
    for quality in range(80, 20, -10):
        out = io.BytesIO()
        Image.open(io.BytesIO(picture)).convert("RGB").save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue()


def take(page: Page) -> Iterator[tuple[str, bytes]]:
    for name, username, address, link in SHOWN:
        page.context.clear_cookies()
        sign_in(page, username)
        for code in LANGUAGES:
            with page.expect_navigation():
                page.evaluate(f"document.querySelector('.languages [value={code}]').click()")
            page.goto(address, wait_until="networkidle")
            if link:
                page.goto(page.locator(link).first.get_attribute("href") or address, wait_until="networkidle")
            yield f"{name}.{code}.webp", small(page.screenshot())


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(shutil.copy(sqlite() / "demo.sqlite", folder))
        app = create_app(settings_for(f"sqlite:///{database}", Path(folder)))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        with Served(app) as site:
            context = browser.new_context(base_url=site, viewport=SIZE, locale="id-ID", service_workers="block")
            for name, picture in take(context.new_page()):
                (PICTURES / name).write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main()
