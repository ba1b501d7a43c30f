"""What nobody should send: every form of the app answers it in words, with everything typed still there."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from tests.elements import Element
from tests.visitor import ADMIN, DECISION_MAKER, PIC, REVIEWER, SECRETARIAT, Page, Visitor, filled

TYPED = "input[type=text]:not([readonly]), input:not([type]):not([readonly]), textarea"
LONG = b"x" * 1_000_000
URLENCODED = "application/x-www-form-urlencoded"
WRITERS = [SECRETARIAT, REVIEWER, DECISION_MAKER, PIC, ADMIN]


def forms_within_reach(username: str, app: Flask) -> dict[str, tuple[str, str]]:
    """(page, action) of a form for each shape of address that has one to type into, found by following links."""
    browser = Visitor(app).as_(username)
    todo, seen, shapes, found = ["/"], {"/"}, {}, {}
    while todo:
        path = todo.pop(0)
        page = Page(browser.client.get(path), path)
        for form in page.soup.select("main form[method=post]"):
            if form.select(TYPED):
                found.setdefault(re.sub(r"\d+", "N", str(form["action"])), (path, str(form["action"])))
        for link in page.links:
            path = link.split("#")[0]
            shape = re.sub(r"\d+", "N", path.split("?")[0])
            if path.startswith("/") and path not in seen and shapes.get(shape, 0) < 2:
                seen.add(path)
                shapes[shape] = shapes.get(shape, 0) + 1
                todo.append(path)
    return found


#: Of the demo as it is loaded, once for each account: the way there takes longer than the forms.
forms_of_the_demo = cache(forms_within_reach)


def fresh(browser: Visitor, forms: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Element]]:
    """Each form as it is now; an earlier one may have taken the step that this one is for."""
    for shape, (path, action) in forms.items():
        page = Page(browser.client.get(path), path)
        now = [one for one in page.soup.select("main form[method=post]") if one["action"] == action]
        if now:
            yield shape, now[0]


def typed_names(form: Element) -> list[str]:
    hidden = {"once", "version", "csrf_token"}
    return [str(control["name"]) for control in form.select(TYPED) if control["name"] not in hidden]


def send(browser: Visitor, form: Element, values: dict[str, Any]) -> Page:
    action = str(form["action"])
    return Page(browser.client.post(action, data=values), action)


@pytest.mark.parametrize("username", WRITERS)
def test_unstorable_and_endless_text_is_refused_in_words(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)
    assert len(forms_of_the_demo(username, visit.app)) >= 1

    for shape, form in fresh(browser, forms_of_the_demo(username, visit.app)):
        names = typed_names(form)
        for bad in (b"nul\0byte", b"surrogate \xed\xb2\x80\xed\xa0\x80", LONG):
            pairs = [(name, value) for name, values in filled(form).items() if name not in names for value in values]
            body = urlencode([*pairs, *((name, bad) for name in names)])
            answer = browser.client.post(str(form["action"]), data=body, content_type=URLENCODED)
            assert 400 <= answer.status_code < 500, (shape, bad[:20], answer.status_code)


@pytest.mark.parametrize("username", WRITERS)
def test_unknown_choices_are_refused_and_what_was_typed_comes_back(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)

    for shape, form in fresh(browser, forms_of_the_demo(username, visit.app)):
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


@pytest.mark.parametrize("username", WRITERS)
def test_the_summary_leads_to_each_field_that_lacks_something(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)

    for shape, form in fresh(browser, forms_of_the_demo(username, visit.app)):
        fields = [str(control["name"]) for control in form.select("input, textarea, select")]
        keep = {name: values for name, values in filled(form).items() if name in {"csrf_token", "once", "version"}}
        page = send(browser, form, {**dict.fromkeys(set(fields) - set(keep), ""), **keep})
        if page.status in {303, 409}:
            continue  # nothing is asked for in this form, or the step itself is refused

        assert page.status == 422, (shape, page.status)
        anchors = [link["href"] for link in page.soup.select(".error-summary a")]
        assert anchors, shape
        assert [anchor for anchor in anchors if not page.soup.select(anchor)] == [], shape


@pytest.mark.parametrize(
    "path",
    ["/meetings/999999", "/proposals/999999", "/actions/999999", "/targets/999999", "/people/999999", "/units/999999",
     "/posts/999999", "/meetings/R-1999-999", "/proposals/U-1999-999", "/actions/TL-1999-999",
     "/meetings/99999999999999999999999999", "/meetings/abc", "/meetings/1%00", "/meetings/-1", "/nothing/%ff"],
)  # fmt: skip
def test_what_is_not_there_answers_404(visit: Visitor, path: str) -> None:
    page = visit.as_(SECRETARIAT).get(path, status=404)

    assert page.heading == "Tidak ditemukan"


@pytest.mark.parametrize("path", ["/meetings", "/proposals", "/actions", "/people", "/targets"])
@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%ff%fe", "year=99999999", "q=" + "y" * 5000, "page=zzz", "page=%00", "year=abc", "unit=abc",
     "year=99999999999999999999",
     "status=nonsense", "from_on=not-a-date", "q='%22;--%25_", "unit=99999999999999999999"],
)  # fmt: skip
def test_filters_take_anything_without_a_fault(visit: Visitor, path: str, query: str) -> None:
    answer = visit.as_(SECRETARIAT).client.get(f"{path}?{query}")

    assert answer.status_code in {200, 400, 404, 422}
