"""axe finds no violations, in light and dark, in both languages, on desktop and phone.

In `make test` every fourth page is seen in one of these combinations. In `make long` each page is seen in each scheme,
language and width, though not in each combination: every other page in the other two.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import ADMIN, SECRETARIAT
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock

LAST_WEEK = week_of(clock.today()).previous
PATHS = ["/", "/meetings", "/meetings/1", "/meetings/1/outcomes", "/meetings/1/people",
         "/meetings/1/files", "/meetings/1/history", "/meetings/5/room", "/meetings/new", "/meetings/new/text",
         "/attachments/new?meeting=1",
         "/proposals", "/proposals/1", "/proposals/1/edit", "/proposals/unanswered",
         "/proposals/1/reminder", "/proposals/2/proponents/2/settle", "/proposals/28",
         "/meetings/statements/1", "/targets/5",
         "/targets", "/targets/1", "/targets/9", "/targets/20/compare", "/periods", "/actions", "/actions/1",
         "/actions/matrix", "/views/new?list=actions&stage=open", "/people", "/people/1", "/units",
         "/search", "/search?q=pelanggaran+ham", "/search?q=forun", "/search/synonyms", "/search/synonyms/new",
         "/posts", "/account", "/preview", "/holidays", "/meetings/1/minutes/paste",
         "/meetings/1/minutes/paste/names",
         "/meetings/1/series/new", "/meetings/1/series/join", "/meetings/1/next",
         "/actions/calendar",
         "/actions/units", "/actions/bulk", "/actions/1/ask-date", "/actions/1/hold", "/meetings/1/minutes",
         "/proposals/new", "/meetings/1/edit", "/units/1", "/posts/1", "/holidays/new", "/account/mails",
         "/reviews/trends", "/reviews/compare",
         "/reviews", f"/reviews/{LAST_WEEK}", f"/reviews/{LAST_WEEK}/items", "/meetings/templates",
         "/meetings/templates/coordination_meeting/edit", "/classification/meetings/1",
         "/classification/statements/1", "/meetings/1/readers", "/nothing"]  # fmt: skip
#: Pages for administrators only.
OF_THE_ADMINISTRATOR = [
    "/audit",
    "/audit?change=read&from_on=falsch",
    "/audit/verify",
    "/accounts",
    "/accounts/2/edit",
    "/documents/letterhead",
]


COMBINATIONS = [("light", "id"), ("dark", "en"), ("dark", "id"), ("light", "en")]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("share", [pytest.param(16, id="a sample"), pytest.param(2, id="half", marks=pytest.mark.long)])
@pytest.mark.parametrize(("scheme", "language"), COMBINATIONS)
@pytest.mark.parametrize(("username", "paths"), [(SECRETARIAT, PATHS), (ADMIN, OF_THE_ADMINISTRATOR)])
def test_no_page_has_accessibility_violations(
    chromium: Browser, site: str, scheme: str, language: str, username: str, paths: list[str], share: int
) -> None:
    width = 1280 if language == "id" else 360
    context = chromium.new_context(
        base_url=site, service_workers="block", color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    sign_in_unseen(page, username)
    if language == "en":
        page.goto("/account")
        page.context.request.post("/language", form={"language": "en", "next": "/", "csrf_token": page.locator(
            "input[name=csrf_token]").first.get_attribute("value")}, headers={"Referer": site})  # fmt: skip
    violations_by_page, wide = {}, []

    turn = COMBINATIONS.index((scheme, language))
    for path in paths[(turn // 2 if share == 2 else turn * 2) :: share]:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        violations = Axe().run(page).response["violations"]
        if violations:
            violations_by_page[path] = [(v["id"], v["nodes"][0]["html"][:150]) for v in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)

    context.close()
    assert violations_by_page == {}
    assert wide == []
