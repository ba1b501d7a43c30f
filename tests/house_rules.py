"""Rules for every page: valid HTML, one main heading, labels, unique ids, no untranslated or missing values."""

import re
from collections import Counter

from werkzeug.test import TestResponse

from tests import valid_html
from tests.elements import Element
from tracker.core.pages import HEADERS

UNLABELLED = {"hidden", "submit", "button"}
#: Fields of a form that are not folded, without those of repeated rows and the notes beside the lines of the minutes.
SHOWN_AT_ONCE = 7
#: Fields in which Enter submits the form.
TYPED_IN = "input:not([type]), " + ", ".join(f"input[type={kind}]" for kind in (
    "text", "search", "email", "url", "password", "number", "date", "time", "datetime-local", "month", "week", "tel",
))  # fmt: skip
#: Elements that theme.css shows with the line breaks and spaces they have.
SHOWN_AS_TYPED = (
    "blockquote.quote",
    ".both-texts del",
    ".both-texts ins",
    ".conflict-text",
    ".kept-lines",
    ".gist",
    ".said",
    ".told",
    ".typed-text",
    ".paper-address",
    ".matrix td",
)
#: Values that differ between requests and do not matter to the rules.
_PASSING = re.compile(r'(value|nonce)="[\w.-]{20,}"')
_good: set[int] = set()


def submit_buttons(form: Element) -> list[Element]:
    """Submit buttons of a form in document order."""
    return [button for button in form.select("button") if button.get("type", "submit") == "submit"]


def _does(button: Element) -> tuple[object, ...]:
    return tuple(button.get(name) for name in ("name", "value", "formaction"))


def pressed_by_enter(form: Element) -> tuple[object, ...] | None:
    """The button that Enter in a text field presses: the first one. None if there is only one button."""
    buttons = submit_buttons(form)
    return _does(buttons[0]) if len(buttons) > 1 and form.select(TYPED_IN) else None


def main_action(form: Element) -> tuple[object, ...] | None:
    """The first primary button of the form."""
    main = [button for button in submit_buttons(form) if "btn-primary" in button.get("class", "").split()]
    return _does(main[0]) if main and pressed_by_enter(form) is not None else None


def check(response: TestResponse, page: Element, path: str) -> None:
    """Assert all rules."""
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value], (path, name)
    if response.mimetype != "text/html" or response.status_code in {301, 302, 303}:
        return
    html = response.get_data(as_text=True)
    lasting = hash(_PASSING.sub("", html))
    if lasting in _good:
        return
    assert not valid_html.errors_in(html), (path, valid_html.errors_in(html))
    _check_head(page, path)
    _check_controls(page, path)
    twice = [name for name, times in Counter(tag["id"] for tag in page.select("[id]")).items() if times > 1]
    assert not twice, (path, "unique ids", twice)
    assert not page.select("[style], script:not([src]), [onclick]"), (path, "nothing inline")
    assert "None" not in page.get_text(" ").split(), (path, "None is shown")
    _check_white_space(page, path)
    _good.add(lasting)


def _check_head(page: Element, path: str) -> None:
    headings, titles = page.select("h1"), page.select("title")
    assert len(headings) == 1, (path, "one h1")
    assert headings[0].text, (path, "a heading with words")
    assert titles[0].text, (path, "a title")
    assert page.get("lang") in {"id", "en"}, (path, "a language")


def _check_white_space(page: Element, path: str) -> None:
    """Line breaks of a template are in no address, and in no text whose white space is shown."""
    for link in page.select("[href], [src], [action], [formaction]"):
        for name in ("href", "src", "action", "formaction"):
            assert not re.search(r"\s", link.get(name) or ""), (path, "no space in an address", str(link)[:200])
    for shown in page.select(", ".join(SHOWN_AS_TYPED)):
        assert not re.match(r"\n *(?=\S)", shown.get_text()), (path, "a text as it was typed", str(shown)[:200])


def _check_controls(page: Element, path: str) -> None:
    labelled = {label["for"] for label in page.select("label[for]")}
    for control in page.select("input, select, textarea"):
        has_words = control.get("id") in labelled or control.has_attr("aria-label") or control.find_parent("label")
        assert has_words or control.get("type") in UNLABELLED, (path, "a label", str(control)[:200])
    for form in page.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]"), (path, "a CSRF token")
    for form in page.select("form[method=post]"):
        shown = len(form.select(".field")) - len(form.select("details .field, .form-row .field, .paper .field"))
        assert shown <= SHOWN_AT_ONCE, (path, "few fields before what is folded", shown, str(form)[:200])
    for form in page.select("form"):
        assert pressed_by_enter(form) == main_action(form), (path, "Enter presses the main button", str(form)[:200])
