"""Writes rows as CSV, XLSX or PDF. Typed text stays text: it never becomes a formula or a typesetting command."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from rvgsrust_xlsxwriter import Workbook, Worksheet

from tracker.core import typesetting
from tracker.core.delimited import DELIMITERS, ENCODING, LINE_END, inert

HERE = Path(__file__).parent
#: None means not known yet, "" means there is none. StrEnum members are written as their labels.
Value = str | int | Decimal | date | None
Row = Sequence[Value]

#: Excel's limit, in UTF-16 code units.
LONGEST_CELL = 32_767
DATE_FORMATS = {"id": "[$-421]d mmm yyyy", "en": "[$-809]d mmm yyyy"}
_A4 = 9
#: Line height and maximum row height in points; the average share of a line that text fills.
_LINE, _TALLEST, _FILLED = 15, 409, 0.9
_LONGEST_PRINTED_HEAD = 200
#: Width of a printed list in points: A4 landscape without margins.
_PAPER_WIDTH = 785
#: On paper: font size, width of a bold letter as a share of it, and space beside the text of a cell, in points.
_SIZE, _BOLD, _INSET = 7.5, 0.6, 6


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list to write, in the reader's language. `rows` is lazy, so the rows are never all in memory."""

    language: str
    title: str
    #: (heading, text): the filter, when and for whom it was made.
    about: Sequence[tuple[str, str]]
    headings: Sequence[str]
    #: In characters.
    widths: Sequence[int]
    rows: Iterable[Row]
    notes_title: str
    #: Formats a value as on screen.
    as_text: Callable[[Value], str]
    #: Reports a cell that was cut, from its name and original length.
    cut_sentence: Callable[[str, int], str]
    nothing: str = ""
    #: The sentences that `core.typesetting` needs.
    on_paper: Mapping[str, Any]
    #: Reports of cells that were cut, filled while writing.
    cuts: list[str] = field(default_factory=list)


def units(text: str) -> int:
    """The length in UTF-16 code units, as spreadsheets count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str) -> str:
    """Cut the text to the length of a cell, never inside a surrogate pair."""
    if units(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _fitting(text: str, sheet: Sheet, row: int, column: int) -> str:
    if len(text) <= LONGEST_CELL // 2:
        return text
    short = cut(text)
    if short != text:
        sheet.cuts.append(sheet.cut_sentence(f"{column_letters(column)}{row + 1}", units(text)))
    return short


def column_letters(column: int) -> str:
    before, letter = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + letter)


def write_csv(sheet: Sheet, target: IO[bytes]) -> None:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need. Cells that were cut are listed below the rows."""
    text = TextIOWrapper(target, encoding=ENCODING, errors="replace", newline="")
    writer = csv.writer(text, delimiter=DELIMITERS[sheet.language], lineterminator=LINE_END)
    writer.writerow(sheet.headings)
    for number, row in enumerate(sheet.rows, 1):
        cells = (inert(value if type(value) is str else sheet.as_text(value)) for value in row)
        writer.writerow([_fitting(cell, sheet, number, column) for column, cell in enumerate(cells)])
    if sheet.cuts:
        writer.writerows([[], [sheet.notes_title], *([sentence] for sentence in sheet.cuts)])
    text.flush()
    text.detach()


def write_xlsx(sheet: Sheet, target: IO[bytes]) -> None:
    """XLSX with real dates and numbers, filters, a frozen header that repeats on every printed page, and notes."""
    book = Workbook()
    page = book.add_worksheet(tab_name(sheet.title), constant_memory=True)
    _prepare(book, page, sheet)
    last = _fill(book, page, sheet)
    page.autofilter(0, 0, last, len(sheet.headings) - 1)
    notes = book.add_worksheet(tab_name(sheet.notes_title))
    notes.set_column_width(0, 24)
    notes.set_column_width(1, 100)
    for number, (name, words) in enumerate([*sheet.about, *(("", sentence) for sentence in sheet.cuts)]):
        notes.write(number, 0, cut(name))
        notes.write(number, 1, cut(words))
    target.write(book.save_to_buffer())


def tab_name(words: str) -> str:
    return "".join(char for char in words if char not in "[]:*?/\\'")[:31]


def _prepare(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    head = book.add_format().set_bold().set_text_wrap().set_vertical_align("top")
    head.set_background_color("#E8EDF3").set_border("thin")
    for column, (words, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column_width(column, width)
        page.write(0, column, words, head)
    page.set_row_height(0, _height(sheet.headings, sheet.widths))
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper_size(_A4)
    page.set_print_fit_to_pages(1, 0)
    page.set_repeat_rows(0, 0)
    printed = "; ".join(words for _, words in sheet.about)[:_LONGEST_PRINTED_HEAD].replace("&", "&&")
    page.set_header(f"&L&B{sheet.title.replace('&', '&&')}&R{printed}")
    page.set_footer("&R&P / &N")


def _fill(book: Workbook, page: Worksheet, sheet: Sheet) -> int:
    """Write the rows with their heights. Return the number of the last row."""
    words = book.add_format().set_text_wrap().set_vertical_align("top")
    day = book.add_format().set_num_format(DATE_FORMATS[sheet.language]).set_vertical_align("top").set_align("left")
    number = 0
    for number, row in enumerate(sheet.rows, 1):  # the last number is returned
        page.set_row_height(number, _height(row, sheet.widths))
        for column, value in enumerate(row):
            if type(value) is str:
                page.write(number, column, _fitting(value, sheet, number, column), words)
            elif isinstance(value, date):
                page.write(number, column, value, day)
            elif isinstance(value, int | Decimal) and is_exact(value):
                page.write(number, column, float(value), words)
            else:
                page.write(number, column, _fitting(sheet.as_text(value), sheet, number, column), words)
    return number


def _height(row: Row, widths: Sequence[int]) -> int:
    """The height of a row in points. Only Excel computes it from wrapped text, other programs do not."""
    lines = max(
        (_lines(value, width) for value, width in zip(row, widths, strict=True) if type(value) is str), default=1
    )
    return min(lines * _LINE, _TALLEST)


def _lines(text: str, width: int) -> int:
    """The number of lines in a column of this width. Words are not broken, so lines are not completely filled."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(1 + int(len(part) / (width * _FILLED)) for part in text.splitlines() or [""])


def is_exact(value: int | Decimal) -> bool:
    """Whether the 15 digits of a spreadsheet number represent it exactly. Otherwise it is written as text."""
    return Decimal(repr(float(value))) == value


def pdf(sheet: Sheet) -> bytes:
    """PDF on A4 landscape with repeated header and page numbers."""
    widths = _paper_widths(sheet)
    column_widths = [typesetting.room(width - _INSET, _SIZE) for width in widths]
    data = {
        "language": sheet.language, "title": sheet.title, "about": sheet.about, "widths": widths,
        "headings": typesetting.fitting(sheet.headings, column_widths), "nothing": sheet.nothing,
        "rows": [typesetting.fitting(row, column_widths) for row in _as_text(sheet)],
        **{name: str(words) for name, words in sheet.on_paper.items()},
    }  # fmt: skip
    return typesetting.pdf(HERE / "table.typ", data)


def _paper_widths(sheet: Sheet) -> list[float]:
    """In points. A column is at least as wide as the longest word of its heading, as far as all of them fit."""
    points = [_PAPER_WIDTH * width / sum(sheet.widths) for width in sheet.widths]
    words = [max(map(len, re.split(r"[\s/]", heading)), default=0) for heading in sheet.headings]
    least = [min(length * _SIZE * _BOLD + _INSET, _PAPER_WIDTH / len(points)) for length in words]
    spare = [max(0.0, width - needed) for width, needed in zip(points, least, strict=True)]
    missing = sum(max(0.0, needed - width) for width, needed in zip(points, least, strict=True))
    taken = min(1.0, missing / (sum(spare) or 1))
    return [max(width, needed) - taken * extra for width, needed, extra in zip(points, least, spare, strict=True)]


def report_pdf(report: Mapping[str, Any], picture: tuple[str, str, str] | None) -> bytes:
    """The report of a review, with a picture: its title, SVG, and text alternative."""
    if picture is None:
        return typesetting.pdf(HERE / "report.typ", report)
    title, drawing, words = picture
    data = {**report, "picture_title": title, "picture_words": words}
    return typesetting.pdf(HERE / "report.typ", data, {"picture": drawing.encode()})


def _as_text(sheet: Sheet) -> Iterator[list[str]]:
    return ([sheet.as_text(value) for value in row] for row in sheet.rows)
