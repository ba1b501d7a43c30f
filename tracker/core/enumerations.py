"""Remove numbers and bullets typed before list items, since the pages number lists themselves."""

import re
from collections.abc import Sequence

_BULLET = re.compile(r"(?:[-–—*•·◦‣⁃▪▫■□●○►▶➢➤❖✓✔☐☑\uf0b7\uf0a7\uf0d8\uf076]|o)\s+")
#: «1.», «1)», «(1)», «1:», «①», «1.2.», «a)», «(iv)», «II.» followed by a space; «1.000 peserta» has no item number.
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.):]|\(\d{1,3}\)|[①-⑳])\s+")
_IN_BRACKETS = re.compile(r"\(?(?:[a-z]|[ivxl]{1,6})\)\s+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]{2,5}\.\s+")
_ALWAYS = (_BULLET, _NUMBER, _IN_BRACKETS, _ROMAN)
#: Item numbers only if the list continues them: «1.1 Laporan» but «2.5 juta», «A. Pembukaan» but «A. Rahman».
_OUTLINE = re.compile(r"\d(?:\.\d)+\s+")
_LETTER = re.compile(r"([A-Za-z])\.\s+")


def without_marks(lines: Sequence[str]) -> list[str]:
    """Items without their number or bullet; an item that has nothing else becomes empty."""
    trimmed = [line.strip() for line in lines]
    marks = [*_ALWAYS, *_counting(trimmed)]
    return [_bare(line, marks) for line in trimmed]


def _bare(line: str, marks: Sequence[re.Pattern[str]]) -> str:
    match = next((match for pattern in marks if (match := pattern.match(f"{line} "))), None)
    return line[match.end() :].strip() if match else line


def _counting(lines: Sequence[str]) -> list[re.Pattern[str]]:
    """Ambiguous patterns that this list uses as item numbers."""
    letters = [match[1].casefold() for line in lines if (match := _LETTER.match(line))]
    is_alphabet = len(letters) > 1 and letters == [chr(ord("a") + place) for place in range(len(letters))]
    is_roman = set(letters) <= set("ivx") and any(_ROMAN.match(line) for line in lines)
    is_outline = sum(bool(_OUTLINE.match(line)) for line in lines) > 1
    return [*([_LETTER] if is_alphabet or is_roman else []), *([_OUTLINE] if is_outline else [])]
