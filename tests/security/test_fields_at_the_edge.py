"""What fields of every form make of what no page sends: one rule for each kind of field, wherever it stands."""

import io
from typing import Any

import pytest
from flask import Flask
from wtforms import FormField, StringField

from tests.visitor import SECRETARIAT, Visitor
from tracker.core.fields import Item, Line, Lines, Paragraph, Pick, PickSeveral, Quote, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.uploads import Upload

pytestmark = pytest.mark.one_database
OFFERED = [(3, "Tiga"), (4, "Empat")]


class _Row(PartForm):
    word = Line("Kata")


class _Form(PageForm):
    line = Line("Baris", needed="Isi baris.")
    text = Paragraph("Teks")
    quote = Quote("Kutipan")
    item = Item("Butir")
    lines = Lines("Butir-butir")
    pick = Pick("Pilihan")
    several = PickSeveral("Beberapa")
    rows = Rows(FormField(_Row), max_entries=20)
    marks = Rows(StringField(), max_entries=20)
    file = Upload("Berkas")


def sent(app: Flask, **values: Any) -> _Form:
    """The form as it was sent, and judged."""
    with app.test_request_context("/", method="POST", data={"line": "Kata", **values}):
        form = _Form()
        form.pick.offer(OFFERED)
        form.several.offer(OFFERED)
        form.validate()
    return form


@pytest.mark.parametrize(
    "name", ["line", "text", "quote", "item", "lines", "pick", "several", "rows-0-word", "marks-0", "once"]
)
def test_a_file_is_nothing_to_a_field_that_takes_none(app: Flask, name: str) -> None:
    with app.test_request_context("/", method="POST", data={name: (io.BytesIO(b"isi"), "x.txt")}):
        form = _Form()
        form.pick.offer(OFFERED)
        form.several.offer(OFFERED)

        assert not form.validate()

    assert form.line.errors == ["Isi baris."]


def test_a_file_comes_to_the_field_that_takes_one(app: Flask) -> None:
    form = sent(app, file=(io.BytesIO(b"isi"), "x.txt"))

    assert form.file.data.filename == "x.txt"
    assert form.line.data == "Kata"


@pytest.mark.parametrize("json", [[1], "x", {"line": 5}, {"line": {"a": 1}}])
def test_what_is_no_form_is_nothing(app: Flask, json: object) -> None:
    with app.test_request_context("/", method="POST", json=json):
        form = _Form()

        assert not form.validate()

    assert form.line.data is None


@pytest.mark.parametrize("row", ["²", "٣", "9" * 20, "9" * 5000, "-1", "x", ""])
def test_a_name_with_a_number_that_no_page_writes_is_no_row(app: Flask, row: str) -> None:
    form = sent(app, **{f"rows-{row}-word": "x", f"marks-{row}": "x", "rows-7-word": "Kata"})

    assert [entry.form.word.data for entry in form.rows.entries] == ["Kata"]
    assert form.marks.entries == []


@pytest.mark.parametrize("written", ["٣", "²", "0", "-3", "+3", " 3", "3_0", "3.0", "9" * 5000, "None ", "5"])
def test_only_the_number_of_a_row_that_is_offered_chooses_it(app: Flask, written: str) -> None:
    form = sent(app, pick=written, several=[written])

    assert form.pick.errors
    assert form.several.errors


@pytest.mark.parametrize(
    "typed", ["  dua  kata ", "\u00a0", "\n\n satu\n", " 1. satu ", " \u200b", "a\n\nb\n", "٣ \u202e"]
)
def test_what_was_typed_is_shown_again_as_it_was_typed(app: Flask, typed: str) -> None:
    form = sent(app, **dict.fromkeys(("line", "text", "quote", "item", "lines"), typed))

    assert {field._value() for field in (form.line, form.text, form.quote, form.item, form.lines)} == {typed}


def test_what_was_put_in_place_of_what_was_typed_is_shown(app: Flask) -> None:
    form = sent(app, line=" satu ")
    form.line.data = "dua"

    assert form.line._value() == "dua"


@pytest.mark.parametrize("unseen", ["", " ", "\u200b", "\u2060\ufeff", "\u202e\u202c", "\u00ad", "\u3000\n\u200d"])
def test_what_has_nothing_to_see_is_empty(app: Flask, unseen: str) -> None:
    form = sent(app, line=unseen, text=unseen, quote=unseen)

    assert form.line.errors == ["Isi baris."]
    assert (form.text.data, form.quote.data) == (None, None)


def test_signs_that_join_stay_within_words(app: Flask) -> None:
    family = "👩\u200d⚖️ \u202eabc"

    assert sent(app, line=family).line.data == family


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/people/1/edit", {"nip": "²" * 18}),
        ("/proposals/1/split", {"parts-0-title_id": "Satu", "parts-1-title_en": "Two", "reason": "Perlu"}),
        ("/targets/4/edit", {"is_cumulative": "bukan"}),
    ],
)
def test_what_would_not_be_kept_is_refused(visit: Visitor, address: str, typed: dict[str, str]) -> None:
    browser = visit.as_(SECRETARIAT)

    page = browser.submit(browser.get(address), address, **typed)

    assert page.status == 422
    assert len(page.problems) == 1
