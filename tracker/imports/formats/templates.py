"""Writes spreadsheets to fill in: the template of a kind, and the rows of a file that could not be imported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from rvgsrust_xlsxwriter import DataValidation, Format, Workbook, Worksheet

from tracker.imports.formats.cells import Cell
from tracker.lists.formats import DATE_FORMATS, column_letters, cut, is_exact, tab_name

#: Rows that have the lists to choose from and the formats.
_ROWS = 5000
#: Limits of Excel for the message beside a cell.
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_LIST_SHEET = "_"
_HEAD, _HEAD_NEEDED, _FAULTY = "#E8EDF3", "#F6E3B4", "#F8D7DA"
ColumnFormat = Literal["text", "day", "time", "number", "percent"]
_NUMBER_FORMATS = {"text": "@", "time": "hh:mm", "number": "General", "percent": "0.######\\ %"}


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    heading: str
    #: What to write there; shown beside the cell and on the sheet of instructions.
    hint: str = ""
    #: What else the instructions say about the column, such as that it is required.
    remark: str = ""
    is_required: bool = False
    format: ColumnFormat = "text"
    choices: Sequence[str] = ()
    #: Whether only the choices can be right.
    is_closed: bool = False
    width: int = 20


@dataclass(frozen=True, kw_only=True)
class Instructions:
    """The words of the second sheet, in the reader's language."""

    title: str
    lines: Sequence[str]
    #: The headings of its table: column, what to write, remark.
    headings: tuple[str, str, str]


@dataclass(frozen=True)
class FaultyRow:
    cells: Sequence[Cell | None]
    #: What is wrong, in one text.
    fault: str
    #: The columns with the faults, counted from 0.
    faulty: Sequence[int] = ()


def template(title: str, columns: Sequence[TemplateColumn], instructions: Instructions, *, language: str) -> bytes:
    """XLSX with the headings alone; typed text stays text, so that a NIP keeps its digits."""
    book = Workbook()
    page = book.add_worksheet(tab_name(title))
    _prepare(book, page, columns, language)
    _instruct(book, instructions, columns)
    _offer(book, page, columns)
    return book.save_to_buffer()


def faulty_rows(
    title: str, columns: Sequence[TemplateColumn], rows: Iterable[FaultyRow], *, fault_heading: str, language: str
) -> bytes:
    """XLSX of the same columns and one that says what is wrong. Corrected, it can be imported as it is."""
    book = Workbook()
    page = book.add_worksheet(tab_name(title))
    _prepare(book, page, columns, language)
    last = len(columns)
    page.set_column_width(last, 60)
    page.write(0, last, cut(fault_heading), _head(book, _FAULTY))
    plain, faulty = _formats(book, language), _formats(book, language, _FAULTY)
    wrapped = book.add_format().set_text_wrap().set_vertical_align("top")
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row.cells):
            if cell is not None and cell.value is not None:
                _write(page, number, column, cell, faulty if column in row.faulty else plain)
            elif column in row.faulty:
                page.write(number, column, "", faulty["text"])
        page.write(number, last, cut(row.fault), wrapped)
    _offer(book, page, columns)
    return book.save_to_buffer()


def _head(book: Workbook, color: str) -> Format:
    head = book.add_format().set_bold().set_text_wrap().set_vertical_align("top")
    return head.set_background_color(color).set_border("thin")


def _formats(book: Workbook, language: str, color: str = "") -> dict[str, Format]:
    codes = {**_NUMBER_FORMATS, "day": DATE_FORMATS[language]}
    formats = {
        name: book.add_format().set_num_format(code).set_vertical_align("top").set_align("left")
        for name, code in codes.items()
    }
    if color:
        for each in formats.values():
            each.set_background_color(color)
    return formats


def _prepare(book: Workbook, page: Worksheet, columns: Sequence[TemplateColumn], language: str) -> None:
    formats, optional, required = _formats(book, language), _head(book, _HEAD), _head(book, _HEAD_NEEDED)
    for number, column in enumerate(columns):
        page.set_column_width(number, column.width)
        page.set_column_format(number, formats[column.format])
        star = " *" if column.is_required else ""
        page.write(0, number, cut(column.heading) + star, required if column.is_required else optional)
    page.freeze_panes(1, 1)


def _write(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    value = cell.value
    if isinstance(value, date):
        page.write(row, column, value, formats["day"])
    elif isinstance(value, time):
        page.write(row, column, value, formats["time"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool) and is_exact(Decimal(str(value))):
        page.write(row, column, float(value), formats["percent" if cell.is_percent else "number"])
    else:
        page.write(row, column, cut(cell.text), formats["text"])


def _instruct(book: Workbook, instructions: Instructions, columns: Sequence[TemplateColumn]) -> None:
    page = book.add_worksheet(tab_name(instructions.title))
    head, wrapped = _head(book, _HEAD), book.add_format().set_text_wrap().set_vertical_align("top")
    for number, width in enumerate((30, 80, 30)):
        page.set_column_width(number, width)
    for number, line in enumerate(instructions.lines):
        page.write(number, 0, cut(line))
    first = len(instructions.lines) + 1
    for number, words in enumerate(instructions.headings):
        page.write(first, number, words, head)
    for number, column in enumerate(columns, first + 1):
        for at, words in enumerate((column.heading, column.hint, column.remark)):
            page.write(number, at, cut(words), wrapped)


def _offer(book: Workbook, page: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    """Lists to choose from stand on a hidden sheet, since a rule itself holds no more than 255 characters."""
    lists = book.add_worksheet(_LIST_SHEET) if any(column.choices for column in columns) else None
    for number, column in enumerate(columns):
        rule = DataValidation()
        if column.choices and lists is not None:
            lists.write_column(0, number, [cut(choice) for choice in column.choices])
            letters = column_letters(number)
            rule.allow_list_formula(f"={_LIST_SHEET}!${letters}$1:${letters}${len(column.choices)}")
            rule.set_error_style("stop" if column.is_closed else "information")
            rule.show_error_message(column.is_closed)
        else:
            rule.allow_any_value()
        if column.hint:
            rule.set_input_title(column.heading[:_LONGEST_TITLE])
            rule.set_input_message(column.hint[:_LONGEST_MESSAGE])
        if column.choices or column.hint:
            page.add_data_validation(1, number, _ROWS, number, rule)
    if lists is not None:
        lists.hide()
