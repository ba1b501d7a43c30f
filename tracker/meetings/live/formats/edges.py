"""What stands between a name or date at the start or end of a line and its sentence. Pure."""

import re
from collections.abc import Sequence

_SEPARATORS = " \t\n\r\u00a0,;:–—-&/+"
#: Between several names.
_JOINERS = re.compile(r"(?:dan|serta|and)\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?:^|\s)(?:dan|serta|and|dan/atau)$", re.IGNORECASE)
#: After these a name is part of the sentence: «koordinasi dengan @andreas».
_PREPOSITION = re.compile(
    r"(?:^|[\s(])(?:ke|kepada|dengan|untuk|dari|oleh|pada|di|dalam|bagi|terhadap|antara|tentang|mengenai|terkait|"
    r"soal|atas|seperti|termasuk|melalui|via|agar|bahwa|yang|dan|atau|serta|and|or|to|with|for|from|of|by|at|about|on|in|"
    r"like|including|through|between)$",
    re.IGNORECASE,
)
#: «Indikator bersama #T1» is no company; «bersama @andreas» is.
_COMPANY = re.compile(r"(?:^|[\s(])bersama$", re.IGNORECASE)
_JOINED_DATE = re.compile(r"(?:^|\s)(?:dan|serta|atau|and|or)$", re.IGNORECASE)
#: Words that only say that a name follows who is in charge.
_ASSIGNING = re.compile(
    r"(?:^|[\s(,;–—-])(?:pic|pj|p\.j\.|penanggung\s?jawab(?:nya)?|pelaksana(?:nya)?|oleh|ditugaskan\s(?:kepada|ke)|"
    r"by|assigned\sto|owner|assignee|responsible)\s?[:=]?$",
    re.IGNORECASE,
)
#: What brackets may hold besides names and dates.
_INSIDE = re.compile(r"\b(?:pic|pj|penanggung\s?jawab|oleh|by|dan|serta|and)\b", re.IGNORECASE)
_NEAR = 40
_AT_END = " \t\n\r\u00a0.,;!)]"


def start_of(text: str, begin: int) -> int:
    """Where the words of a line begin."""
    return len(text) - len(text[begin:].lstrip()) if text[begin:].strip() else len(text)


def end_of(text: str) -> int:
    """Where the words of a line end, without the signs that close it."""
    return len(text.rstrip(_AT_END))


def start_after(text: str, end: int, *, next_start: int | None) -> int:
    """Where the words go on after a name or date; a joining word is left out where another one follows."""
    at = end
    while at < len(text) and text[at] in _SEPARATORS:
        at += 1
    joined = _JOINERS.match(text, at)
    return joined.end() if joined and joined.end() == next_start else at


def end_before(text: str, start: int, *, previous_end: int | None) -> int:
    """Where the words end before a name or date; a joining word is left out where another one stands before it."""
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
    """Whether brackets hold this and nothing else."""
    return text[start - 1 : start] + text[end : end + 1] in {"()", "[]"}


def is_closed_in(text: str, end: int) -> bool:
    """Whether only closing signs follow, among them a bracket that was opened before."""
    return text[end:].lstrip()[:1] in {")", "]"}


def led_by_preposition(text: str, start: int, sign: str) -> bool:
    """Whether the word before makes a name part of the sentence."""
    at = len(text[:start].rstrip()) if start else 0
    words = (_PREPOSITION, _COMPANY) if sign == "@" else (_PREPOSITION,)
    return any(word.search(text, max(0, at - _NEAR), at) for word in words)


def start_of_assigning(text: str, start: int) -> int | None:
    """Where the words begin that say that a name is the one in charge, if there are any before it."""
    at = len(text[:start].rstrip()) if start else 0
    found = _ASSIGNING.search(text, max(0, at - _NEAR), at)
    return found.start() + (0 if found.start() == 0 and text[:1].isalpha() else 1) if found else None


def led_by_joiner(text: str, start: int) -> bool:
    """Whether a date is joined to what stands before it: «30 nov dan 4 des»."""
    at = _stripped(text, start)
    return _JOINED_DATE.search(text, max(0, at - _NEAR), at) is not None


def without_last_brackets(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for the brackets that close it, if they hold nothing but names and dates (the spans)."""
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
