"""Every field of every form at its edges: nothing sent causes an error, gets lost, or is stored as something else.

The forms are those of the pages that somebody may open on the stage. Each request is stopped before its commit, so that
every request finds the same rows.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from babel.numbers import NumberFormatError, parse_decimal
from flask import Flask
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.elements import Element, parsed
from tests.security import stage
from tests.security.stage import Client, Standing
from tests.security.test_matrix import ROLES, WouldStore, cases
from tests.visitor import filled
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.texts import UNSTORABLE_SIGN

#: The walk is divided into parts: `make long` takes eight at a time, `make test` some of one page in eight.
PARTS = 96
SAMPLE = pytest.param(8, range(0, PARTS, 8), id="a sample")
LATER = [
    pytest.param(1, range(first, first + 8), marks=pytest.mark.long, id=f"from {first}") for first in range(0, PARTS, 8)
]
#: Fields that a browser fills in, not a user.
CARRIED = {"csrf_token", "once", "version"}
URLENCODED = "application/x-www-form-urlencoded"
Values = dict[str, list[str]]

OTHER_DIGITS, RIGHT_TO_LEFT, HUGE = "٣٤", "\u202eterbalik\u202c \u200fkata", "9" * 400
NUL, LONE_SURROGATE = "dua\0kata", "dua \ud800kata"
TEXTS = ["", "a", " dua  kata ", "satu\r\ndua", NUL, LONE_SURROGATE, RIGHT_TO_LEFT, OTHER_DIGITS, HUGE]
DAYS = ["", "0001-01-01", "9999-12-31", "1945-01-01", "2200-12-31", "2026-02-30", "٢٠٢٦-٠١-٠٢", HUGE, NUL, "31-12-2099"]
TIMES = ["", "00:00", "23:59", "24:00", "٢٣:٥٩", "13.30", HUGE, NUL]
NUMBERS = ["", "0", "-0", "1e9999", "NaN", "Infinity", "²", OTHER_DIGITS, "1.234,5", "0,0000001", HUGE, NUL]
CHOICES = ["", "-1", "0", "٣", "2147483648", "999999999", HUGE, NUL, LONE_SURROGATE]
TICKS = ["", "0", "y", HUGE, NUL]
#: Fields whose text is read before it is stored, and how, by the form's address.
READ_FIRST = {
    ("/imports/new", "cells"): "a table, whose rows are shown before they are stored",
    ("/meetings/N/attendance/new", "new_name"): "names have single spaces and no signs for the direction of writing",
    ("/meetings/new", "names"): "a name on each line, with title and post",
    ("/meetings/new/text/read", "text"): "the rows read from it are stored once they are confirmed",
    ("/meetings/N/minutes/roll-call", "attendee"): "it may hold name, titles and post",
    ("/reorganisations/N/sheet", "cells"): "the lines read from it are stored",
    ("/reorganisations/N/lines/new", "predecessor"): "the name of a unit, post or person that exists",
    ("/reorganisations/N/lines/N/edit", "predecessor"): "the name of a unit, post or person that exists",
    ("/actions/N/edit", "correction_reason"): "kept with a correction only; nothing else was changed",
    ("/targets/values/N/edit", "correction_reason"): "kept with a correction only; nothing else was changed",
}
#: The box in which a combobox searches, beside the field of what is chosen; tests/core say what is kept of it.
SEARCHED = "-typed"
#: Kinds of controls that show again what was typed into them.
TYPED = {"text", "textarea", "date", "time", "number", "email", "search", "url", "tel"}


@dataclass(frozen=True)
class Form:
    """A form as a page shows it to a client, and what a browser sends once its required fields are filled in."""

    client: Client
    action: str
    element: Element
    values: Values

    @property
    def shape(self) -> str:
        return re.sub(r"\d+", "N", self.action)

    @property
    def controls(self) -> dict[str, Element]:
        found = self.element.select("input[name], textarea[name], select[name]")
        typed = [control for control in found if not control.has_attr("readonly")]
        return {control["name"]: control for control in typed if control["name"] not in CARRIED}


@dataclass(frozen=True)
class Sending:
    """What is sent instead of the filled-in form: `typed` is the value of the field, None if it has no single one."""

    name: str
    values: Values
    typed: str | None = None
    files: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}={self.values.get(self.name) if self.typed is None else self.typed!r:.60}"


def kind_of(control: Element) -> str:
    if control.name != "input":
        return control.name
    kind = control.get("type") or "text"
    return "number" if control.get("inputmode") in {"decimal", "numeric"} else kind


def edges_of(control: Element) -> list[str]:
    kind, longest = kind_of(control), control.get("maxlength")
    if kind in {"date", "time", "number"}:
        return {"date": DAYS, "time": TIMES, "number": NUMBERS}[kind]
    if kind in {"select", "hidden"}:
        return CHOICES
    if kind in {"checkbox", "radio"}:
        return TICKS
    if kind == "file":
        return ["", "kata"]
    return [*TEXTS, *(["x" * int(longest), "x" * (int(longest) + 1)] if longest else NUMBERS)]


def sendings(form: Form) -> Iterator[Sending]:
    for name, control in form.controls.items():
        for edge in edges_of(control):
            yield Sending(name, {**form.values, name: [edge]}, edge)
        rest = {other: value for other, value in form.values.items() if other != name}
        yield Sending(name, {**rest, name: [*form.values.get(name, [""]), "lain"]})
        yield Sending(
            name, {**rest, **{f"{name}{suffix}": ["kata"] for suffix in ("[]", "[kata]", "-0", "-x", ".kata")}}
        )
        yield Sending(name, rest, files={name: (io.BytesIO(b"isi"), "x.txt")})


def with_required(form: Element) -> Values:
    """What a browser sends after a user has filled in what is required, and no more."""
    values = filled(form)
    for control in form.select("[required]"):
        name, kind = control["name"], kind_of(control)
        if any(values.get(name, [])):
            continue
        if kind == "select":
            values[name] = [option["value"] for option in control.select("option[value]") if option["value"]][:1]
        elif kind in {"checkbox", "radio"}:
            values[name] = [control.get("value") or "on"]
        elif kind != "file":
            values[name] = [{"date": "2026-11-20", "time": "10:00", "number": "5"}.get(kind, "Kata uji")]
    return values


@contextmanager
def stopped_at_commit() -> Iterator[list[Any]]:
    """Collects all values of the rows that a request would have stored."""
    values: list[Any] = []

    def note(session: Session, _: Any) -> None:
        for row in [*session.new, *session.dirty]:
            values.extend(row.__dict__.get(column.key) for column in inspect(row).mapper.column_attrs)

    def stop(session: Session) -> None:
        session.flush()
        raise WouldStore

    event.listen(db.session, "after_flush", note)
    event.listen(db.session, "before_commit", stop, insert=True)
    try:
        yield values
    except WouldStore:
        pass
    finally:
        event.remove(db.session, "after_flush", note)
        event.remove(db.session, "before_commit", stop)


def send(form: Form, values: Values, files: dict[str, Any]) -> tuple[TestResponse | None, list[Any]]:
    """The answer, or None and the values of the rows that would have been stored."""
    client, answer = form.client.client, None
    with stopped_at_commit() as stored:
        if files:
            answer = client.post(form.action, data={**values, **files}, buffered=True)
        else:
            pairs = [(name, value) for name, several in values.items() for value in several]
            body = urlencode(pairs, errors="surrogatepass")
            answer = client.post(form.action, data=body, content_type=URLENCODED, buffered=True)
    return answer, stored


def forms_on(page: TestResponse) -> list[Element]:
    return parsed(page.get_data(as_text=True)).select("main form[method=post]")


def shown_again(form: Form, answer: TestResponse) -> Element | None:
    return next((other for other in forms_on(answer) if other["action"] == form.action), None)


def forms_of_the_stage(app: Flask, session: Session, step: int) -> list[Form]:
    """Each form of one page in so many, once, as the first role sees it that may open its page."""
    clients, found = stage.sign_in_everybody(app), {}
    pages = [case for case in cases(app, session) if case.method == "GET"]
    for case in pages[::step]:
        names = [name for name, role in ROLES.items() if role in case.rule.roles]
        if not names:
            continue
        page = clients[names[0]].get(case.path)
        if page.status_code != 200 or page.mimetype != "text/html":
            continue
        for element in forms_on(page):
            form = Form(clients[names[0]], element["action"], element, with_required(element))
            if form.controls:
                found.setdefault(form.shape, form)
    return [confirmed(form) for form in found.values()]


def confirmed(form: Form) -> Form:
    """With its warnings confirmed, if it has any."""
    answer, _ = send(form, form.values, {})
    again = shown_again(form, answer) if answer is not None and answer.status_code == 422 else None
    return replace(form, values=with_required(again)) if again else form


def complaint(form: Form, sending: Sending) -> str | None:
    try:
        answer, stored = send(form, sending.values, sending.files)
    except Exception as fault:  # of whatever kind
        return f"fails: {fault!r:.200}"
    if answer is None:
        return stored_otherwise(form, sending, stored)
    if answer.status_code >= 500:
        return f"fails: {answer.status_code}"
    return lost(form, sending, answer) if answer.status_code in {409, 422} else None


def lost(form: Form, sending: Sending, answer: TestResponse) -> str | None:
    again = shown_again(form, answer)
    if again is None:
        return f"the form is gone: {answer.status_code}"
    shown = filled(again)
    kept = {
        name: as_a_browser_has_it(" ".join(shown.get(name, [])))
        in {as_a_browser_has_it(sent[0]), as_a_browser_has_it(" ".join(sent))}
        for name, sent in sending.values.items()
        if sent and not name.endswith(SEARCHED)
        if (control := form.controls.get(name)) and is_shown_again(control, sent[0])
    }
    gone = [(name, sending.values[name], shown.get(name)) for name in kept if not kept[name]]
    return f"lost: {gone!r:.300}" if gone else None


def is_shown_again(control: Element, value: str) -> bool:
    if kind_of(control) == "select":
        return value in {option["value"] for option in control.select("option[value]")}
    return kind_of(control) in TYPED


def as_a_browser_has_it(text: str) -> str:
    """Without what differs between the wire and a parsed page: line ends, and how many signs stand for bad ones."""
    text = re.sub("[\0\ud800-\udfff]", UNSTORABLE_SIGN, text)
    return re.sub(f"{UNSTORABLE_SIGN}+", UNSTORABLE_SIGN, re.sub("\r\n?", "\n", text))


def stored_otherwise(form: Form, sending: Sending, stored: list[Any]) -> str | None:
    values = list(flat(stored))
    texts = {value for value in values if isinstance(value, str)}
    if any(re.search(f"[\0\ud800-\udfff{UNSTORABLE_SIGN}]", text) for text in texts):
        return "stores what no database can hold"
    typed, is_typed = sending.typed, kind_of(form.controls[sending.name]) in TYPED
    is_new = typed is not None and typed.strip() and [typed] != form.values.get(sending.name)
    is_read_first = sending.name.endswith(SEARCHED) or (form.shape, sending.name) in READ_FIRST
    if not is_typed or not is_new or is_read_first:
        return None
    if any(reading in values for reading in readings_of(typed)) or set(typed.split("\r\n")) <= texts:
        return None
    return f"stored otherwise: {sorted(texts)!r:.300}"


def flat(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from flat(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for part in value:
            yield from flat(part)
    elif isinstance(value, datetime):
        yield from (value, value.date())
    else:
        yield value


def readings_of(typed: str) -> Iterator[Any]:
    """What a field may make of it by the rules of `core.fields`: trimmed, or the day, time or number that is meant."""
    text = typed.replace("\r\n", "\n").strip()
    yield from (text, typed.strip())
    for pattern in ("%Y-%m-%d", "%d-%m-%Y"):
        with suppress(ValueError):
            yield datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
    if re.fullmatch(r"\d\d[:.]\d\d", text):
        yield time(int(text[:2]), int(text[3:]))
    with suppress(NumberFormatError):
        yield Decimal(parse_decimal(text, locale="id", strict=True))


@pytest.mark.one_database
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("step", "parts"), [SAMPLE, *LATER])
def test_what_is_sent_causes_no_error_and_is_kept_or_stored(
    app: Flask, session: Session, step: int, parts: range
) -> None:
    stage.build(app, session)
    stage.set_scene(session, Standing(Classification.ORDINARY, Classification.ORDINARY, takes_part=False))
    forms, sent, complaints = forms_of_the_stage(app, session, step), 0, {}
    for number, form in enumerate(forms):
        for turn, sending in enumerate(sendings(form), number):
            if turn % PARTS in parts:
                sent += 1
                if (wrong := complaint(form, sending)) is not None:
                    complaints[form.shape, str(sending)] = wrong

    assert complaints == {}
    assert len(forms) > 100 // step
    assert sent > 50
