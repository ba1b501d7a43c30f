"""Cells and sheets as they were read, and why a file cannot be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from tracker.lists.formats import column_letters

Value = str | int | Decimal | float | date | datetime | time | bool | None
#: What spreadsheets show instead of a result. LibreOffice numbers some of its own: «Err:502».
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}")


class Flaw(StrEnum):
    """Why the value of a cell cannot be used as it is."""

    ERROR = "error"
    #: A formula whose result is not stored in the file.
    NO_RESULT = "no_result"
    #: Empty because it is merged with the cell that `merged_with` names.
    MERGED = "merged"


class Fault(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    EXPANDS_TOO_MUCH = "expands_too_much"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    WEB_PAGE = "web_page"
    PASSWORD = "password"  # noqa: S105  # no password but the name of a fault
    DAMAGED = "damaged"
    TAKES_TOO_LONG = "takes_too_long"
    NO_SHEETS = "no_sheets"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    LONG_CELL = "long_cell"


@dataclass(frozen=True)
class Remark:
    """Something to say about a file, column or cell. `commands.remarks.sentence` says it in the reader's language."""

    code: StrEnum
    details: Mapping[str, object] = field(default_factory=dict)


class UnreadableFile(Exception):
    def __init__(self, fault: Fault, **details: object) -> None:
        super().__init__(fault)
        self.remark = Remark(fault, details)


def address(row: int, column: int) -> str:
    """«B7» of the seventh row and the second column, both counted from 0."""
    return f"{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    #: «B7». In a text file the row counts records, as a spreadsheet that opens it would.
    address: str
    #: Whether it is formatted as a percentage: the value 0.125 is shown as «12,5 %».
    is_percent: bool = False
    has_no_result: bool = False
    #: The address of the cell whose value this one shows, if they are merged.
    merged_with: str | None = None

    @property
    def flaw(self) -> Flaw | None:
        if self.has_no_result:
            return Flaw.NO_RESULT
        if isinstance(self.value, str) and _ERROR.fullmatch(self.value.strip()):
            return Flaw.ERROR
        return Flaw.MERGED if self.merged_with and self.value is None else None

    @property
    def shows_percent(self) -> bool:
        return self.is_percent or (isinstance(self.value, str) and self.value.rstrip().endswith("%"))

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.has_no_result

    @property
    def text(self) -> str:
        """As a person would read it: «5/5/2025» for a date, without a thousands separator for a number."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, int | float | Decimal):
            return f"{_plain(Decimal(str(value)) * 100)} %" if self.is_percent else _plain(Decimal(str(value)))
        return value


def _plain(number: Decimal) -> str:
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool
    #: All of the same length, from cell A1 on. Empty rows at the end are left out.
    rows: tuple[tuple[Cell, ...], ...]
