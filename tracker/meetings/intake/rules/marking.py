"""Where the pieces of a pasted text stand in it. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Stretch:
    """Text of the source that belongs to the same rows."""

    text: str
    rows: tuple[str, ...]


def marked(text: str, pieces: Iterable[tuple[str, str]], facts: Iterable[tuple[str, str]] = ()) -> list[Stretch]:
    """The source in stretches. Pieces (row, words) follow each other; facts stand anywhere. What was changed since
    is not found, and has no mark.
    """
    spans = [*_in_order(text, pieces), *_anywhere(text, facts)]
    edges = sorted({0, len(text), *(edge for _, start, end in spans for edge in (start, end))})
    return [
        Stretch(text[start:end], tuple(row for row, begins, ends in spans if begins <= start and end <= ends))
        for start, end in pairwise(edges)
    ]


def _in_order(text: str, pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    reached = 0
    for row, words in pieces:
        start = text.find(words, reached) if words else -1
        if start >= 0:
            reached = start + len(words)
            yield row, start, reached


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
    """Two pieces as one: a stretch of the source as it stands there, if only white space is between them."""
    above, below = above.strip(), below.strip()
    found = re.search(rf"{re.escape(above)}\s*{re.escape(below)}", text) if above and below else None
    return found[0] if found else f"{above} {below}".strip()
