"""Cutting, joining and comparing running text without changing its characters. Pure."""

import re
from collections import deque
from collections.abc import Sequence
from difflib import SequenceMatcher

#: For longer lists (product of both lengths), only entries with the same words are matched.
MOST_COMPARED = 40_000
#: Replaces what no database can store or no page can show: control characters, lone surrogates, noncharacters.
UNSTORABLE_SIGN = "\N{REPLACEMENT CHARACTER}"
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNSTORABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{NONCHARACTERS}]")


def storable(text: str) -> str:
    return text if text.isprintable() else _UNSTORABLE.sub(UNSTORABLE_SIGN, text)


def cut(text: str, offset: int) -> tuple[str, str] | None:
    before, after = text[:offset], text[offset:]
    return (before, after) if offset > 0 and before.strip() and after.strip() else None


def joined(before: str, after: str) -> str:
    has_space = before[-1:].isspace() or after[:1].isspace()
    return before + after if has_space or not before or not after else f"{before} {after}"


def shortened(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"


def characters(text: str, units: int) -> int:
    """Convert a caret position from UTF-16 code units, which browsers use, to characters."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * max(units, 0)].decode("utf-16-le", "ignore"))


def matched(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """For each new entry of a list, the index of the old entry it continues, or None if it is new.

    Entries with the same words match wherever they moved; others match the entry at the same position.
    """
    origins: list[int | None] = [None] * len(after)
    alike: dict[str, deque[int]] = {}
    for index, text in enumerate(before):
        alike.setdefault(text, deque()).append(index)
    for new_index, text in enumerate(after):
        if alike.get(text):
            origins[new_index] = alike[text].popleft()
    if len(before) * len(after) > MOST_COMPARED:
        return origins
    free = {index for indexes in alike.values() for index in indexes}
    for change, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "replace":
            old = [index for index in range(start, end) if index in free]
            new = [index for index in range(new_start, new_end) if origins[index] is None]
            for index, new_index in zip(old, new, strict=False):
                origins[new_index] = index
                free.remove(index)
    return origins


def contains_words(text: str | None, name: str | None) -> bool:
    """Whether the text contains the words of the name next to each other, ignoring case. False for an empty name."""
    text_words, name_words = (" ".join(["", *re.findall(r"\w+", (part or "").casefold()), ""]) for part in (text, name))
    return bool(name_words.strip()) and name_words in text_words
