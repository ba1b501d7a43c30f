"""Yes or no, and words of a list. Pure."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.imports.formats.cells import Cell
from tracker.imports.rules.values.reading import Reading, T, ValueRemark, problem_of, without_value
from tracker.people.formats import folded

_YES = frozenset({
    "ya", "y", "yes", "iya", "true", "benar", "betul", "ada", "ok", "oke", "aktif", "sudah",
    "x", "v", "√", "✓", "✔", "☑", "1",
})  # fmt: skip
_NO = frozenset(
    {
        "tidak",
        "t",
        "n",
        "no",
        "tdk",
        "false",
        "salah",
        "bukan",
        "belum",
        "tidak ada",
        "belum ada",
        "0",
        "☐",
        "✗",
        "✘",
        "nonaktif",
    }
)


def yes_or_no(cell: Cell) -> Reading[bool]:
    unusable: Reading[bool] | None = without_value(cell, ValueRemark.NOT_YES_OR_NO)
    if unusable:
        return unusable
    if isinstance(cell.value, bool):
        return Reading(cell.value)
    said = cell.text.strip(" .").casefold()
    if said in _YES or said in _NO:
        return Reading(said in _YES)
    return problem_of(ValueRemark.NOT_YES_OR_NO, cell)


#: The share of letters that may differ for a near word.
_NEAR = 0.25


def choice(cell: Cell, known: Mapping[str, T]) -> Reading[T]:
    """One of the words, by any spelling in `known`. A near one is not taken but named."""
    unusable: Reading[T] | None = without_value(cell)
    if unusable:
        return unusable
    by_folded = {folded(name): value for name, value in known.items()}
    said = folded(cell.text)
    if said in by_folded:
        return Reading(by_folded[said])
    near = process.extractOne(said, by_folded.keys(), scorer=OSA.normalized_distance, score_cutoff=_NEAR)
    offered = ", ".join(dict.fromkeys(known))
    if near is None:
        return problem_of(ValueRemark.NOT_A_CHOICE, cell, known=offered)
    meant = next(name for name in known if folded(name) == near[0])
    return problem_of(ValueRemark.NEAR_CHOICE, cell, known=offered, near=meant)
