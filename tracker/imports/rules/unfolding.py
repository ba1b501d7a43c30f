"""Tables with periods side by side («Target TW I», «Target TW II» …) become one row for each period. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.imports.formats.cells import Cell, Sheet, address
from tracker.imports.rules.columns import BETWEEN_LINES, Heading, TableField, headings_in, numbering_rows, row_of
from tracker.imports.rules.values import LONGEST_VALUE, written_period
from tracker.people.formats import folded

#: One period beside another makes such a table; a single one may be a title.
_FEWEST_PERIODS = 2


@dataclass(frozen=True)
class _Wide:
    heading: Heading
    #: The name of the field, and the period as it is written.
    part: str
    period: str


def unfolded(sheet: Sheet, parts: Sequence[TableField], period: TableField) -> Sheet:
    """The same sheet if no periods stand side by side.

    Otherwise the headings are in one row, and each row comes once for every period in which one of the `parts` (target
    value, actual value) has a cell. Cells keep their addresses; that of a period is its heading's.
    """
    spellings = {folded(heading): part.name for part in parts for heading in part.headings}
    head = max(headings_in(sheet), key=lambda headings: _periods(_wide(headings, spellings)), default=[])
    wide = _wide(head, spellings)
    if _periods(wide) < _FEWEST_PERIODS or len(wide) == len(head):
        return sheet
    columns = {each.heading.column for each in wide}
    others = [heading for heading in head if heading.column not in columns]
    used = [part for part in parts if any(each.part == part.name for each in wide)]
    titles = [
        *(Cell(heading.text.replace(BETWEEN_LINES, " "), heading.address) for heading in others),
        *(Cell(field.headings[0], wide[0].heading.address) for field in (period, *used)),
    ]
    top = max(row_of(heading.address) for heading in head)
    above = [tuple(Cell(None, address(row, column)) for column in range(len(titles))) for row in range(top)]
    lines = sheet.rows[top + 1 + numbering_rows(sheet, top + 1) :]
    rows = [row for line in lines for row in _rows(line, others, wide, [part.name for part in used])]
    return Sheet(sheet.name, sheet.hidden, (*above, tuple(titles), *rows))


def _wide(headings: Sequence[Heading], spellings: Mapping[str, str]) -> list[_Wide]:
    found = ((heading, _part_and_period(heading.text, spellings)) for heading in headings)
    return [_Wide(heading, *words) for heading, words in found if words is not None]


def _periods(wide: Sequence[_Wide]) -> int:
    return len({each.period for each in wide})


def _part_and_period(text: str, spellings: Mapping[str, str]) -> tuple[str, str] | None:
    """«Target TW I 2025» and «TW I 2025 Target»: the part, and the words of the period."""
    words = text.split()
    if len(text) > LONGEST_VALUE:
        return None
    for at in range(1, len(words)):
        first, second = " ".join(words[:at]), " ".join(words[at:])
        for part, period in ((first, second), (second, first)):
            if (name := spellings.get(folded(part))) and written_period(period).last_month:
                return name, period
    return None


def _rows(
    line: Sequence[Cell], others: Sequence[Heading], wide: Sequence[_Wide], parts: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    kept = [line[heading.column] for heading in others]
    by_period: dict[str, dict[str, Heading]] = {}
    for each in wide:
        by_period.setdefault(each.period, {})[each.part] = each.heading
    for period, headings in by_period.items():
        cells = [
            line[headings[part].column] if part in headings else Cell(None, line[wide[0].heading.column].address)
            for part in parts
        ]
        if any(not cell.is_empty for cell in cells):
            heading = next(iter(headings.values()))
            yield (*kept, Cell(period, heading.address), *cells)
