"""What somebody corrected in the parts of a text, when the text is read in another way. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: The fields of a part, as its form has them.
Row = Mapping[str, Any]
#: What is decided about a part besides its words.
_DECIDED = ("is_kept", "kind", "speaker", "speaker_note", "is_action", "pic", "due_on", "is_sure")


def corrected(
    typed: Sequence[Row], before: Sequence[Row], after: Sequence[Row]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The parts of `after` with what `typed` changes of those of `before`, as far as they are the same stretches.

    Also the words of the corrected parts whose stretch is no part any more.
    """
    known = {_stretch(row) for row in after}
    replaced: dict[tuple[int, str], list[Row]] = {}
    lost, has_place = [], True
    for old, rows in _of_each(before, typed):
        if _stretch(old) in known:
            if rows or has_place:  # without any, it was joined with the part above
                replaced[_stretch(old)] = [_changes(old, row) for row in rows]
        else:
            lost += [_words(row) for row in rows if _changes(old, row).keys() - {"at", "is_sure"}]
        has_place = _stretch(old) in known if rows else has_place
    new = [{**row, **changes} for row in after for changes in replaced.get(_stretch(row), [{}])]
    return new, lost


def _of_each(before: Sequence[Row], typed: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each proposed part with what became of it: several parts if it was split, none if it was joined."""
    before = sorted(before, key=_stretch)
    starts = [_stretch(old)[0] for old in before]
    found: list[list[Row]] = [[] for _ in before]
    for row in typed:
        place = bisect_right(starts, _stretch(row)[0]) - 1
        if place >= 0:
            found[place].append(row)
    yield from zip(before, found, strict=True)


def _changes(old: Row, row: Row) -> Row:
    changes = {name: row[name] for name in _DECIDED if (row[name] or None) != (old[name] or None)}
    if _words(row) != _words(old):
        changes |= {name: row[name] for name in ("quote", "gist", "at")}
    return changes


def _stretch(row: Row) -> tuple[int, str]:
    return int(row["at"] or 0), _words(row)


def _words(row: Row) -> str:
    return str(row["quote"] or row["gist"] or "")
