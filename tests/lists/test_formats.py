"""Whatever people typed arrives in a spreadsheet as the text it was, and nothing of it runs."""

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tracker.lists import formats
from tracker.lists.formats import LONGEST_CELL, Row, Sheet

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0",
           "http://example.org", "a;b,c\"d", "#let x = 1", "*bold* _x0041_", "<b>&amp;</b>", "1e5", "007"]  # fmt: skip
# What requests let through: no control characters but tab and line ends, no surrogates.
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


def written(one: Sheet, write: Any) -> bytes:
    target = io.BytesIO()
    write(one, target)
    return target.getvalue()


def xlsx_rows(one: Sheet, tab: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(one, formats.write_xlsx)))
    return book.get_sheet_by_index(tab).to_python()


def csv_rows(one: Sheet) -> list[list[str]]:
    text = written(one, formats.write_csv).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if one.language == "id" else ","))


def test_no_text_becomes_a_formula_in_a_spreadsheet() -> None:
    made = written(sheet([[text] for text in HOSTILE]), formats.write_xlsx)
    found = xlsx_rows(sheet([[text] for text in HOSTILE]))

    assert [row[0] for row in found[1:]] == HOSTILE
    page = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"<hyperlink" not in page


def test_no_cell_of_a_csv_begins_like_a_formula() -> None:
    found = csv_rows(sheet([[text] for text in HOSTILE]))

    assert [row[0].removeprefix("'") for row in found[1:]] == HOSTILE
    assert not [row[0] for row in found[1:] if row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4))
def test_any_text_comes_back_as_it_was(rows: list[Row]) -> None:
    if not rows:
        return
    as_xlsx = [["" if cell is None else str(cell) for cell in row] for row in xlsx_rows(sheet(rows))[1:]]
    as_csv = csv_rows(sheet(rows, "en"))[1:]

    while rows and not any(rows[-1]):  # a reader leaves out what is empty at the end
        rows = rows[:-1]
    assert as_xlsx[: len(rows)] == [list(row) for row in rows]
    assert as_csv[: len(rows)] == [[formats.inert(cell) for cell in row] for row in rows]


def test_a_cell_too_long_is_cut_between_characters_and_reported() -> None:
    one = sheet([["pendek", "a" * (LONGEST_CELL - 1) + "😀"]])
    body = xlsx_rows(one)
    notes = xlsx_rows(sheet([["pendek", "a" * (LONGEST_CELL - 1) + "😀"]]), tab=1)
    rows = csv_rows(sheet([["pendek", "b" * 40_000]]))

    assert body[1][1] == "a" * (LONGEST_CELL - 1)
    assert ["", f"B2: {LONGEST_CELL + 1}"] in notes
    assert len(rows[1][1]) == LONGEST_CELL
    assert rows[-2:] == [["Catatan"], ["B2: 40000"]]


def test_a_number_that_a_spreadsheet_cannot_hold_stays_text() -> None:
    found = xlsx_rows(sheet([[Decimal("1234.5"), 7, Decimal("0.1234567890123456789"), None]]))

    assert found[1] == [1234.5, 7.0, "0.1234567890123456789", "belum ditetapkan"]


def test_the_paper_lies_on_its_side_and_repeats_its_head() -> None:
    rows = [[f"#let baris = {number}", "teks *apa* adanya"] for number in range(120)]
    pages = PdfReader(io.BytesIO(formats.pdf(sheet(rows)))).pages

    assert len(pages) > 1
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all("Kolom 1" in page.extract_text() for page in pages)
    assert "#let baris = 119" in pages[-1].extract_text()
