"""Two texts beside each other: whether they say the same, and what changed, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts have the same words, whatever their case, spaces and punctuation; empty ones never do."""
    words = [re.findall(r"\w+", (text or "").casefold()) for text in (one, other)]
    return bool(words[0]) and words[0] == words[1]


@dataclass(frozen=True)
class Piece:
    """A stretch of words that stayed («same»), went («gone») or came («new»)."""

    change: str
    text: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The words of both texts in reading order, each marked."""
    one, other = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    for change, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if change == "equal":
            yield Piece("same", "".join(one[start:end]))
            continue
        if end > start:
            yield Piece("gone", "".join(one[start:end]))
        if other_end > other_start:
            yield Piece("new", "".join(other[other_start:other_end]))
