"""A browser visits the pages of every role with hostile text in every field: no script runs, nothing is blocked."""

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.journeys.conftest import every_page, sign_in
from tests.security import hostile
from tests.visitor import PASSWORDS

#: Chromium logs responses from 400 as errors; here they are expected.
ANSWERED = "the server responded with a status of"
pytestmark = pytest.mark.long


def listen(page: Page, faults: list[str]) -> None:
    page.on("console", lambda m: faults.append(f"{page.url} {m.text}")
            if m.type == "error" and ANSWERED not in m.text else None)  # fmt: skip
    page.on("pageerror", lambda error: faults.append(f"{page.url} {error}"))
    page.on("dialog", lambda dialog: faults.append(f"{page.url} dialog {dialog.message}"))


@pytest.mark.timeout(300)
def test_no_page_of_any_role_causes_browser_errors(chromium: Browser, site: str, app_url: str) -> None:
    engine = create_engine(app_url, execution_options={"isolation_level": "AUTOCOMMIT"})
    with Session(engine) as session:
        hostile.plant(session)
    engine.dispose()
    faults: list[str] = []
    seen: set[str] = set()
    visited = dict.fromkeys(PASSWORDS, 0)

    for username in PASSWORDS:
        context = chromium.new_context(base_url=site)
        context.add_init_script(f"window.{hostile.MARK} = () => console.error('hostile text ran')")
        page = context.new_page()
        listen(page, faults)
        sign_in(page, username)
        visited[username] = sum(1 for _ in every_page(page, seen))
        context.close()

    assert faults == []
    assert all(visited.values())
    assert sum(visited.values()) > 60, visited
