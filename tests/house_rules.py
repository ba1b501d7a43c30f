"""What every page keeps, whatever it shows: valid HTML, one heading, labels, unique ids, nothing unsaid."""

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tracker.core.pages import HEADERS

UNLABELLED = {"hidden", "submit", "button"}
#: Fields in which Enter sends the form.
TYPED_IN = "input:not([type]), " + ", ".join(f"input[type={kind}]" for kind in (
    "text", "search", "email", "url", "password", "number", "date", "time", "datetime-local", "month", "week", "tel",
))  # fmt: skip
#: What differs from visit to visit and bears on no rule.
_PASSING = re.compile(r'(value|nonce)="[\w.-]{20,}"')
_kept: set[str] = set()


def submit_buttons(form: Tag) -> list[Tag]:
    """The submit buttons of a form in the order of the page."""
    return [button for button in form.select("button") if button.get("type", "submit") == "submit"]


def _does(button: Tag) -> tuple[object, ...]:
    return tuple(button.get(name) for name in ("name", "value", "formaction"))


def pressed_by_enter(form: Tag) -> tuple[object, ...] | None:
    """What a browser sends on Enter in a text field: the first submit button. None where there is nothing to choose."""
    buttons = submit_buttons(form)
    return _does(buttons[0]) if len(buttons) > 1 and form.select(TYPED_IN) else None


def main_action(form: Tag) -> tuple[object, ...] | None:
    """What the form is for: its first button of the main colour."""
    main = [button for button in submit_buttons(form) if "btn-primary" in button.get("class", [])]
    return _does(main[0]) if main and pressed_by_enter(form) is not None else None


def check(response: TestResponse, soup: BeautifulSoup, path: str) -> None:
    """Fail with the rule that the page breaks."""
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value], (path, name)
    if response.mimetype != "text/html" or response.status_code in {301, 302, 303}:
        return
    page = response.get_data(as_text=True)
    lasting = _PASSING.sub("", page)
    if lasting in _kept:
        return
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    assert not parser.errors, (path, parser.errors[:3])
    assert len(soup("h1")) == 1, (path, "one h1")
    assert soup.h1.get_text(strip=True), (path, "a heading with words")
    assert soup.title.get_text(strip=True), (path, "a title")
    assert soup.html.get("lang") in {"id", "en"}, (path, "a language")
    twice = [name for name, times in Counter(tag["id"] for tag in soup.select("[id]")).items() if times > 1]
    assert not twice, (path, "unique ids", twice)
    labelled = {label["for"] for label in soup.select("label[for]")}
    for control in soup.select("input, select, textarea"):
        has_words = control.get("id") in labelled or control.has_attr("aria-label") or control.find_parent("label")
        assert has_words or control.get("type") in UNLABELLED, (path, "a label", str(control)[:200])
    assert not soup.select("[style], script:not([src]), [onclick]"), (path, "nothing inline")
    for form in soup.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]"), (path, "a CSRF token")
    for form in soup.select("form"):
        assert pressed_by_enter(form) == main_action(form), (path, "Enter presses the main button", str(form)[:200])
    shown = soup.get_text(" ")
    assert "None" not in shown.split(), (path, "None is shown")
    _kept.add(lasting)
