"""What is in a file, by its headings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.imports.commands.kinds import KEEPERS
from tracker.imports.commands.reading import Table, tables_of
from tracker.imports.formats import Sheet
from tracker.imports.rules.kinds import ImportKind

#: Headings stand above; the rest of a long file tells no more.
_ROWS_LOOKED_AT = 60


def kind_of(sheets: Sequence[Sheet], kinds: Iterable[ImportKind]) -> ImportKind | None:
    """The kind with fields for most of the headings; None if none fits, or two fit as well."""
    heads = [replace(sheet, rows=sheet.rows[:_ROWS_LOOKED_AT]) for sheet in sheets]
    found = {kind: max(map(_fit, tables_of(heads, KEEPERS[kind], {}))) for kind in kinds}
    best = max(found.values(), default=(0, 0))
    fitting = [kind for kind, fit in found.items() if fit == best]
    return fitting[0] if best[0] > 0 and len(fitting) == 1 else None


def _fit(table: Table) -> tuple[int, int]:
    """Headings that are known, and how many of them exactly; nothing if a field that every row needs has no column."""
    known = [column for column in table.columns if column.field]
    return (len(known), sum(not column.is_near for column in known)) if not table.lacking else (0, 0)
