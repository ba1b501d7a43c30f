"""Finds the row of headings of a sheet, and which column holds which field. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.imports.formats.cells import Cell, Sheet
from tracker.people.formats import folded

#: Lines above the headings, such as title, addressee and remarks; no office form has more of them.
_ROWS_LOOKED_AT = 40
_MOST_HEADING_ROWS = 3
#: Between the lines of a heading of several rows.
BETWEEN_LINES = "\N{LINE SEPARATOR}"
_LONGEST_HEADING = 200
#: The share of letters that may differ in a near heading, and from what length on headings can be near.
_NEAR, _SHORTEST_NEAR = 0.2, 5
_TOLD, _EXACT, _SHORTENED, _SIMILAR = 4, 3, 2, 1
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
#: Below the headings, office forms number the columns: «1 2 3» or «(1) (2) (3)», also «(7=5/6)».
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}[a-z]?\)?|\(?\d{1,2}\s?=.{1,20}\)?")
#: Who signs below a table stands in one or two of its columns.
_MOST_SIGNATURES = 2
_TOTAL = re.compile(r"(?:sub\s?|grand\s?)?(?:jumlah|total)\b.{0,40}", re.IGNORECASE)


@dataclass(frozen=True)
class TableField:
    name: str
    #: As it may be headed, in both languages; the first is the one of our own files.
    headings: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True)
class Heading:
    column: int
    text: str
    #: Its lowest cell, such as «C4».
    address: str


@dataclass(frozen=True)
class Columns:
    #: By the name of the field: its column, counted from 0.
    of_fields: Mapping[str, int]
    headings: tuple[Heading, ...]
    #: Columns with a heading that no field has. They are not read.
    unmatched: tuple[Heading, ...]
    #: Fields whose heading was only near, with the heading.
    near: Mapping[str, Heading]
    #: Required fields without a column.
    lacking: tuple[str, ...]
    #: The first row below the headings, counted from 0; None if no heading was found.
    first_row: int | None

    @property
    def is_found(self) -> bool:
        return self.first_row is not None


@dataclass(frozen=True)
class DataRow:
    #: As the sheet numbers it, from 1 on.
    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Rows:
    rows: tuple[DataRow, ...]
    #: Numbers of rows that are no entries: totals, headings of groups, and what is below the table.
    left_out: tuple[int, ...] = field(default=())


def columns_of(
    sheet: Sheet,
    fields: Sequence[TableField],
    *,
    by_hand: Mapping[int, str | None] | None = None,
    remembered: Mapping[str, str | None] | None = None,
) -> Columns:
    """Match headings with fields; each field gets at most one column, and each column at most one field.

    `by_hand` says of columns which field they hold (None: no field), `remembered` of folded headings. The hand wins
    over what is remembered, and both over the names.
    """
    candidates = list(headings_in(sheet))
    known = _Known(fields, by_hand or {}, remembered or {})
    best = max(candidates, key=lambda headings: _worth(known, headings), default=[])
    if not _is_head(known, best):
        return Columns({}, (), (), {}, tuple(each.name for each in fields if each.is_required), None)
    matches = known.matches(best)
    of_fields = {name: heading.column for name, (heading, _) in matches.items()}
    below = max(row_of(heading.address) for heading in best) + 1
    return Columns(
        of_fields=of_fields,
        headings=tuple(best),
        unmatched=tuple(heading for heading in best if heading.column not in set(of_fields.values())),
        near={name: heading for name, (heading, sureness) in matches.items() if sureness == _SIMILAR},
        lacking=tuple(each.name for each in fields if each.is_required and each.name not in of_fields),
        first_row=below + numbering_rows(sheet, below),
    )


def row_of(address: str) -> int:
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1


def _worth(known: "_Known", headings: Sequence[Heading]) -> tuple[int, int, int]:
    """More fields first, then the fewer rows, then the higher one."""
    matches = known.matches(headings)
    rows = [row_of(heading.address) for heading in headings] or [0]
    lines = sum(heading.text.count(BETWEEN_LINES) for heading in headings)
    return sum(sureness for _, sureness in matches.values()), -lines, -max(rows)


def _is_head(known: "_Known", headings: Sequence[Heading]) -> bool:
    """A single word among others is no head: instructions name fields too."""
    matches = known.matches(headings)
    is_told = any(sureness == _TOLD for _, sureness in matches.values())
    return is_told or len(matches) > 1 or 0 < len(headings) <= 2 * len(matches)


def headings_in(sheet: Sheet) -> Iterator[list[Heading]]:
    """Headings as they would be if they stood in these one to three rows."""
    last = min(len(sheet.rows), _ROWS_LOOKED_AT)
    for first, height in product(range(last), range(1, _MOST_HEADING_ROWS + 1)):
        if first + height <= last and any(not cell.is_empty for cell in sheet.rows[first]):
            yield list(_headings(sheet, first, height))


def _headings(sheet: Sheet, first: int, height: int) -> Iterator[Heading]:
    """A heading above several columns belongs to each of them that has a heading of its own below."""
    lines = [sheet.rows[row] for row in range(first, first + height)]
    above: list[str] = [""] * (height - 1)
    for column in range(len(lines[0])):
        own = [lines[level][column].text[:_LONGEST_HEADING].strip() for level in range(height)]
        for level in range(height - 1):
            if own[level]:
                above[level:] = [own[level], *[""] * (height - 2 - level)]
            elif any(own[level + 1 :]):
                own[level] = above[level]
        if any(own):
            lowest = max(level for level in range(height) if lines[level][column].text or level == 0)
            parts = dict.fromkeys(part for part in own if part)
            yield Heading(column, BETWEEN_LINES.join(parts), lines[lowest][column].address)


class _Known:
    def __init__(
        self,
        fields: Sequence[TableField],
        by_hand: Mapping[int, str | None],
        remembered: Mapping[str, str | None],
    ) -> None:
        self.by_hand, self.remembered = by_hand, remembered
        self.names = {each.name for each in fields}
        self.exact: dict[str, list[str]] = {}
        self._looked_at: dict[str, Sequence[tuple[str, int, float]]] = {}
        for each in fields:
            for heading in each.headings:
                named = self.exact.setdefault(folded(heading), [])
                named += [each.name] if each.name not in named else []

    def matches(self, headings: Sequence[Heading]) -> dict[str, tuple[Heading, int]]:
        """By the name of the field: its heading, and how sure the match is."""
        chosen = {
            name: (heading, _EXACT) for heading in headings if (name := self.by_hand.get(heading.column)) in self.names
        }
        proposals = sorted(
            (
                (-sureness, distance, heading.column, name, heading)
                for heading in headings
                if heading.column not in self.by_hand
                for name, sureness, distance in self._proposals(heading.text)
                if name not in chosen
            ),
            key=lambda proposal: proposal[:3],
        )
        taken = {heading.column for heading, _ in chosen.values()}
        for sureness, _, column, name, heading in proposals:
            if name not in chosen and column not in taken:
                chosen[name] = (heading, -sureness)
                taken.add(column)
        return {name: match for name, match in chosen.items() if name is not None}

    def _proposals(self, text: str) -> Sequence[tuple[str, int, float]]:
        """The same headings are looked at several times, alone and with the rows above and below."""
        if text not in self._looked_at:
            self._looked_at[text] = list(self._proposals_for(text))
        return self._looked_at[text]

    def _proposals_for(self, text: str) -> Iterator[tuple[str, int, float]]:
        """(field, sureness, distance), by the whole heading, without what is in brackets, or its last line."""
        whole = folded(text)
        if whole in self.remembered:
            name = self.remembered[whole]
            if name in self.names:
                yield name or "", _TOLD, 0.0
            return
        lines = text.split(BETWEEN_LINES)
        shortened = [folded(_IN_BRACKETS.sub(" ", text)), folded(lines[-1]), folded(_IN_BRACKETS.sub(" ", lines[-1]))]
        if whole in self.exact:
            yield from self._named(whole, _EXACT)
            return
        for shorter in shortened:
            if shorter in self.exact:
                yield from self._named(shorter, _SHORTENED)
        yield from self._near(shortened[0])

    def _named(self, heading: str, sureness: int) -> Iterator[tuple[str, int, float]]:
        """What several fields are called goes to the first that no heading of its own has taken."""
        names = self.exact[heading]
        for place, name in enumerate(names):
            yield name, sureness, place + 1.0 if len(names) > 1 else 0.0

    def _near(self, written: str) -> Iterator[tuple[str, int, float]]:
        if len(written) < _SHORTEST_NEAR:
            return
        near = process.extract(
            written, list(self.exact), scorer=OSA.normalized_distance, score_cutoff=_NEAR, limit=None
        )
        for heading, distance, _ in near:
            yield self.exact[heading][0], _SIMILAR, distance


def numbering_rows(sheet: Sheet, below: int) -> int:
    if below >= len(sheet.rows):
        return 0
    texts = [cell.text.strip() for cell in sheet.rows[below] if not cell.is_empty]
    numbers = [int(re.sub(r"\D.*", "", text.strip("("))) for text in texts if _COLUMN_NUMBER.fullmatch(text)]
    is_counting = len(numbers) == len(texts) > 1 and numbers == sorted(numbers) and numbers[0] <= 1
    return 1 if is_counting and len(set(numbers)) > 1 else 0


def rows_of(sheet: Sheet, columns: Columns, fields: Sequence[TableField]) -> Rows:
    """The rows below the headings with a value in a column that is read, but for totals and what follows the table."""
    if columns.first_row is None:
        return Rows(())
    required = [each.name for each in fields if each.is_required and each.name in columns.of_fields]
    rows, left_out = [], []
    firsts = _first_of_merged(sheet.rows[columns.first_row :])
    for at in range(columns.first_row, len(sheet.rows)):
        number = row_of(sheet.rows[at][-1].address) + 1
        cells = ((name, sheet.rows[at][column]) for name, column in columns.of_fields.items())
        row = DataRow(number, {name: _filled_down(cell, firsts) for name, cell in cells})
        if all(cell.is_empty for cell in sheet.rows[at]):
            continue
        if all(cell.is_empty for cell in row.cells.values()) or _is_aside(sheet.rows[at], row, required):
            left_out.append(number)
        else:
            rows.append(row)
    end = _end_of_table(sheet, rows, required)
    while rows and required and _is_below(rows[-1], required, end):
        left_out.append(rows.pop().number)
    return Rows(tuple(rows), tuple(sorted(left_out)))


def _first_of_merged(lines: Sequence[Sequence[Cell]]) -> Mapping[str, Cell]:
    """By address: the cells in which the values of merged ones stand."""
    named = {cell.merged_with for line in lines for cell in line if cell.merged_with}
    return {cell.address: cell for line in lines for cell in line if cell.address in named} if named else {}


def _filled_down(cell: Cell, firsts: Mapping[str, Cell]) -> Cell:
    """What is merged over several rows counts for each of them: «Rapim Mei» beside its four tasks."""
    first = firsts.get(cell.merged_with or "")
    is_below = first is not None and cell.is_empty and _letters(first.address) == _letters(cell.address)
    return replace(first, address=cell.address, merged_with=first.address) if first and is_below else cell


def _letters(address: str) -> str:
    return address.rstrip("0123456789")


def _end_of_table(sheet: Sheet, rows: Sequence[DataRow], required: Sequence[str]) -> int:
    """The number of the first empty row below the last complete entry; that of the last row if there is none."""
    complete = [row.number for row in rows if not any(row.cells[name].is_empty for name in required)]
    last = next(reversed(complete or [row.number for row in rows[:1]]), 0)
    numbered = [(row_of(cells[-1].address) + 1, cells) for cells in sheet.rows]
    empty = (number for number, cells in numbered if number > last and all(cell.is_empty for cell in cells))
    return next(empty, numbered[-1][0])


def _is_below(row: DataRow, required: Sequence[str], end: int) -> bool:
    """Whether this last row is no entry: it stands apart from the table and has few cells, as signatures do."""
    is_lacking = any(row.cells[name].is_empty for name in required)
    written = sum(not cell.is_empty for cell in row.cells.values())
    return is_lacking and row.number > end and written <= max(_MOST_SIGNATURES, len(row.cells) // 2)


def _is_aside(cells: Sequence[Cell], row: DataRow, required: Sequence[str]) -> bool:
    """Whether it is a total, or the heading of a group, merged across the table."""
    written = [cell for cell in cells if not cell.is_empty]
    is_across = len(written) == 1 and sum(cell.merged_with == written[0].address for cell in cells) * 2 >= len(cells)
    is_total = any(isinstance(cell.value, str) and _TOTAL.fullmatch(cell.value) for cell in written[:2])
    lacks_one = not required or any(row.cells[name].is_empty for name in required)
    return is_across or (is_total and lacks_one)
