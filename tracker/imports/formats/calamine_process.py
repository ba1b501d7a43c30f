"""Reads one spreadsheet in a process of its own: `python -I calamine_process.py KIND LIMITS <file >json`.

A hostile file can make any reader of spreadsheets take all memory or abort the whole process. Here it only ends this
one, whose memory and time are limited. Nothing of the project is imported, so that it starts quickly.

python-calamine keeps neither errors nor number formats nor formulas (the cells come out empty, or as plain numbers), so
those are collected from the XML of the file; from the old XLS format, which has none, by xlrd.
"""

import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import product
from math import isfinite
from typing import Any
from xml.parsers import expat

import python_calamine
import xlrd

CHUNK = 1 << 16
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_TABLE, _OFFICE, _CALC = (
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0 ", "urn:oasis:names:tc:opendocument:xmlns:office:1.0 ",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 ",
)  # fmt: skip
#: The formats 9 and 10 are «0%» and «0.00%» in every file (ECMA-376, 18.8.30).
_BUILT_IN_PERCENT = frozenset({"9", "10"})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
Place = tuple[int, int]


class Refused(Exception):
    def __init__(self, fault: str, **details: object) -> None:
        super().__init__(fault)
        self.answer = {"fault": fault, **details}


@dataclass
class Marks:
    """What calamine does not tell about a sheet."""

    errors: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    without_result: set[Place] = field(default_factory=set)


@dataclass(frozen=True)
class Limits:
    memory: int
    seconds: int
    sheets: int
    rows: int
    columns: int
    cells: int

    def check_place(self, sheet: str, row: int, column: int) -> None:
        """Before calamine lays out every cell up to there."""
        if row >= self.rows:
            raise Refused("too_many_rows", sheet=sheet, count=row + 1, max=self.rows)
        if column >= self.columns:
            raise Refused("too_many_columns", sheet=sheet, count=column + 1, max=self.columns)


def parse(stream: Any, start: Any, end: Any = None, text: Any = None) -> None:
    """Names come as «namespace name», so that prefixes do not matter."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.buffer_text = True
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def shows_percent(format_code: str) -> bool:
    return "%" in _QUOTED.sub("", format_code)


def percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the cell styles that show a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats, styles = set(_BUILT_IN_PERCENT), []
    within = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        match local(name):
            case "cellXfs" | "cellStyleXfs" | "dxfs":
                within = local(name)
            case "numFmt" if within != "dxfs" and shows_percent(attributes.get("formatCode", "")):
                formats.add(attributes.get("numFmtId", ""))
            case "xf" if within == "cellXfs":
                styles.append(attributes.get("numFmtId", "0"))

    with archive.open("xl/styles.xml") as stream:
        parse(stream, start)
    return {str(number) for number, style in enumerate(styles) if style in formats}


def parts_of_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part) of each sheet of an XLSX file."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get(_RELATION, "")))

    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        parse(stream, relation)
    with archive.open("xl/workbook.xml") as stream:
        parse(stream, sheet)
    for name, relation_id in sheets:
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation_id, ""))).lstrip("/")
        if part in archive.namelist():
            yield name, part


class XlsxSheet:
    def __init__(self, name: str, percent: set[str], limits: Limits) -> None:
        self.name, self.percent, self.limits, self.marks = name, percent, limits, Marks()
        self.row, self.column = -1, -1
        self.place, self.style, self.kind = (0, 0), "", ""
        self.has_formula, self.within, self.value = False, "", ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
            case "c":
                self._begin(attributes)
            case "f":
                self.has_formula = True
            case "v" | "t":
                self.within = "v"

    def _begin(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if found := _CELL.fullmatch(attributes.get("r", "")):
            self.row, self.column = int(found[2]) - 1, number_of_column(found[1])
        self.place = (self.row, self.column)
        self.style, self.kind = attributes.get("s", ""), attributes.get("t", "")
        self.has_formula, self.value = False, ""

    def text(self, text: str) -> None:
        if self.within:
            self.value += text

    def end(self, name: str) -> None:
        match local(name):
            case "v" | "t":
                self.within = ""
            case "c":
                self._finish()

    def _finish(self) -> None:
        if not self.value and not self.has_formula:
            return
        self.limits.check_place(self.name, *self.place)
        if not self.value and self.kind != "str":
            self.marks.without_result.add(self.place)
        elif self.kind == "e":
            self.marks.errors[self.place] = self.value
        elif self.style in self.percent:
            self.marks.percent.add(self.place)


def number_of_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def xlsx_marks(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Marks]:
    percent, marks = percent_styles(archive), {}
    for name, part in parts_of_sheets(archive):
        sheet = XlsxSheet(name, percent, limits)
        with archive.open(part) as stream:
            parse(stream, sheet.start, sheet.end, sheet.text)
        marks[name] = sheet.marks
    return marks


class OdsSheets:
    """Counts cells the way the format does: one element can stand for many equal cells or rows."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.marks = limits, dict[str, Marks]()
        self.name, self.row, self.column, self.rows, self.cells = "", 0, 0, 1, 0
        self.with_error: list[Place] = []
        self.error = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.removeprefix(_TABLE):
            case "table":
                self.name, self.row = attributes.get(f"{_TABLE}name", ""), 0
                self.marks[self.name] = Marks()
            case "table-row":
                self.column, self.rows = 0, max(1, int(attributes.get(f"{_TABLE}number-rows-repeated", 1)))
            case "table-cell" | "covered-table-cell" if self.name in self.marks:
                self._cell(attributes)

    def text(self, text: str) -> None:
        if self.with_error:
            self.error += text

    def end(self, name: str) -> None:
        match name.removeprefix(_TABLE):
            case "table-row":
                self.row += self.rows
            case "table-cell" | "covered-table-cell" if self.with_error:
                self.marks[self.name].errors.update(dict.fromkeys(self.with_error, self.error.strip() or "#VALUE!"))
                self.with_error, self.error = [], ""

    def _cell(self, attributes: dict[str, str]) -> None:
        columns = max(1, int(attributes.get(f"{_TABLE}number-columns-repeated", 1)))
        kind, formula = attributes.get(f"{_OFFICE}value-type"), attributes.get(f"{_TABLE}formula")
        if kind or formula:
            self.limits.check_place(self.name, self.row + self.rows - 1, self.column + columns - 1)
            self.cells += self.rows * columns
            if self.cells > self.limits.cells:
                raise Refused("too_many_cells", max=self.limits.cells)
            first, marks = self.column, self.marks[self.name]
            places = [(self.row + down, first + right) for down in range(self.rows) for right in range(columns)]
            if kind == "percentage":
                marks.percent.update(places)
            elif not kind:
                marks.without_result.update(places)
            elif attributes.get(f"{_CALC}value-type") == "error":
                self.with_error = places
        self.column += columns


def ods_marks(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Marks]:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    if b"encryption-data" in manifest:
        raise Refused("password")
    sheets = OdsSheets(limits)
    with archive.open("content.xml") as stream:
        parse(stream, sheets.start, sheets.end, sheets.text)
    return sheets.marks


def xls_marks(content: bytes, limits: Limits) -> dict[str, Marks]:
    marks = {}
    with xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO()) as book:
        percent = {key for key, each in book.format_map.items() if shows_percent(each.format_str or "")}
        for sheet in book.sheets():
            limits.check_place(sheet.name, sheet.nrows - 1, sheet.ncols - 1)
            marks[sheet.name] = Marks()
            for row, column in product(range(sheet.nrows), range(sheet.ncols)):
                kind = sheet.cell_type(row, column)
                if kind == xlrd.XL_CELL_ERROR:
                    code = sheet.cell_value(row, column)
                    marks[sheet.name].errors[row, column] = xlrd.error_text_from_code.get(code, "#VALUE!")
                elif kind == xlrd.XL_CELL_NUMBER:
                    style = book.xf_list[sheet.cell_xf_index(row, column)]
                    if style.format_key in percent:
                        marks[sheet.name].percent.add((row, column))
    return marks


def marks_of(kind: str, content: bytes, limits: Limits) -> dict[str, Marks]:
    if kind == "xls":
        return xls_marks(content, limits)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.testzip() is not None:  # a part that is larger than it says would pass the limits
            raise Refused("damaged")
        return xlsx_marks(archive, limits) if kind == "xlsx" else ods_marks(archive, limits)


def as_json(value: object) -> object:
    """Dates and times as a pair of a letter and their text; numbers as JSON writes them."""
    if isinstance(value, datetime):
        return ["m", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, float) and not isfinite(value):
        return "#NUM!"
    return None if value == "" else value


def read(kind: str, content: bytes, limits: Limits) -> list[dict[str, Any]]:
    marks = marks_of(kind, content, limits)
    book = python_calamine.load_workbook(io.BytesIO(content))
    all_sheets = [
        (number, sheet)
        for number, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if len(all_sheets) > limits.sheets:
        raise Refused("too_many_sheets", count=len(all_sheets), max=limits.sheets)
    answers, cells = [], 0
    for number, about in all_sheets:
        answer = read_sheet(book.get_sheet_by_index(number), marks.get(about.name, Marks()), limits)
        cells += sum(map(len, answer["rows"]))
        if cells > limits.cells:
            raise Refused("too_many_cells", max=limits.cells)
        answers.append({"name": about.name, "hidden": "Hidden" in str(about.visible), **answer})
    return answers


def read_sheet(sheet: Any, marks: Marks, limits: Limits) -> dict[str, Any]:
    row, column = sheet.end or (0, 0)
    limits.check_place(sheet.name, row, column)
    rows = [[as_json(value) for value in line] for line in sheet.to_python(skip_empty_area=False)]
    for place, words in marks.errors.items():
        put(rows, place, words)
    for place in marks.without_result:
        put(rows, place, None)
    merged = [
        [top, left, min(bottom, len(rows) - 1), min(right, limits.columns)]
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return {
        "rows": rows,
        "percent": sorted(marks.percent),
        "without_result": sorted(marks.without_result),
        "merged": merged[: limits.rows],
    }


def put(rows: list[list[object]], place: Place, value: object) -> None:
    """Calamine ends a sheet at its last value, so an error after it has no cell yet."""
    row, column = place
    rows.extend([] for _ in range(len(rows), row + 1))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def restrict(kind: int, most: int) -> None:
    """Never above what the service itself may use."""
    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, allowed))


def main() -> None:
    kind, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    restrict(resource.RLIMIT_AS, limits.memory)
    restrict(resource.RLIMIT_CPU, limits.seconds)
    restrict(resource.RLIMIT_CORE, 0)
    try:
        answer: dict[str, Any] = {"sheets": read(kind, sys.stdin.buffer.read(), limits)}
    except Refused as refusal:
        answer = refusal.answer
    except python_calamine.PasswordError:
        answer = {"fault": "password"}
    except xlrd.XLRDError as error:
        answer = {"fault": "password" if "encrypted" in str(error) else "damaged"}
    except MemoryError:
        answer = {"fault": "takes_too_long"}
    except BaseException:  # a panic of the Rust library is no Exception
        answer = {"fault": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
