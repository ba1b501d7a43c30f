"""Every form refuses invalid input with a message and keeps what was typed."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.depth import one_in
from tests.elements import Element
from tests.forms import WRITERS, forms_first_reached_by, forms_of_the_demo, fresh, typed_names
from tests.visitor import SECRETARIAT, Page, Visitor, filled

#: URL-encoded: a null byte, a lone surrogate, and more than a form may contain.
UNSTORABLE = ["nul%00byte", "surrogate%20%ED%B2%80%ED%A0%80", "x" * 1_000_000]
URLENCODED = "application/x-www-form-urlencoded"


def send(browser: Visitor, form: Element, values: dict[str, Any]) -> Page:
    action = str(form["action"])
    return Page(browser.client.post(action, data=values), action)


@one_in(15)
@pytest.mark.parametrize("username", WRITERS)
def test_text_that_is_unstorable_or_too_long_is_refused_with_a_message(
    visit: Visitor, username: str, step: int
) -> None:
    browser = visit.as_(username)
    assert len(forms_of_the_demo(username, visit.app)) >= 1

    for shape, form in fresh(browser, forms_first_reached_by(username, visit.app, step)):
        names = typed_names(form)
        pairs = [(name, value) for name, values in filled(form).items() if name not in names for value in values]
        for bad in UNSTORABLE:
            body = "&".join([urlencode(pairs), *(f"{quote(name)}={bad}" for name in names)])
            answer = browser.client.post(str(form["action"]), data=body, content_type=URLENCODED)
            assert 400 <= answer.status_code < 500, (shape, bad[:20], answer.status_code)


@pytest.mark.one_database
@one_in(2)
@pytest.mark.parametrize("username", WRITERS)
def test_unknown_choices_are_refused_without_losing_what_was_typed(visit: Visitor, username: str, step: int) -> None:
    browser = visit.as_(username)

    for shape, form in fresh(browser, forms_first_reached_by(username, visit.app, step)):
        picks = [str(pick["name"]) for pick in form.select("select")]
        if not picks:
            continue
        names = typed_names(form)
        said = {name: [f"Kata <b>{number}</b> “tetap” & utuh"] for number, name in enumerate(names)}
        page = send(browser, form, {**filled(form), **said, **{name: ["987654321"] for name in picks}})

        assert page.status == 422, (shape, page.status)
        assert page.problems, shape
        again = next(one for one in page.soup.select("main form[method=post]") if one["action"] == form["action"])
        kept = filled(again)
        assert {name: kept[name] for name in names} == said, shape


@pytest.mark.one_database
@one_in(2)
@pytest.mark.parametrize("username", WRITERS)
def test_the_error_summary_links_to_each_invalid_field(visit: Visitor, username: str, step: int) -> None:
    browser = visit.as_(username)

    for shape, form in fresh(browser, forms_first_reached_by(username, visit.app, step)):
        fields = [str(control["name"]) for control in form.select("input, textarea, select")]
        keep = {name: values for name, values in filled(form).items() if name in {"csrf_token", "once", "version"}}
        page = send(browser, form, {**dict.fromkeys(set(fields) - set(keep), ""), **keep})
        if page.status in {303, 409}:
            continue  # nothing is asked for in this form, or the step itself is refused

        assert page.status == 422, (shape, page.status)
        anchors = [link["href"] for link in page.soup.select(".error-summary a")]
        assert anchors, shape
        assert [anchor for anchor in anchors if not page.soup.select(anchor)] == [], shape


ABSENT = [
    "/meetings/999999", "/proposals/999999", "/actions/999999", "/targets/999999", "/people/999999", "/units/999999",
    "/posts/999999", "/meetings/R-1999-999", "/proposals/U-1999-999", "/actions/TL-1999-999",
    "/meetings/99999999999999999999999999", "/meetings/abc", "/meetings/1%00", "/meetings/-1", "/nothing/%ff",
]  # fmt: skip


def test_missing_rows_and_pages_are_not_found(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    headings = {path: browser.get(path, status=404).heading for path in ABSENT}

    assert headings == dict.fromkeys(ABSENT, "Tidak ditemukan")


NONSENSE = [
    "q=%00", "q=%ff%fe", "year=99999999", "q=" + "y" * 5000, "page=zzz", "page=%00", "year=abc", "unit=abc",
    "year=99999999999999999999", "status=nonsense", "from_on=not-a-date", "q='%22;--%25_", "unit=99999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/meetings", "/proposals", "/actions", "/people", "/targets"])
def test_nonsensical_filters_cause_no_error(visit: Visitor, path: str) -> None:
    browser = visit.as_(SECRETARIAT)

    answers = {query: browser.client.get(f"{path}?{query}").status_code for query in NONSENSE}

    assert {query: status for query, status in answers.items() if status not in {200, 400, 404, 422}} == {}
