"""Separators between the text of a line and names or dates at its start or end. Pure."""

import re
from collections.abc import Sequence

_SEPARATORS = " \t\n\r\u00a0,;:–—-&/+"
#: Between several names.
_JOINERS = re.compile(r"(?:dan|serta|and)\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?:^|\s)(?:dan|serta|and|dan/atau)$", re.IGNORECASE)
#: After these words a name is part of the sentence: «koordinasi dengan @andreas».
_PREPOSITION = re.compile(
    r"(?:^|[\s(])(?:ke|kepada|dengan|untuk|dari|oleh|pada|di|dalam|bagi|terhadap|antara|tentang|mengenai|terkait|"
    r"soal|atas|seperti|termasuk|melalui|via|agar|bahwa|yang|dan|atau|serta|and|or|to|with|for|from|of|by|at|about|on|in|"
    r"like|including|through|between)$",
    re.IGNORECASE,
)
#: «bersama #T1» refers to an indicator; «bersama @andreas» names a companion.
_COMPANY = re.compile(r"(?:^|[\s(])bersama$", re.IGNORECASE)
_JOINED_DATE = re.compile(r"(?:^|\s)(?:dan|serta|atau|and|or)$", re.IGNORECASE)
#: Words that only introduce the person in charge.
_ASSIGNING = re.compile(
    r"(?:^|[\s(,;–—-])(?:pic|pj|p\.j\.|penanggung\s?jawab(?:nya)?|pelaksana(?:nya)?|oleh|ditugaskan\s(?:kepada|ke)|"
    r"by|assigned\sto|owner|assignee|responsible)\s?[:=]?$",
    re.IGNORECASE,
)
#: Text that brackets may contain besides names and dates.
_INSIDE = re.compile(r"\b(?:pic|pj|penanggung\s?jawab|oleh|by|dan|serta|and)\b", re.IGNORECASE)
_NEAR = 40
_AT_END = " \t\n\r\u00a0.,;!)]"


def start_of(text: str, begin: int) -> int:
    return len(text) - len(text[begin:].lstrip()) if text[begin:].strip() else len(text)


def end_of(text: str) -> int:
    return len(text.rstrip(_AT_END))


def start_after(text: str, end: int, *, next_start: int | None) -> int:
    """Where the text continues after a name or date; a joining word is dropped if another one follows."""
    at = end
    while at < len(text) and text[at] in _SEPARATORS:
        at += 1
    joined = _JOINERS.match(text, at)
    return joined.end() if joined and joined.end() == next_start else at


def end_before(text: str, start: int, *, previous_end: int | None) -> int:
    """Where the text ends before a name or date; a joining word is dropped if another one precedes it."""
    at = _stripped(text, start)
    joined = _JOINED.search(text, max(0, at - _NEAR), at)
    if joined and previous_end is not None and _stripped(text, joined.start()) == previous_end:
        return previous_end
    return at


def _stripped(text: str, end: int) -> int:
    while end and text[end - 1] in _SEPARATORS:
        end -= 1
    return end


def is_in_brackets(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] + text[end : end + 1] in {"()", "[]"}


def is_closed_in(text: str, end: int) -> bool:
    """Whether only closing punctuation follows, including a bracket that was opened before."""
    return text[end:].lstrip()[:1] in {")", "]"}


def led_by_preposition(text: str, start: int, sign: str) -> bool:
    at = len(text[:start].rstrip()) if start else 0
    words = (_PREPOSITION, _COMPANY) if sign == "@" else (_PREPOSITION,)
    return any(word.search(text, max(0, at - _NEAR), at) for word in words)


def start_of_assigning(text: str, start: int) -> int | None:
    at = len(text[:start].rstrip()) if start else 0
    match = _ASSIGNING.search(text, max(0, at - _NEAR), at)
    return match.start() + (0 if match.start() == 0 and text[:1].isalpha() else 1) if match else None


def led_by_joiner(text: str, start: int) -> bool:
    """Whether the date is joined to the preceding text: «30 nov dan 4 des»."""
    at = _stripped(text, start)
    return _JOINED_DATE.search(text, max(0, at - _NEAR), at) is not None


def without_last_brackets(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Replace closing brackets that contain only the spans (names and dates) by blanks."""
    close = len(text.rstrip(" \t\n\r\u00a0.,;!")) - 1
    opening = max(text.rfind("(", 0, max(close, 0)), text.rfind("[", 0, max(close, 0)))
    if close < 0 or opening < 0 or text[opening] + text[close] not in {"()", "[]"}:
        return text
    inside, reached = "", opening + 1
    for start, end in spans:
        if opening < start and end <= close:
            inside += text[reached:start] + " "
            reached = end
    inside += text[reached:close]
    is_bare = reached > opening + 1 and not _INSIDE.sub(" ", inside).strip(_SEPARATORS)
    return f"{text[:opening]} {text[opening + 1 : close]} {text[close + 1 :]}" if is_bare else text
