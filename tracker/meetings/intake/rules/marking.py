"""The places of pieces in their text. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Stretch:
    """Text of the source that belongs to the same rows."""

    text: str
    rows: tuple[str, ...]


def marked(
    text: str, pieces: Iterable[tuple[str, int | None, str]], facts: Iterable[tuple[str, str]] = ()
) -> list[Stretch]:
    """The source in stretches. Pieces are (row, start, words); facts stand anywhere. What was changed has no mark."""
    spans = [*_in_place(text, pieces), *_anywhere(text, facts)]
    edges = sorted({0, len(text), *(edge for _, start, end in spans for edge in (start, end))})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for row, start, end in spans:
        opening.setdefault(start, []).append(row)
        closing.setdefault(end, []).append(row)
    order = {row: at for at, (row, _, _) in enumerate(spans)}
    stretches, rows = [], list[str]()
    for start, end in pairwise(edges):
        rows = [row for row in rows if row not in closing.get(start, ())] + opening.get(start, [])
        stretches.append(Stretch(text[start:end], tuple(sorted(rows, key=order.__getitem__))))
    return stretches


def _in_place(text: str, pieces: Iterable[tuple[str, int | None, str]]) -> Iterator[tuple[str, int, int]]:
    for row, start, words in pieces:
        if start is not None and words and text.startswith(words, start):
            yield row, start, start + len(words)


def _anywhere(text: str, facts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    for row, words in facts:
        start = text.find(words) if words else -1
        if start >= 0:
            yield row, start, start + len(words)


def split_at_line_end(words: str) -> tuple[str, str] | None:
    """The two parts around the first line end within the words."""
    before, _, after = words.strip().partition("\n")
    return (before.strip(), after.strip()) if before.strip() and after.strip() else None


def joined(text: str, above: str, below: str) -> str:
    """Two pieces as one: the words of the source if only white space is between them."""
    above, below = above.strip(), below.strip()
    found = re.search(rf"{re.escape(above)}\s*{re.escape(below)}", text) if above and below else None
    return found[0] if found else f"{above} {below}".strip()
