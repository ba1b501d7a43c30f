"""Find quotations in a text. Pure."""

#: Opening quotation marks with the marks that can close each.
_CLOSING = {"“": "”", "«": "»", "„": "“”", "”": "”", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_MARKS = frozenset("".join(_CLOSING.values()))
#: Also used as apostrophes, so they only count at word boundaries.
_SINGLE = frozenset("‘’'")
#: Closing marks that are sometimes used as opening ones.
_AT_A_WORD = frozenset("”‘'")


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of the outermost quotations: “meminta agar lebih “prestigious” lagi” is one."""
    spans, depth, start, opening = [], 0, 0, ""
    closable = _last_places(text)
    for at, char in enumerate(text):
        if depth and char in _CLOSING[opening] and _can_close(text, at):
            depth -= 1
            if not depth:
                spans.append((start, at + 1))
        elif depth and char == opening:
            depth += 1
        elif not depth and char in _CLOSING and _can_open(text, at, closable):
            depth, start, opening = 1, at, char
    if depth and (end := max(closable.get(char, -1) for char in _CLOSING[opening])) > start:
        spans.append((start, end + 1))  # unbalanced mark inside: the quotation ends at the last one
    return spans


def unquoted(text: str) -> str | None:
    """The content, if the text is a single quotation with at most a full stop or comma after it."""
    trimmed = text.strip()
    bare = trimmed.rstrip(".,")
    return bare[1:-1] if bare and quotations(trimmed) == [(0, len(bare))] else None


def _last_places(text: str) -> dict[str, int]:
    """Last position at which each mark can close a quotation."""
    return {char: at for at, char in enumerate(text) if char in _MARKS and _can_close(text, at)}


def _can_open(text: str, at: int, closable: dict[str, int]) -> bool:
    char = text[at]
    if char not in _AT_A_WORD:
        return True
    is_at_word = not text[at - 1 : at].isalnum() and not text[at + 1 : at + 2].isspace()
    return is_at_word and any(closable.get(closing, -1) > at + 1 for closing in _CLOSING[char])


def _can_close(text: str, at: int) -> bool:
    return text[at] not in _SINGLE or not (text[at + 1 : at + 2].isalnum() or text[at - 1 : at].isspace())
