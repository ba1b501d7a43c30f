"""What reading a cell gives: a value, or the problem that keeps it from being read; and reading texts. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tracker.imports.formats.cells import Cell, Flaw, Remark

#: No date, number, period or time is longer; patterns are not tried on longer texts.
LONGEST_VALUE = 100
T = TypeVar("T")
#: Spreadsheets keep 15 digits of a number: a longer one, say a NIP, has lost the others.
LARGEST_EXACT = 10**15
MONTHS_OF_YEAR = 12
#: Pattern of a year that is written out.
YEAR = r"(?:19|20|21)\d\d"


class ValueRemark(StrEnum):
    # Problems
    ERROR = "error"
    NO_RESULT = "no_result"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    MONTH_FIRST = "month_first"
    NO_DAY = "no_day"
    NO_YEAR = "no_year"
    WRONG_WEEKDAY = "wrong_weekday"
    OUTSIDE_YEARS = "outside_years"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_A_PERCENTAGE = "not_a_percentage"
    TOO_LARGE = "too_large"
    DIGITS_LOST = "digits_lost"
    NOT_A_YEAR = "not_a_year"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_PERIOD = "not_a_period"
    NO_SUCH_PERIOD = "no_such_period"
    NOT_A_CHOICE = "not_a_choice"
    NEAR_CHOICE = "near_choice"
    TOO_LONG = "too_long"
    MERGED = "merged"
    DITTO = "ditto"
    # Notes
    MERGED_DOWN = "merged_down"
    SERIAL_NUMBER = "serial_number"
    END_OF_PERIOD = "end_of_period"
    DAY_FIRST = "day_first"
    THOUSANDS = "thousands"
    DECIMALS = "decimals"
    SMALL_PERCENTAGE = "small_percentage"


@dataclass(frozen=True)
class Reading(Generic[T]):
    """None without a problem means that the cell is empty."""

    value: T | None = None
    problem: Remark | None = None
    note: Remark | None = None


#: How offices leave a cell empty; the lists of this product write «belum ditetapkan».
_BLANKS = frozenset({"", "belum ditetapkan", "not yet set", "n/a", "na", "nihil", "tba", "tbd"})


def is_blank(cell: Cell) -> bool:
    if cell.has_no_result or not isinstance(cell.value, str):
        return cell.value is None and not cell.has_no_result
    return " ".join(cell.value.casefold().split()).strip("-–—_.… ") in _BLANKS


_NOT_YET = frozenset({"belum", "belum ada", "belum ditentukan", "belum diketahui", "not yet", "unknown"})
_DITTO = frozenset({"idem", "sda", "s.d.a", "s. d. a", "ditto", '"', "''", "”", "“", "〃"})


def says_not_yet(cell: Cell) -> bool:
    """Where a day, a number or somebody is asked for: «belum» leaves it empty."""
    return isinstance(cell.value, str) and _said(cell.value) in _NOT_YET


def ditto(cell: Cell) -> Reading[T] | None:
    """«sda», «idem», «"»: what is meant stands in another row, which may have been sorted or left out."""
    is_ditto = isinstance(cell.value, str) and _said(cell.value) in _DITTO
    return problem_of(ValueRemark.DITTO, cell) if is_ditto else None


def _said(written: str) -> str:
    return " ".join(written[:LONGEST_VALUE].casefold().split()).strip(" .-")


def problem_of(code: ValueRemark, cell: Cell, **details: object) -> Reading[T]:
    return Reading(problem=Remark(code, {"cell": cell.address, "text": cell.text, **details}))


def note_of(code: ValueRemark, cell: Cell, **details: object) -> Remark:
    return Remark(code, {"cell": cell.address, "text": cell.text, **details})


def merged(cell: Cell) -> Remark:
    """Of a cell that is merged with another: that it shows the value of that one, or that it has none."""
    return note_of(ValueRemark.MERGED if cell.is_empty else ValueRemark.MERGED_DOWN, cell, first=cell.merged_with)


def without_value(cell: Cell, too_long: ValueRemark | None = None) -> Reading[T] | None:
    """What is said of a cell without a value, whatever its column is about; `too_long` where only short texts are."""
    match cell.flaw:
        case Flaw.ERROR:
            return problem_of(ValueRemark.ERROR, cell)
        case Flaw.NO_RESULT:
            return problem_of(ValueRemark.NO_RESULT, cell)
    if is_blank(cell):
        return Reading()
    is_long = too_long is not None and isinstance(cell.value, str) and len(cell.value) > LONGEST_VALUE
    return problem_of(too_long, cell) if too_long and is_long else None


def text(cell: Cell, longest: int | None = None) -> Reading[str]:
    unusable: Reading[str] | None = without_value(cell)
    if unusable:
        return unusable
    if isinstance(cell.value, int) and not isinstance(cell.value, bool) and abs(cell.value) >= LARGEST_EXACT:
        return problem_of(ValueRemark.DIGITS_LOST, cell)
    if longest is not None and len(cell.text) > longest:
        return problem_of(ValueRemark.TOO_LONG, cell, count=len(cell.text), max=longest)
    return Reading(cell.text)


_ENTRY = re.compile(r"(?:\d{1,3}[.)]|[-–•*·]|[a-zA-Z][.)])\s+")


def entries(cell: Cell) -> Reading[tuple[str, ...]]:
    """Several entries in one cell, on lines of their own or between semicolons, numbered or not."""
    whole = text(cell)
    if whole.value is None:
        return Reading(problem=whole.problem, note=whole.note)
    parts = (_ENTRY.sub("", part.strip(), count=1).strip() for part in re.split(r"[\n;]", whole.value))
    return Reading(tuple(part for part in parts if part))
