"""Lines of an attendance list cut into what they say of one person each. Pure."""

import re
from collections.abc import Iterator

from tracker.meetings import formats
from tracker.meetings.rules.fragments import looks_like_person
from tracker.people.rules import parsed

#: From so many names between commas on they are as many persons; of two the second may as well be a post.
SHORTEST_LIST = 3
MOST_BRACKETS = 4
#: One person with all titles, degrees and posts is shorter.
LONGEST_NAME = 200
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]\s*$")
_AND = re.compile(r"\s+(?:dan|and|serta|&)\s+|\s*&\s*", re.IGNORECASE)


def persons_in(text: str, fewest: int) -> list[str]:
    """The parts of a line that name one person each."""
    if "\t" in text or "|" in text:
        return [text]
    parts = parts_of(text, ";")
    if len(parts) > 1 and all(looks_like_person(_BRACKETS.sub("", part)) for part in parts):
        return parts
    closed = [part for part in _grouped_by_brackets(parts_of(text, ",")) if part]
    if len(closed) > 1:
        return closed
    return _listed(text, fewest) or [text]


def parts_of(text: str, sign: str) -> list[str]:
    """A text cut at a sign, but not within brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter == sign and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    return [part for part in (*parts, text[start:].strip()) if part]


def _grouped_by_brackets(parts: list[str]) -> list[str]:
    """«Rudi (CEO), Kartika, S.E. (HRD)» is two: each bracket ends what is said of one."""
    groups: list[list[str]] = [[]]
    for part in parts:
        pieces = [piece for piece in _AND.split(part) if piece] if _BRACKETS.search(part) else [part]
        for piece in pieces:
            groups[-1].append(piece)
            if _BRACKETS.search(piece) and not formats.ACTING.match(piece):
                groups.append([])
    if len(groups) < SHORTEST_LIST or groups[-1] or not all(looks_like_person(group[0]) for group in _bare(groups)):
        return []
    return [", ".join(group) for group in groups if group]


def _bare(groups: list[list[str]]) -> Iterator[list[str]]:
    yield from ([_BRACKETS.sub("", part) for part in group] for group in groups if group)


def _listed(text: str, fewest: int) -> list[str]:
    """«Budi, Ratna dan Andi» is three; «Budi, Kabag Umum» is one, and so is «Budi, Humas»."""
    if _BRACKETS.search(text) or formats.DASH.search(text):
        return []
    groups: list[str] = []
    is_joined = False
    for part in parts_of(text, ","):
        pieces = [piece for piece in _AND.split(part) if piece]
        if not all(looks_like_person(piece) for piece in pieces):
            pieces = [part]
        is_joined = is_joined or len(pieces) > 1 or _AND.match(f" {part}") is not None
        for piece in pieces:
            piece = _AND.sub("", f" {piece}", count=1) if _AND.match(f" {piece}") else piece
            if groups and len(groups[-1]) > LONGEST_NAME:
                return []
            name = parsed(f"{groups[-1]}, {piece}") if groups else parsed("")
            if groups and not name.rest and name.suffix and name.suffix != parsed(groups[-1]).suffix:
                groups[-1] = f"{groups[-1]}, {piece}"
            elif looks_like_person(piece):
                groups.append(piece)
            else:
                return []
    titled = sum(1 for group in groups if parsed(group).prefix or parsed(group).suffix or _is_addressed(group))
    return groups if len(groups) >= fewest or (len(groups) > 1 and (is_joined or titled > 1)) else []


def _is_addressed(text: str) -> bool:
    return parsed(text).core != " ".join(text.split()) and not parsed(text).rest


def cut(text: str, sign: re.Pattern[str]) -> list[str]:
    """A text cut at what the pattern finds, but not within brackets."""
    parts, start = [], 0
    for found in sign.finditer(text):
        before = text[: found.start()]
        if sum(map(before.count, "([")) <= sum(map(before.count, ")]")):
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def without_brackets(text: str) -> tuple[str, list[str]]:
    """The words of a part, and what stands in brackets at its end; «Sp.OG(K)» has none."""
    brackets: list[str] = []
    while len(brackets) < MOST_BRACKETS and (found := _BRACKETS.search(text)):
        if len(found[1].strip()) <= 1 or not text[: found.start()].strip():
            break
        brackets.insert(0, found[1])
        text = text[: found.start()].rstrip(" ,")
    return text, brackets
