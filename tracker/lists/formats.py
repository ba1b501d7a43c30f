"""A sheet of rows as CSV, XLSX or PDF. What people typed stays text: no spreadsheet runs it, no typesetter reads it."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from rvgsrust_xlsxwriter import Workbook, Worksheet

from tracker.core import typesetting

HERE = Path(__file__).parent
#: None is what is not known yet; an empty text is what there is nothing of. A code is a StrEnum, told in its words.
Value = str | int | Decimal | date | None
Row = Sequence[Value]

#: Excel's limit, counted as Excel counts: in UTF-16 units.
LONGEST_CELL = 32_767
#: What makes a spreadsheet take a CSV cell for a formula, the full-width forms included.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DATES = {"id": "[$-421]d mmm yyyy", "en": "[$-809]d mmm yyyy"}
#: Where the comma marks decimals, spreadsheets part columns by semicolons.
_DELIMITERS = {"id": ";", "en": ","}
_A4 = 9
#: The height of a line, and the greatest height of a row, in points; the part of a line that is filled on average.
_LINE, _TALLEST, _FILLED = 15, 409, 0.9
_LONGEST_PRINTED_HEAD = 200
#: The width of a printed list, in points: A4 on its side within its margins.
_PAPER = 785


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is written, in the reader's language; the rows come as they are read, never all at once."""

    language: str
    title: str
    #: What the reader should know about it: the filter, when and for whom it was made.
    about: Sequence[tuple[str, str]]
    headings: Sequence[str]
    #: In characters.
    widths: Sequence[int]
    rows: Iterable[Row]
    notes_title: str
    #: A value in words, as on screen.
    as_text: Callable[[Value], str]
    #: The sentence that reports a cell that was cut: (cell, length it had).
    cut_sentence: Callable[[str, int], str]
    nothing: str = ""
    #: A drawing above the rows on paper: SVG, and what it shows in words.
    picture: tuple[str, str] | None = None
    #: The sentences that `core.typesetting` needs.
    on_paper: Mapping[str, Any]
    #: The sentences about the cells that were cut, filled while writing.
    cuts: list[str] = field(default_factory=list)


def inert(text: str) -> str:
    """The text so that no spreadsheet that opens a CSV runs it as a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def units(text: str) -> int:
    """The length as spreadsheets count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str) -> str:
    """The text as far as one cell holds it; never half a character."""
    if units(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _fitting(text: str, sheet: Sheet, row: int, column: int) -> str:
    if len(text) <= LONGEST_CELL // 2:
        return text
    kept = cut(text)
    if kept != text:
        sheet.cuts.append(sheet.cut_sentence(f"{column_letters(column)}{row + 1}", units(text)))
    return kept


def column_letters(column: int) -> str:
    """A column as spreadsheets name it: A to Z, then AA."""
    before, letter = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + letter)


def write_csv(sheet: Sheet, target: IO[bytes]) -> None:
    """CSV in UTF-8 with the mark by which spreadsheets know it; cells that were cut are named below the rows."""
    text = TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, delimiter=_DELIMITERS[sheet.language], lineterminator="\r\n")
    writer.writerow(sheet.headings)
    for number, row in enumerate(sheet.rows, 1):
        cells = (inert(value if type(value) is str else sheet.as_text(value)) for value in row)
        writer.writerow([_fitting(cell, sheet, number, column) for column, cell in enumerate(cells)])
    if sheet.cuts:
        writer.writerows([[], [sheet.notes_title], *([sentence] for sentence in sheet.cuts)])
    text.flush()
    text.detach()


def write_xlsx(sheet: Sheet, target: IO[bytes]) -> None:
    """XLSX, row by row: real dates and numbers, filters, a frozen head that prints on every page, and the notes."""
    book = Workbook()
    page = book.add_worksheet(_tab(sheet.title), constant_memory=True)
    _prepare(book, page, sheet)
    last = _fill(book, page, sheet)
    page.autofilter(0, 0, last, len(sheet.headings) - 1)
    notes = book.add_worksheet(_tab(sheet.notes_title))
    notes.set_column_width(0, 24)
    notes.set_column_width(1, 100)
    for number, (name, words) in enumerate([*sheet.about, *(("", sentence) for sentence in sheet.cuts)]):
        notes.write(number, 0, cut(name))
        notes.write(number, 1, cut(words))
    target.write(book.save_to_buffer())


def _tab(words: str) -> str:
    """A name that Excel allows for a sheet."""
    return "".join(sign for sign in words if sign not in "[]:*?/\\'")[:31]


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
    """Write the rows, each as high as its texts need; answer with the number of the last one."""
    words = book.add_format().set_text_wrap().set_vertical_align("top")
    day = book.add_format().set_num_format(_DATES[sheet.language]).set_vertical_align("top").set_align("left")
    number = 0
    for number, row in enumerate(sheet.rows, 1):  # the last number is the answer
        page.set_row_height(number, _height(row, sheet.widths))
        for column, value in enumerate(row):
            if type(value) is str:
                page.write(number, column, _fitting(value, sheet, number, column), words)
            elif isinstance(value, date):
                page.write(number, column, value, day)
            elif isinstance(value, int | Decimal) and _is_exact(value):
                page.write(number, column, float(value), words)
            else:
                page.write(number, column, _fitting(sheet.as_text(value), sheet, number, column), words)
    return number


def _height(row: Row, widths: Sequence[int]) -> int:
    """The height of a row, in points; spreadsheets other than Excel do not work it out from texts that wrap."""
    lines = max(
        (_lines(value, width) for value, width in zip(row, widths, strict=True) if type(value) is str), default=1
    )
    return min(lines * _LINE, _TALLEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width; words are not broken, so that lines are not quite full."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(1 + int(len(part) / (width * _FILLED)) for part in text.splitlines() or [""])


def _is_exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet's 15 digits hold it; otherwise it is written as text, digit for digit."""
    return Decimal(repr(float(value))) == value


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF on A4, landscape; head repeated, pages numbered."""
    rooms = [typesetting.room(_PAPER * width / sum(sheet.widths) - 6, 7.5) for width in sheet.widths]
    told = {
        "language": sheet.language, "title": sheet.title, "about": sheet.about, "widths": sheet.widths,
        "headings": typesetting.fitting(sheet.headings, rooms), "nothing": sheet.nothing,
        "rows": [typesetting.fitting(row, rooms) for row in _in_words(sheet)],
        **{name: str(words) for name, words in sheet.on_paper.items()},
    }  # fmt: skip
    if sheet.picture is None:
        return typesetting.pdf(HERE / "table.typ", told)
    drawing, words = sheet.picture
    return typesetting.pdf(HERE / "table.typ", {**told, "picture_words": words}, {"picture": drawing.encode()})


def _in_words(sheet: Sheet) -> Iterator[list[str]]:
    return ([sheet.as_text(value) for value in row] for row in sheet.rows)
