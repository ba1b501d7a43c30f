"""Splits lines of an attendance list into one part for each person. Pure."""

import re
from collections.abc import Iterator

from tracker.meetings.formats import attendance as formats
from tracker.meetings.rules.fragments import looks_like_person
from tracker.people.rules import parsed

#: This many names between commas are persons; with only two, the second may be a post.
MIN_LIST_LENGTH = 3
MAX_BRACKETS = 4
#: No person with all titles, degrees and posts is longer.
MAX_NAME_LENGTH = 200
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]\s*$")
_AND = re.compile(r"\s+(?:dan|and|serta|&)\s+|\s*&\s*", re.IGNORECASE)


def persons_in(text: str, fewest: int) -> list[str]:
    """Split a line into parts that name one person each; `fewest` names make a list."""
    if "\t" in text or "|" in text:
        return [text]
    parts = parts_of(text, ";")
    if len(parts) > 1 and all(looks_like_person(_BRACKETS.sub("", part)) for part in parts):
        return parts
    grouped = [part for part in _grouped_by_brackets(parts_of(text, ",")) if part]
    if len(grouped) > 1:
        return grouped
    return _persons_between_commas(text, fewest) or [text]


def parts_of(text: str, separator: str) -> list[str]:
    """Split at a separator character, except within brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth = max(0, depth + (char in "([") - (char in ")]"))
        if char == separator and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    return [part for part in (*parts, text[start:].strip()) if part]


def _grouped_by_brackets(parts: list[str]) -> list[str]:
    """«Rudi (CEO), Kartika, S.E. (HRD)» is two persons: each bracket ends a person."""
    groups: list[list[str]] = [[]]
    for part in parts:
        pieces = [piece for piece in _AND.split(part) if piece] if _BRACKETS.search(part) else [part]
        for piece in pieces:
            groups[-1].append(piece)
            if _BRACKETS.search(piece) and not formats.ACTING.match(piece):
                groups.append([])
    if (
        len(groups) < MIN_LIST_LENGTH
        or groups[-1]
        or not all(looks_like_person(group[0]) for group in _groups_without_brackets(groups))
    ):
        return []
    return [", ".join(group) for group in groups if group]


def _groups_without_brackets(groups: list[list[str]]) -> Iterator[list[str]]:
    yield from ([_BRACKETS.sub("", part) for part in group] for group in groups if group)


def _persons_between_commas(text: str, fewest: int) -> list[str]:
    """«Budi, Ratna dan Andi» is three persons; «Budi, Kabag Umum» and «Budi, Humas» are one."""
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
            if groups and len(groups[-1]) > MAX_NAME_LENGTH:
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


def split_outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    parts, start = [], 0
    for match in separator.finditer(text):
        before = text[: match.start()]
        if sum(map(before.count, "([")) <= sum(map(before.count, ")]")):
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def without_brackets(text: str) -> tuple[str, list[str]]:
    """The text, and the contents of brackets at its end; those of «Sp.OG(K)» are part of the text."""
    brackets: list[str] = []
    while len(brackets) < MAX_BRACKETS and (match := _BRACKETS.search(text)):
        if len(match[1].strip()) <= 1 or not text[: match.start()].strip():
            break
        brackets.insert(0, match[1])
        text = text[: match.start()].rstrip(" ,")
    return text, brackets
