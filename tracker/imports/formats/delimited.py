"""Reads text files and pasted cells, with any usual delimiter and in the encodings that Excel writes."""

import csv
import io
import re
from collections import Counter

from tracker.core.delimited import from_inert
from tracker.imports.formats.cells import Cell, Fault, Sheet, UnreadableFile
from tracker.imports.formats.spreadsheets import LIMITS, text_of, without_empty_end
from tracker.lists.formats import LONGEST_CELL, column_letters

DELIMITERS = "\t;,|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: What decides about encoding and delimiter.
_RARE = 0.2
_LOOKED_AT, _LINES_LOOKED_AT = 64 * 1024, 50
#: Control characters that no text has; a damaged one may have a few.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FEW_CONTROL, _MOST_CONTROL = 5, 0.01
#: A file that Excel wrote may begin with the delimiter it uses.
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
#: Other programs name web pages and XML .xls, and Excel opens them.
_WEB_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<table|<\?xml|<style|<meta|<div)", re.IGNORECASE)
_LONGEST_FIELD = 4 * LONGEST_CELL


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with or without a byte order mark, otherwise Windows-1252."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None) or _utf_16(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace") if encoding else content.decode("cp1252", "replace")
    looked_at = text[:_LOOKED_AT]
    if "\0" in looked_at or len(_CONTROL.findall(looked_at)) > max(_FEW_CONTROL, _MOST_CONTROL * len(looked_at)):
        raise UnreadableFile(Fault.NOT_A_SPREADSHEET)
    return text


def _utf_16(content: bytes) -> str | None:
    """Latin letters in UTF-16 have a zero as every second byte."""
    head = content[: _LOOKED_AT // 16]
    zeros = Counter(at % 2 for at, byte in enumerate(head) if byte == 0)
    if not head or max(zeros.values(), default=0) < len(head) * 0.3:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def sheet_of(text: str, name: str) -> Sheet:
    if _WEB_PAGE.match(text):
        raise UnreadableFile(Fault.WEB_PAGE)
    said = _SEP.match(text)
    delimiter = said[1] if said else delimiter_of(text)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text[said.end() :] if said else text, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            _check(len(records), len(record), name)
    except csv.Error as error:
        raise UnreadableFile(Fault.LONG_CELL, cell=f"{name} {len(records) + 1}", max=LONGEST_CELL) from error
    width = max(map(len, records), default=0)
    if len(records) * width > LIMITS.cells:
        raise UnreadableFile(Fault.TOO_MANY_CELLS, max=LIMITS.cells)
    letters = [column_letters(column) for column in range(width)]
    rows = [
        tuple(
            Cell(text_of(from_inert(written), name, place := f"{letters[column]}{row}"), place)
            for column, written in enumerate([*record, *[""] * (width - len(record))])
        )
        for row, record in enumerate(records, 1)
    ]
    return Sheet(name, hidden=False, rows=without_empty_end(rows))


def _check(rows: int, columns: int, name: str) -> None:
    if rows > LIMITS.rows:
        raise UnreadableFile(Fault.TOO_MANY_ROWS, sheet=name, count=rows, max=LIMITS.rows)
    if columns > LIMITS.columns:
        raise UnreadableFile(Fault.TOO_MANY_COLUMNS, sheet=name, count=columns, max=LIMITS.columns)


def delimiter_of(text: str) -> str:
    """The one that divides most of the first records into the same number of cells; a tab if none does."""
    scores = {delimiter: _score(text[:_LOOKED_AT], delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(text: str, delimiter: str) -> float:
    csv.field_size_limit(_LONGEST_FIELD)
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if record:
                widths.append(len(record))
            if len(widths) == _LINES_LOOKED_AT:
                break
    except csv.Error:
        return 0
    # «Budi Santoso, S.H.» below the heading «Nama» is one cell.
    if not widths or (delimiter == "," and widths[0] == 1):
        return 0
    [(width, times)] = Counter(width for width in widths if width > 1).most_common(1) or [(0, 0)]
    share = times / len(widths)
    return width * share if share > _RARE else 0
