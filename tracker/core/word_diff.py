"""Compare two texts: whether they have the same words, and a word-by-word diff."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Largest stretch, and largest total, that is compared word by word when no word is unique.
MOST_COMPARED, MOST_IN_ALL = 2_500, 50_000


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts have the same words, ignoring case, spaces and punctuation. Empty texts never do."""
    words = [re.findall(r"\w+", (text or "").casefold()) for text in (one, other)]
    return bool(words[0]) and words[0] == words[1]


@dataclass(frozen=True)
class Piece:
    """Words that are unchanged («same»), removed («gone») or added («new»)."""

    change: str
    text: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The diff of two texts in reading order. Short texts are compared exactly.

    Long ones are aligned at words that occur once in each, so that the time grows linearly with the texts whatever
    they contain.
    """
    one, other = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    diff: list[Piece] = []
    for change, text in _changes(one, other):
        if diff and diff[-1].change == change:
            diff[-1] = Piece(change, diff[-1].text + text)
        elif text:
            diff.append(Piece(change, text))
    yield from diff


def _changes(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(one) * len(other) <= MOST_COMPARED:
        yield from _closely(one, other)
        return
    budget = MOST_IN_ALL
    at = other_at = 0
    for start, other_start in [*_anchors(one, other), (len(one), len(other))]:
        removed, new = one[at:start], other[other_at:other_start]
        size = len(removed) * len(new)
        if size <= min(budget, MOST_COMPARED):
            budget -= size
            yield from _closely(removed, new)
        else:
            yield from (("gone", "".join(removed)), ("new", "".join(new)))
        yield "same", "".join(one[start : start + 1])
        at, other_at = start + 1, other_start + 1


def _closely(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    for change, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if change == "equal":
            yield "same", "".join(one[start:end])
            continue
        yield "gone", "".join(one[start:end])
        yield "new", "".join(other[other_start:other_end])


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of matching words: the common start and end, and words between them that occur once in each."""
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    ends = len(one) - tail, len(other) - tail
    once = Counter(one[head : ends[0]]), Counter(other[head : ends[1]])
    places = {word: at for at, word in enumerate(other[head : ends[1]], head) if once[0][word] == once[1][word] == 1}
    within = _in_order([(at, places[word]) for at, word in enumerate(one[head : ends[0]], head) if word in places])
    behind = [(ends[0] + at, ends[1] + at) for at in range(tail)]
    return [*((at, at) for at in range(head)), *within, *behind]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that increases on both sides; the first is already sorted."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(lasts, place)
        lasts[at : at + 1] = [place]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else None)
    run: list[tuple[int, int]] = []
    number_or_none = ends[-1] if ends else None
    while number_or_none is not None:
        run.append(pairs[number_or_none])
        number_or_none = before[number_or_none]
    return run[::-1]
