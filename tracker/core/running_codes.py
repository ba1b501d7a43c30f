"""Recognise running codes such as U-2026-014 in text. Pure; `core.numbering` assigns them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SEPARATOR = r"[\s./_‐‑‒–—-]"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
#: A text that consists of a code only may be less strict than a code in running text.
_ALONE = re.compile(rf"(?P<prefix>r|u|tl){_SEPARATOR}*{_YEAR}{_SEPARATOR}+(?P<number>[0-9]{{1,6}})", re.I)
_IN_TEXT = re.compile(
    rf"(?<![\w-])(?P<prefix>r|u|tl)(?P<first>{_SEPARATOR}?){_YEAR}(?P<second>{_SEPARATOR}?)(?P<number>[0-9]{{1,6}})"
    r"(?![\w]|[-/][0-9])",
    re.I,
)
#: A part of a code to search for: «2025-015», «TL 63», «tl2025015», «063».
_PART = re.compile(
    rf"(?:(?P<prefix>r|u|tl){_SEPARATOR}*)?(?:(?P<year>(?:19|20)[0-9]{{2}}){_SEPARATOR}*)?(?P<number>[0-9]{{1,6}})",
    re.I,
)
#: With fewer digits and no hyphen, the part after the year may be something else: «U 2026 14 kegiatan».
_FIGURES_OF_A_NUMBER = 3


@dataclass(frozen=True)
class WrittenCode:
    """A running code in a text. It is certain if both hyphens are present."""

    start: int
    end: int
    code: str
    is_certain: bool


def code_alone(text: str) -> str | None:
    """Normalise a text that is a code: «u 2020 1» becomes «U-2020-001»."""
    match = _ALONE.fullmatch(text.strip())
    return _written(match) if match else None


def pattern_of_part(text: str) -> str | None:
    """A LIKE pattern for codes that contain this text; None for a plain number without leading zeros."""
    match = _PART.fullmatch(text.strip())
    if not match or not (match["prefix"] or match["year"] or match["number"].startswith("0")):
        return None
    return f"{(match['prefix'] or '%').upper()}-{match['year'] or '____'}-{int(match['number']):03}"


def codes_in(text: str) -> Iterator[WrittenCode]:
    for match in _IN_TEXT.finditer(text):
        between = (match["first"], match["second"])
        is_certain = not any(separator.isspace() or not separator for separator in between)
        if is_certain or len(match["number"]) >= _FIGURES_OF_A_NUMBER:
            yield WrittenCode(match.start(), match.end(), _written(match), is_certain)


def _written(match: re.Match[str]) -> str:
    return f"{match['prefix'].upper()}-{match['year']}-{int(match['number']):03}"
