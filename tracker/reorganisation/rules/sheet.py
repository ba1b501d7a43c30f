"""The sheet of a decree: what its rows of cells say. Pure."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from tracker.people.rules import folded
from tracker.reorganisation.rules.decree import LineKind

#: Headings of the columns in both languages, the first is the one we write.
COLUMNS = {
    "kind": ("Jenis", "Kind"),
    "predecessor": ("Lama", "Old", "Predecessor", "Pendahulu"),
    "successor": ("Baru", "New", "Successor", "Penerus"),
    "below": ("Di bawah", "Part of", "Bagian dari"),
    "takes_rest": ("Sisanya", "The rest", "Takes the rest"),
    "english": ("Baru dalam bahasa Inggris", "New in English", "Bahasa Inggris", "English", "English name"),
}
_KINDS = {
    LineKind.UNIT: ("unit", "unit kerja"),
    LineKind.POST: ("jabatan", "post", "position"),
    LineKind.PERSON: ("orang", "person", "pegawai", "pejabat"),
    LineKind.ITEM: (
        "butir", "item", "tindak lanjut", "action", "usulan", "proposal", "indikator", "indicator", "sasaran",
        "objective", "target",
    ),
}  # fmt: skip
_YES = frozenset({"ya", "yes", "y", "x", "v", "1", "sisanya", "the rest", "rest", "semua", "all", "induk"})
_NO = frozenset({"", "tidak", "no", "n", "0", "sebagian", "part"})
#: What stands under “Baru” where there is nothing new.
_ENDS = frozenset({
    "dihapus", "dihapuskan", "dihilangkan", "dibubarkan", "ditiadakan", "ditutup", "berakhir", "nihil",
    "abolished", "closed", "dissolved", "discontinued", "ends", "ended",
})  # fmt: skip
MOST_ROWS = 5000


class SheetFault(NamedTuple):
    """A cell that cannot be read: row from 1, and name of the column."""

    row: int
    column: str
    written: str


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    number: int
    #: None if the sheet does not say it.
    kind: LineKind | None
    predecessor: str
    successor: str
    below: str
    takes_rest: bool
    #: The new name in English.
    english: str = ""


def read_sheet(cells: Sequence[Sequence[str]]) -> tuple[list[SheetRow], list[SheetFault]]:
    """Rows of cells. A first row of headings gives the order of the columns; else it is that of COLUMNS."""
    headings = [_column(cell) for cell in cells[0]] if cells else []
    has_headings = headings.count(None) < len(headings) and "predecessor" in headings
    order = headings if has_headings else list(COLUMNS)
    rows: list[SheetRow] = []
    faults: list[SheetFault] = []
    for number, row in enumerate(cells, start=1):
        if (number == 1 and has_headings) or not any(cell.strip() for cell in row):
            continue
        said = {name: " ".join(cell.split()) for name, cell in zip(order, row, strict=False) if name}
        kind, is_kind = _kind(named(said.get("kind")))
        if not is_kind:
            faults.append(SheetFault(number, "kind", said["kind"]))
        rest = said.get("takes_rest", "").casefold().strip("-–—")
        if rest not in _YES | _NO:
            faults.append(SheetFault(number, "takes_rest", said["takes_rest"]))
        names = {name: named(said.get(name)) for name in ("predecessor", "successor", "below", "english")}
        rows.append(SheetRow(number=number, kind=kind, takes_rest=rest in _YES, **names))
    return rows, faults


def named(cell: str | None) -> str:
    """The name in a cell. A dash gives none, nor do the words for what is abolished."""
    words = (cell or "").strip()
    return words if any(map(str.isalnum, words)) and folded(words) not in _ENDS else ""


def _column(cell: str) -> str | None:
    return next((name for name, words in COLUMNS.items() if folded(cell) in map(folded, words)), None)


def _kind(cell: str) -> tuple[LineKind | None, bool]:
    """The kind, and whether the cell could be read."""
    if not cell:
        return None, True
    for kind, words in _KINDS.items():
        if folded(cell) in words:
            return kind, True
    return None, False


def write_sheet(rows: Sequence[Sequence[str]]) -> str:
    """Cells with headings, as `read_sheet` takes them."""
    sheet = StringIO()
    writer = csv.writer(sheet, delimiter="\t", lineterminator="\n")
    writer.writerow(words[0] for words in COLUMNS.values())
    writer.writerows(rows)
    return sheet.getvalue()


#: How we write the kinds.
KIND_WORDS = {kind: words[0] for kind, words in _KINDS.items()}
