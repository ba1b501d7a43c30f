"""All forms with text fields that accounts of the demo can reach, found by following links."""

import re
from collections.abc import Iterator

from flask import Flask

from tests import run
from tests.elements import Element
from tests.visitor import ADMIN, DECISION_MAKER, PIC, REVIEWER, SECRETARIAT, Page, Visitor

TYPED = "input[type=text]:not([readonly]), input:not([type]):not([readonly]), textarea"
#: Files hold no forms, and take longest to make.
FILES = re.compile(r"\.(csv|xlsx|pdf|docx|ics)$")
WRITERS = [SECRETARIAT, REVIEWER, DECISION_MAKER, PIC, ADMIN]


#: Pages that a sample of the forms is taken from.
NEAR = 60


def forms_within_reach(username: str, app: Flask, pages: int | None = None) -> dict[str, tuple[str, str]]:
    """(page, action) of a form with text fields for each shape of URL. Looks for them on so many pages, or on all."""
    browser = Visitor(app).as_(username)
    todo, seen, shapes, found = ["/"], {"/"}, {}, {}
    while todo and (pages is None or len(seen) - len(todo) < pages):
        path = todo.pop(0)
        page = Page(browser.client.get(path), path)
        for form in page.soup.select("main form[method=post]"):
            if form.select(TYPED):
                found.setdefault(re.sub(r"\d+", "N", form["action"]), (path, form["action"]))
        for link in page.links:
            path = link.split("#")[0]
            shape = re.sub(r"\d+", "N", path.split("?")[0])
            if path.startswith("/") and not FILES.search(shape) and path not in seen and shapes.get(shape, 0) < 2:
                seen.add(path)
                shapes[shape] = shapes.get(shape, 0) + 1
                todo.append(path)
    return found


def forms_of_the_demo(username: str, app: Flask, step: int = 1) -> dict[str, tuple[str, str]]:
    """The forms of the demo, or one in so many of those on its nearest pages."""
    return _every(step, _reached(username, app, NEAR if step > 1 else None))


def forms_first_reached_by(username: str, app: Flask, step: int = 1) -> dict[str, tuple[str, str]]:
    """The same without the forms that earlier writers reach, so that each form is tested once."""
    pages = NEAR if step > 1 else None
    before = WRITERS[: WRITERS.index(username)]
    known = {shape for other in before for shape in _reached(other, app, pages)}
    first = {shape: where for shape, where in _reached(username, app, pages).items() if shape not in known}
    return _every(step, first)


def _reached(username: str, app: Flask, pages: int | None) -> dict[str, tuple[str, str]]:
    """Collected once per run, because crawling takes longer than testing the forms."""
    return run.once(f"forms-{username}-{pages}", lambda: forms_within_reach(username, app, pages))


def _every(step: int, forms: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return dict(list(forms.items())[::step])


def fresh(browser: Visitor, forms: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Element]]:
    """Each form as it is now; skipped if an earlier form already took its step."""
    for shape, (path, action) in forms.items():
        page = Page(browser.client.get(path), path)
        now = [one for one in page.soup.select("main form[method=post]") if one["action"] == action]
        if now:
            yield shape, now[0]


def typed_names(form: Element) -> list[str]:
    hidden = {"once", "version", "csrf_token"}
    return [control["name"] for control in form.select(TYPED) if control["name"] not in hidden]
