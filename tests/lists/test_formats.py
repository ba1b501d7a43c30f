"""Typed text arrives in spreadsheets unchanged and never becomes a formula."""

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tracker.core.delimited import inert
from tracker.lists import formats
from tracker.lists.formats import LONGEST_CELL, Row, Sheet

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0",
           "http://example.org", "a;b,c\"d", "#let x = 1", "*bold* _x0041_", "<b>&amp;</b>", "1e5", "007"]  # fmt: skip
# As in requests: no control characters except tab and line ends, no surrogates.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("=+-@\t\n")
)


def sheet(rows: list[Row], language: str = "id") -> Sheet:
    width = len(rows[0]) if rows else 1
    return Sheet(
        language=language, title="Judul: [uji]/1", about=[("Filter", "= semua & segalanya")],
        headings=[f"Kolom {number}" for number in range(width)], widths=[20] * width, rows=rows,
        notes_title="Catatan", as_text=lambda value: "belum ditetapkan" if value is None else str(value),
        cut_sentence=lambda cell, length: f"{cell}: {length}",
        on_paper={"page": "{page} / {pages}", "glyph_note": "tanpa gambar"},
    )  # fmt: skip


def written(content: Sheet, write: Any) -> bytes:
    target = io.BytesIO()
    write(content, target)
    return target.getvalue()


def xlsx_rows(content: Sheet, tab: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(content, formats.write_xlsx)))
    return book.get_sheet_by_index(tab).to_python()


def csv_rows(content: Sheet) -> list[list[str]]:
    text = written(content, formats.write_csv).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if content.language == "id" else ","))


def test_no_text_becomes_a_formula_in_an_xlsx() -> None:
    file = written(sheet([[text] for text in HOSTILE]), formats.write_xlsx)
    rows = xlsx_rows(sheet([[text] for text in HOSTILE]))

    assert [row[0] for row in rows[1:]] == HOSTILE
    page = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"<hyperlink" not in page


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    rows = csv_rows(sheet([[text] for text in HOSTILE]))

    assert [row[0].removeprefix("'") for row in rows[1:]] == HOSTILE
    assert not [row[0] for row in rows[1:] if row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4))
def test_any_text_survives_a_round_trip(rows: list[Row]) -> None:
    if not rows:
        return
    as_xlsx = [["" if cell is None else str(cell) for cell in row] for row in xlsx_rows(sheet(rows))[1:]]
    as_csv = csv_rows(sheet(rows, "en"))[1:]

    while rows and not any(rows[-1]):  # calamine leaves out empty rows at the end
        rows = rows[:-1]
    assert as_xlsx[: len(rows)] == [list(row) for row in rows]
    assert as_csv[: len(rows)] == [[inert(cell) for cell in row] for row in rows]


def test_a_cell_that_is_too_long_is_cut_between_characters_and_reported() -> None:
    long = sheet([["pendek", "a" * (LONGEST_CELL - 1) + "😀"]])
    body = xlsx_rows(long)
    notes = xlsx_rows(sheet([["pendek", "a" * (LONGEST_CELL - 1) + "😀"]]), tab=1)
    rows = csv_rows(sheet([["pendek", "b" * 40_000]]))

    assert body[1][1] == "a" * (LONGEST_CELL - 1)
    assert ["", f"B2: {LONGEST_CELL + 1}"] in notes
    assert len(rows[1][1]) == LONGEST_CELL
    assert rows[-2:] == [["Catatan"], ["B2: 40000"]]


def test_a_number_with_too_many_digits_is_written_as_text() -> None:
    rows = xlsx_rows(sheet([[Decimal("1234.5"), 7, Decimal("0.1234567890123456789"), None]]))

    assert rows[1] == [1234.5, 7.0, "0.1234567890123456789", "belum ditetapkan"]


def test_the_pdf_is_landscape_and_repeats_its_header() -> None:
    rows = [[f"#let baris = {number}", "teks *apa* adanya"] for number in range(120)]
    pages = PdfReader(io.BytesIO(formats.pdf(sheet(rows)))).pages

    assert len(pages) > 1
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all("Kolom 1" in page.extract_text() for page in pages)
    assert "#let baris = 119" in pages[-1].extract_text()


def test_a_printed_column_holds_the_words_of_its_heading() -> None:
    headings = ["No.", "Kode", *["Unit dan orang pendukung"] * 10]
    content = replace(sheet([[""] * 12]), headings=headings, widths=[5, 21, *[15] * 10])
    starts: dict[str, float] = {}
    PdfReader(io.BytesIO(formats.pdf(content))).pages[0].extract_text(
        visitor_text=lambda text, page, line, *_: starts.setdefault(text.strip(), page[4] + line[4])
    )

    assert starts["Kode"] - starts["No."] > 3 * 4.5 + 3
