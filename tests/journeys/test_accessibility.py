"""axe finds no violations, in light and dark, in both languages, on desktop and phone.

`make test` takes a sample of the routes. `make long` sees a page of each in each combination, found by way of the rules
of access, which name every route; and pages in many states in each scheme and language, half of them in each.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.journeys.conftest import sign_in_unseen
from tests.security import stage
from tests.security.stage import Standing
from tests.security.test_matrix import cases
from tests.visitor import ADMIN, DECISION_MAKER, PASSWORDS, READER, REVIEWER, SECRETARIAT
from tracker.accounts.models import Account
from tracker.actions.changes.models import BulkChange
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.invitations.models import Invitation
from tracker.webhooks.models import Endpoint

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


#: Answers that are no pages: files, parts of pages, data for scripts, ways to another address. A meeting that was held
#: is not moved on. `test_imports` looks at an import.
NO_PAGES = {
    "attachments.download", "documents.attendance_pdf", "documents.minutes_docx", "documents.minutes_pdf",
    "letters.letter_docx", "letters.letter_pdf", "bundle.papers",
    "guide.picture", "imports.show", "imports.source", "imports.template", "imports.wrong", "letterhead.example",
    "lists.csv", "lists.pdf", "lists.report_pdf", "lists.report_xlsx", "lists.xlsx", "meetings.calendar_entry",
    "word_template.download", "live.ask_speaker", "live.edit", "live.edit_agenda_item", "live.understood",
    "proposals.earlier", "search.suggestions", "choices.found", "imports.progress", "lists.progress", "live.changes",
    "live.room_changes", "search.jump", "actions.by_code", "actions.index", "meetings.by_code", "meetings.move",
    "proposals.by_code", "targets.index", "check_in.now",
}  # fmt: skip
COMBINATIONS = [("light", "id"), ("dark", "en"), ("dark", "id"), ("light", "en")]


#: Pages for strangers.
OF_NOBODY = [
    "/sign-in",
    "/sign-in/forgotten",
    "/offline",
    "/access/x",
    "/mails/stop/x",
    f"/meetings/1/minutes/verify/{stage.MARK}",
]
#: Chairs the meeting and proposed; of the stage.
CHAIR = "ketua"
#: A planned meeting of the demo.
STILL_TO_COME = 40
IN_ORDER = (SECRETARIAT, ADMIN, DECISION_MAKER, REVIEWER, CHAIR)


def window(chromium: Browser, site: str, scheme: str, language: str, username: str) -> Page:
    """Signed in, in this scheme and language; English is seen on a phone."""
    width = 1280 if language == "id" else 360
    context = chromium.new_context(
        base_url=site, service_workers="block", color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    if username:
        sign_in_unseen(page, username, PASSWORDS[READER if username == CHAIR else username])
    page.goto("/account" if username else "/sign-in")
    token = page.locator("input[name=csrf_token]").first.get_attribute("value")
    given = {"language": language, "next": "/", "csrf_token": token}
    page.context.request.post("/language", form=given, headers={"Referer": site})
    return page


def faults_of(page: Page, paths: Sequence[str], language: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for path in paths:
        page.goto(path)
        if path != "/offline":  # one page for both
            assert page.locator("html").get_attribute("lang") == language, path
        violations = Axe().run(page).response["violations"]
        found[path] = [(one["id"], one["nodes"][0]["html"][:150]) for one in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[path].append("wider than the window")
    return {path: faults for path, faults in found.items() if faults}


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("scheme", "language"), COMBINATIONS)
@pytest.mark.parametrize(("username", "paths"), [(SECRETARIAT, PATHS), (ADMIN, OF_THE_ADMINISTRATOR), ("", OF_NOBODY)])
def test_pages_in_many_states_have_no_violations(
    chromium: Browser, site: str, scheme: str, language: str, username: str, paths: list[str]
) -> None:
    turn = COMBINATIONS.index((scheme, language))
    page = window(chromium, site, scheme, language, username)

    assert faults_of(page, paths[turn // 2 :: 2], language) == {}
    page.context.close()


@pytest.fixture
def pages(app: Flask, session: Session) -> Callable[[int, int], dict[str, list[str]]]:
    """The page of each of these routes, by an account that may open it."""
    stage.build(app, session)
    levels = list(Classification)
    stage.set_scene(session, Standing(levels[0], levels[-1], takes_part=False))
    session.execute(update(Account).where(Account.username == CHAIR).values(person_id=9001))
    secretariat = select(Account.id).filter_by(username=SECRETARIAT).scalar_subquery()
    session.execute(update(BulkChange).values(by_account_id=secretariat))
    admin = select(Account.id).filter_by(username=ADMIN).scalar_subquery()
    session.execute(update(Endpoint).values(account_id=admin))
    session.execute(update(Invitation).values(meeting_id=STILL_TO_COME))
    session.commit()
    every = [case for case in cases(app, session) if case.method == "GET" and case.endpoint not in NO_PAGES]

    def chosen(first: int, share: int) -> dict[str, list[str]]:
        words = {**PASSWORDS, CHAIR: PASSWORDS[READER]}
        clients = {name: stage.Client(app, name, words[name]) for name in IN_ORDER}
        found: dict[str, list[str]] = {}
        for case in every[first::share]:
            answers = ((name, client.get(case.path)) for name, client in clients.items())
            name = next((name for name, answer in answers if answer.status_code == HTTPStatus.OK), "")
            found.setdefault(name, []).append(case.path)
        return found

    return chosen


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("scheme", "language", "share"),
    [("dark", "id", 40), *(pytest.param(*each, 1, marks=pytest.mark.long) for each in COMBINATIONS)],
)
def test_no_page_of_any_route_has_violations(
    chromium: Browser,
    site: str,
    pages: Callable[[int, int], dict[str, list[str]]],
    scheme: str,
    language: str,
    share: int,
) -> None:
    found = pages(share // 2, share)
    faults = {"nobody may open": found.pop("", [])}

    for username, paths in found.items():
        page = window(chromium, site, scheme, language, username)
        faults |= faults_of(page, paths, language)
        page.context.close()

    assert faults == {"nobody may open": []}
