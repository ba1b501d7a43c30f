"""From sheets to tables of the fields of a kind, and from cells to values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.imports.commands.fields import Field, Keeper
from tracker.imports.formats import Cell, Sheet
from tracker.imports.rules import (
    DataRow,
    Notation,
    Reading,
    TableField,
    columns_of,
    notation_of,
    rows_of,
    unfolded,
    values,
)
from tracker.imports.rules.columns import BETWEEN_LINES
from tracker.imports.rules.kinds import CellKind, Register
from tracker.people.rules import folded


@dataclass(frozen=True)
class Column:
    heading: str
    #: The heading, folded: what is chosen by hand is remembered by it.
    key: str
    field: str | None
    #: Whether the heading was only near the name of the field.
    is_near: bool = False


@dataclass(frozen=True)
class Table:
    sheet: str
    columns: Sequence[Column]
    rows: Sequence[DataRow]
    #: Numbers of rows with something in them that are no entries.
    left_out: Sequence[int]
    #: Fields that every row needs and that no column holds.
    lacking: Sequence[str]
    #: How numbers are written, by field.
    notations: Mapping[str, Notation | None]


def table_fields(fields: Sequence[Field]) -> list[TableField]:
    return [TableField(one.name, tuple(one.spellings), one.is_needed) for one in fields]


def tables_of(sheets: Sequence[Sheet], keeper: type[Keeper], chosen: Mapping[str, str]) -> list[Table]:
    """The sheets in which headings are found; the first sheet if they are found in none. Hidden sheets are left out."""
    fields = keeper.fields
    shown = [sheet for sheet in sheets if not sheet.hidden and sheet.rows] or list(sheets[:1])
    if keeper.by_period:
        parts, period = keeper.by_period
        side_by_side = table_fields([keeper.field(name) for name in parts])
        [of_period] = table_fields([keeper.field(period)])
        shown = [unfolded(sheet, side_by_side, of_period) for sheet in shown]
    tables = [table for sheet in shown if (table := _table(sheet, fields, chosen))]
    return tables or [_without_headings(shown[0])]


def _table(sheet: Sheet, fields: Sequence[Field], chosen: Mapping[str, str]) -> Table | None:
    known = table_fields(fields)
    columns = columns_of(sheet, known, remembered={key: field or None for key, field in chosen.items()})
    if not columns.is_found:
        return None
    of_column = {column: name for name, column in columns.of_fields.items()}
    found = rows_of(sheet, columns, known)
    rows = found.rows
    numbers = [one.name for one in fields if one.kind in {CellKind.NUMBER, CellKind.PERCENT}]
    return Table(
        sheet=sheet.name,
        columns=[
            Column(heading.text.replace(BETWEEN_LINES, " "), folded(heading.text), of_column.get(heading.column),
                   heading in columns.near.values())
            for heading in columns.headings
        ],
        rows=rows,
        left_out=found.left_out,
        lacking=columns.lacking,
        notations={name: notation_of(row.cells[name] for row in rows if name in row.cells) for name in numbers},
    )  # fmt: skip


def _without_headings(sheet: Sheet) -> Table:
    """What may be chosen by hand: the first row with anything in it as headings."""
    first = next((row for row in sheet.rows if any(not cell.is_empty for cell in row)), ())
    columns = [Column(cell.text, folded(cell.text), None) for cell in first if not cell.is_empty]
    return Table(sheet.name, columns, (), (), (), {})


#: Where «belum» is no answer; in a text, a choice, or between yes and no it is one.
_MAY_BE_OPEN = frozenset({
    CellKind.DAY, CellKind.TIME, CellKind.NUMBER, CellKind.PERCENT, CellKind.WHOLE_NUMBER, CellKind.YEAR,
    CellKind.REFERENCE, CellKind.PERIOD,
})  # fmt: skip


def value_of(cell: Cell, one: Field, notation: Notation | None = None) -> Reading[Any]:
    again: Reading[Any] | None = values.ditto(cell)
    if again:
        return again
    if one.kind in _MAY_BE_OPEN and values.says_not_yet(cell):
        return Reading()
    if one.kind is CellKind.NUMBER:
        return values.number(cell, notation=notation, percent=cell.shows_percent)
    if one.kind is CellKind.CODE:
        return _code(cell, one)
    if one.kind is CellKind.TEXTS:
        read = values.text(cell)
        parts = (read.value or "").replace("\n", ";").split(";")
        return Reading([part.strip() for part in parts if part.strip()], read.problem, read.note)
    if one.kind is CellKind.PERCENT:
        share = values.number(cell, notation=notation, percent=True)
        return Reading(None if share.value is None else round(share.value), share.problem, share.note)
    if one.kind in {CellKind.TEXT, CellKind.REFERENCE, CellKind.PERIOD}:
        read = values.text(cell, one.longest)
        note = values.day(cell).note if one.register is Register.MEETINGS else read.note
        return Reading(read.value.strip() if read.value else None, read.problem, note)
    readers: dict[CellKind, Callable[[Cell], Reading[Any]]] = {
        CellKind.DAY: values.day,
        CellKind.TIME: _time,
        CellKind.YES_NO: values.yes_or_no,
        CellKind.WHOLE_NUMBER: values.whole_number,
        CellKind.YEAR: values.year,
    }
    return readers[one.kind](cell)


def _time(cell: Cell) -> Reading[Any]:
    """A time, or the pair of begin and end that «09.00 s.d. 11.30» names."""
    read = values.hours(cell)
    return Reading(
        read.value if read.value and read.value[1] else read.value and read.value[0], read.problem, read.note
    )


def _code(cell: Cell, one: Field) -> Reading[Any]:
    return values.choice(cell, one.codes_by_spelling)
