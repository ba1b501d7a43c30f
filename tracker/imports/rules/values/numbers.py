"""Numbers, percentages and years. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.imports.formats.cells import Cell, Remark
from tracker.imports.rules.values.reading import (
    LARGEST_EXACT,
    Reading,
    ValueRemark,
    note_of,
    problem_of,
    without_value,
)


class Notation(StrEnum):
    """How the numbers of a column are written."""

    DECIMAL_COMMA = "decimal_comma"
    DECIMAL_POINT = "decimal_point"


_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*|,-{1,2}$|\s+(?=\d)", re.IGNORECASE)
_PERCENT_IN_WORDS = re.compile(r"\s*(?:persen|per\s?cent)$", re.IGNORECASE)
_MINUS = re.compile(r"^[−–—-]\s*")
_GROUPED = {
    Notation.DECIMAL_COMMA: re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+"),
    Notation.DECIMAL_POINT: re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"),
}
#: «1.234» and «1,234»: 1234, or a little more than 1.
_EITHER_WAY = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _bare(written: str) -> tuple[str, bool, bool]:
    """The figures, whether they are negative, and whether a % follows."""
    plain = "".join(written.split("\N{NO-BREAK SPACE}")).strip()
    plain = _PERCENT_IN_WORDS.sub("%", plain)
    is_percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    in_brackets = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if in_brackets else plain
    plain = _CURRENCY.sub("", plain)
    is_negative = in_brackets or _MINUS.match(plain) is not None
    return _CURRENCY.sub("", _MINUS.sub("", plain)).removeprefix("+"), is_negative, is_percent


def notation_of(cells: Iterable[Cell]) -> Notation | None:
    """How a column writes its numbers, as far as one of them can only be read one way; None if none decides it."""
    votes = dict.fromkeys(Notation, 0)
    for cell in cells:
        if isinstance(cell.value, str):
            figures, *_ = _bare(cell.value)
            readable = [notation for notation in Notation if _GROUPED[notation].fullmatch(figures)]
            if len(readable) == 1:
                votes[readable[0]] += 1
    comma, point = votes[Notation.DECIMAL_COMMA], votes[Notation.DECIMAL_POINT]
    if comma == point:
        return None
    return Notation.DECIMAL_COMMA if comma > point else Notation.DECIMAL_POINT


def number(cell: Cell, *, notation: Notation | None = None, percent: bool = False) -> Reading[Decimal]:
    """A number. With `percent`, of a column that counts per cent: 12.5 for «12,5 %», 0.125 shown so, and 12.5.

    `notation` is that of the column (`notation_of`). Where nothing decides, «1.234» is read as Indonesians write it.
    """
    unusable: Reading[Decimal] | None = without_value(cell, ValueRemark.NOT_A_NUMBER)
    if unusable:
        return unusable
    value = cell.value
    if isinstance(value, str):
        return _number_in_words(value, cell, notation, percent=percent)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return problem_of(ValueRemark.NOT_A_NUMBER, cell)
    read = Decimal(str(value))
    if cell.is_percent:
        return _sized(read * 100, cell) if percent else problem_of(ValueRemark.NOT_A_PERCENTAGE, cell)
    is_small = percent and 0 < read <= 1 and read % 1 != 0
    return _sized(read, cell, note_of(ValueRemark.SMALL_PERCENTAGE, cell, value=read) if is_small else None)


def _number_in_words(written: str, cell: Cell, notation: Notation | None, *, percent: bool) -> Reading[Decimal]:
    figures, is_negative, is_percent = _bare(written)
    if is_percent and not percent:
        return problem_of(ValueRemark.NOT_A_PERCENTAGE, cell)
    ways = [way for way in Notation if figures.isascii() and _GROUPED[way].fullmatch(figures)]
    if not ways:
        return problem_of(ValueRemark.NOT_A_NUMBER, cell)
    way = (notation if notation in ways else None) or ways[0]
    read = _value_of(figures, way) * (-1 if is_negative else 1)
    note = None
    if notation is None and _EITHER_WAY.fullmatch(figures):
        note = note_of(ValueRemark.THOUSANDS if abs(read) >= 1000 else ValueRemark.DECIMALS, cell, value=read)
    return _sized(read, cell, note)


def _value_of(figures: str, notation: Notation) -> Decimal:
    if notation is Notation.DECIMAL_COMMA:
        return Decimal(figures.replace(".", "").replace(",", "."))
    return Decimal(figures.replace(",", ""))


def _sized(value: Decimal, cell: Cell, note: Remark | None = None) -> Reading[Decimal]:
    if abs(value) >= LARGEST_EXACT:
        return problem_of(ValueRemark.TOO_LARGE, cell)
    return Reading(value.normalize() if value % 1 else value.quantize(Decimal(1)), note=note)


def whole_number(cell: Cell) -> Reading[int]:
    """Separators in it can only be those of thousands, unless that leaves no whole number."""
    read = number(cell, notation=_whole_notation(cell))
    if read.value is None:
        return Reading(problem=read.problem, note=read.note)
    return Reading(int(read.value)) if read.value % 1 == 0 else problem_of(ValueRemark.NOT_WHOLE, cell)


def _whole_notation(cell: Cell) -> Notation:
    is_english = isinstance(cell.value, str) and re.search(r"\d,\d{3}(?!\d)", cell.value) is not None
    return Notation.DECIMAL_POINT if is_english else Notation.DECIMAL_COMMA


def year(cell: Cell) -> Reading[int]:
    """«2025», «TA 2025», «Tahun 2025», or a date's."""
    unusable: Reading[int] | None = without_value(cell, ValueRemark.NOT_A_YEAR)
    if unusable:
        return unusable
    if isinstance(cell.value, date):
        return Reading(cell.value.year)
    found = re.fullmatch(r"(?:\D{1,20}\s)?(\d{4})", cell.text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return problem_of(ValueRemark.NOT_A_YEAR, cell)
    return Reading(int(found[1]))
