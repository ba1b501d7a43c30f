"""Cutting and joining running text without changing a character of it; lists of texts before and after. Pure."""

from collections import deque
from collections.abc import Sequence
from difflib import SequenceMatcher

#: Longer lists, in entries of the one times entries of the other, keep only the entries whose words are the same.
MOST_COMPARED = 40_000


def cut(text: str, offset: int) -> tuple[str, str] | None:
    """The text before and after so many characters; None where a part would have no words."""
    before, after = text[:offset], text[offset:]
    return (before, after) if offset > 0 and before.strip() and after.strip() else None


def joined(before: str, after: str) -> str:
    """Both texts in one, with a space between them where there is none at the seam."""
    has_space = before[-1:].isspace() or after[:1].isspace()
    return before + after if has_space or not before or not after else f"{before} {after}"


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut at the end of a word where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"


def characters(text: str, units: int) -> int:
    """So many UTF-16 code units, as browsers count the place of a caret, in characters."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * max(units, 0)].decode("utf-16-le", "ignore"))


def matched(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """For each new text of a list, the number of the old one that it continues, or None where it is new.

    The same words continue an entry wherever they stand now; other words continue the entry whose line they took.
    """
    found: list[int | None] = [None] * len(after)
    alike: dict[str, deque[int]] = {}
    for one, text in enumerate(before):
        alike.setdefault(text, deque()).append(one)
    for number, text in enumerate(after):
        if alike.get(text):
            found[number] = alike[text].popleft()
    if len(before) * len(after) > MOST_COMPARED:
        return found
    free = {one for ones in alike.values() for one in ones}
    for change, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "replace":
            old = [one for one in range(start, end) if one in free]
            new = [one for one in range(new_start, new_end) if found[one] is None]
            for one, number in zip(old, new, strict=False):
                found[number] = one
                free.remove(one)
    return found
