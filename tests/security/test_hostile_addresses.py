"""Impossible ids, bookmarks and texts in URLs are answered with an error page, never with an exception."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.architecture.test_routes import addresses
from tests.audit.test_shown_is_recorded import text_of
from tests.depth import one_in
from tests.security import stage
from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState

NUMBERS = ["9" * 10, "9" * 19, "9" * 30, "9" * 5000, "-1", "1e9", "٣", "x"]
NAMED = [
    "/actions/new?proposal={}", "/actions/new?statement={}", "/actions/new?meeting={}", "/attachments/new?meeting={}",
    "/attachments/new?proposal={}", "/attachments/new?action={}", "/proposals/new?meeting={}", "/search?q=a&page={}",
    "/holidays?year={}", "/actions/bulk?action={}", "/choices/people?without={}", "/choices/later-meetings?than={}",
]  # fmt: skip
LISTS = ["/meetings", "/proposals", "/actions", "/people", "/actions/matrix", "/reviews", "/proposals/unanswered"]
BOOKMARKS = [
    f"{way}{place}" for way in "<>"
    for place in ("d:2026-01-01~i:" + "9" * 30, "i:" + "9" * 30, "i:-" + "9" * 19, "s:" + "x" * 3000,
                  "d:9999-12-31~i:1", "i:1~i:1", "i:1~i:1~i:1", "i:1~d:2026-01-01~i:" + "9" * 20,
                  "s:x~i:" + "9" * 20, "d:99999-01-01~i:1")
]  # fmt: skip
GOOD = {200, 302, 303, 308}


@one_in(3)
@pytest.mark.parametrize("address", NAMED)
def test_impossible_ids_are_not_found(visit: Visitor, address: str, step: int) -> None:
    client = visit.as_(SECRETARIAT).client

    answers = {number: client.get(address.format(number)).status_code for number in NUMBERS[::step]}

    assert {number[:40]: status for number, status in answers.items() if status >= 500} == {}
    if not address.startswith(("/actions/bulk", "/holidays")):  # these leave out what they cannot read
        assert {number[:40] for number, status in answers.items() if status in GOOD} == set()


@one_in(6)
@pytest.mark.parametrize("path", LISTS)
def test_invalid_page_bookmarks_cause_no_error(visit: Visitor, path: str, step: int) -> None:
    client = visit.as_(SECRETARIAT).client

    answers = {mark: client.get(path, query_string={"page": mark}).status_code for mark in BOOKMARKS[::step]}

    assert {mark[:60]: status for mark, status in answers.items() if status not in {200, 404}} == {}


@pytest.mark.parametrize(
    ("username", "path"),
    [*((SECRETARIAT, path) for path in ("/meetings", "/proposals", "/actions", "/people", "/actions/matrix")),
     (ADMIN, "/accounts")],
)  # fmt: skip
def test_a_refused_filter_runs_no_query(visit: Visitor, username: str, path: str) -> None:
    browser = visit.as_(username)

    page = browser.get(f"{path}?q={'a' * 60_000}", status=422)

    assert page.problems
    assert page.all_of("tbody tr") == []


@pytest.mark.parametrize("name", [SECRETARIAT, pytest.param(ADMIN, marks=pytest.mark.long)])
def test_no_answer_repeats_the_host_that_a_request_names(
    app: Flask, visit: Visitor, session: Session, name: str
) -> None:
    """Every absolute address is that of the settings: on pages, in files, and where somebody is led."""
    stage.build(app, session)
    approved = {"state": MinutesState.APPROVED, "decided_at": stage.AT}  # its paper tells where it is verified
    session.execute(update(MinutesVersion).filter_by(id=9002).values(**approved))
    cookie = visit.as_(name).client.get_cookie("tracker")
    browser = app.test_client()
    browser.set_cookie("tracker", cookie.value, domain="evil.example")

    paths = {*addresses(app, {"GET"}).values()} - {"/metrics", "/healthz", "/readyz"}
    answers = {path: browser.get(path, headers={"Host": "evil.example"}, buffered=True) for path in sorted(paths)}

    assert [path for path, answer in answers.items() if "evil.example" in text_of(answer)] == []
    if name == SECRETARIAT:
        assert {answers[f"/meetings/1/minutes.{kind}"].status_code for kind in ("pdf", "docx")} == {200}
        assert "127.0.0.1:5000" in text_of(answers["/meetings/1/minutes.pdf"])
