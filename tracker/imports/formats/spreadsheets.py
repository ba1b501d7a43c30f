"""Reads XLSX, XLS and ODS files in a process of their own, with limits (ADR 89)."""

import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.core.media_types import OFFICE, OPEN_DOCUMENT, UnacceptableFile, type_of_archive
from tracker.core.texts import storable
from tracker.imports.formats.calamine_process import Limits
from tracker.imports.formats.cells import Cell, Fault, Sheet, UnreadableFile, Value, address
from tracker.lists.formats import LONGEST_CELL, column_letters

OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
#: Names of entries of such a file: of one that holds an encrypted XLSX, and of workbooks.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
PROGRAM = Path(__file__).with_name("calamine_process.py")
LIMITS = Limits(
    memory=1024 * 1024 * 1024, seconds=30, sheets=50, rows=20_000, columns=200, cells=500_000
)  # a register of 10,000 persons has 120,000 cells
_KINDS = {f"{OFFICE}spreadsheetml.sheet": "xlsx", f"{OPEN_DOCUMENT}spreadsheet": "ods"}
_READERS: Mapping[str, Any] = {"m": datetime.fromisoformat, "d": date.fromisoformat, "t": time.fromisoformat}
#: Spreadsheets keep 15 digits; what a float has beyond them is noise.
_DIGITS = 15
_LARGEST_EXACT = 10**15


def kind_of(content: bytes) -> str | None:
    """xlsx, ods or xls; None for anything else."""
    if content.startswith(OLD_EXCEL):
        if _ENCRYPTED in content:
            raise UnreadableFile(Fault.PASSWORD)
        if not any(name in content for name in _OLD_WORKBOOKS):
            raise UnreadableFile(Fault.NOT_A_SPREADSHEET)
        return "xls"
    if not content.startswith(ZIP):
        return None
    try:
        media_type = type_of_archive(io.BytesIO(content), len(content))
    except UnacceptableFile as refused:
        raise UnreadableFile(Fault.EXPANDS_TOO_MUCH) from refused
    kind = _KINDS.get(media_type or "")
    if kind is None:
        raise UnreadableFile(Fault.NOT_A_SPREADSHEET)
    return kind


def sheets_of(kind: str, content: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    command = [sys.executable, "-I", str(PROGRAM), kind, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * LIMITS.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(Fault.TAKES_TOO_LONG) from error
    if done.returncode != 0:
        raise UnreadableFile(Fault.TAKES_TOO_LONG)
    answer = json.loads(done.stdout, parse_float=_decimal)
    if "fault" in answer:
        raise UnreadableFile(Fault(answer.pop("fault")), **answer)
    if not answer["sheets"]:
        raise UnreadableFile(Fault.NO_SHEETS)
    return tuple(_sheet(sheet) for sheet in answer["sheets"])


def _decimal(written: str) -> Decimal:
    return Decimal(f"{float(written):.{_DIGITS}g}")


def _sheet(answer: Mapping[str, Any]) -> Sheet:
    percent = {tuple(place) for place in answer["percent"]}
    without_result = {tuple(place) for place in answer["without_result"]}
    merged = {
        (row, column): address(top, left)
        for top, left, bottom, right in answer["merged"]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    width = max(map(len, answer["rows"]), default=0)
    letters = [column_letters(column) for column in range(width)]
    rows = [
        tuple(
            Cell(
                value=value_of(value, answer["name"], place := f"{letters[column]}{row + 1}"),
                address=place,
                is_percent=(row, column) in percent,
                has_no_result=(row, column) in without_result,
                merged_with=merged.get((row, column)),
            )
            for column, value in enumerate([*line, *[None] * (width - len(line))])
        )
        for row, line in enumerate(answer["rows"])
    ]
    return Sheet(storable(answer["name"]), answer["hidden"], without_empty_end(rows))


def value_of(value: Any, sheet: str, place: str) -> Value:
    if isinstance(value, list):
        letter, written = value
        return _READERS[letter](written)  # type: ignore[no-any-return]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < _LARGEST_EXACT else value
    if isinstance(value, str):
        return text_of(value, sheet, place)
    return value  # type: ignore[no-any-return]


def text_of(written: str, sheet: str, place: str) -> str | None:
    """The text of a cell, without spaces around it; None if it has none."""
    if len(written) > LONGEST_CELL:
        raise UnreadableFile(Fault.LONG_CELL, cell=f"{sheet} {place}", count=len(written), max=LONGEST_CELL)
    return storable(written.replace("\r\n", "\n").replace("\r", "\n")).strip("\N{NO-BREAK SPACE} \t\n") or None


def without_empty_end(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    end = len(rows)
    while end and all(cell.is_empty for cell in rows[end - 1]):
        end -= 1
    return tuple(rows[:end])
