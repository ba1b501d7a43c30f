"""PDF documents set with typst. User input is passed as data, and every character of it is printed.

A character missing in the body font is taken from the fonts next to this file. A character in no font would violate
PDF/A; it is printed as [U+F0B7], and the sheet's `glyph_note` explains it.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst

#: Raised by typst.
TypesettingError = typst.TypstError
FONTS = Path(__file__).parent / "fonts"
#: Templates import `/core/page.typ` from here.
ROOT = Path(__file__).parents[1]
BODY = "Libertinus Serif"
#: Private-use code points of Word's Symbol and Wingdings fonts.
_BULLETS = "\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf077\uf071\uf06e\uf06c\uf0be\uf0ae\uf07d\uf0d7"
_SYMBOLS = str.maketrans(dict.fromkeys(_BULLETS, "•") | {
    "\uf0e0": "→", "\uf0e8": "→", "\uf0df": "←", "\uf0f3": "↔", "\uf0f0": "⇨", "\uf0fc": "✓", "\uf0fb": "✗",
    "\uf0fe": "☑", "\uf04a": "☺", "\uf04c": "☹", "\uf020": " ", "\uf02d": "–", "\uf0b4": "×", "\uf0b1": "±",
    "\uf0b0": "°", "\uf0a3": "≤", "\uf0b3": "≥", "\uf0b9": "≠", "\uf0bb": "≈",
})  # fmt: skip
#: Characters without a glyph; those that end a line become one.
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_ENDS = str.maketrans({"\r": "", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\ufeff": "", "\t": " "})
#: Shorter words fit into every column.
_LONG_WORD = re.compile(r"[^\W\d_]{10,40}")
_DOTTED_CIRCLE = "\u25cc"


def symbols_of_word(text: str) -> str:
    return text.translate(_SYMBOLS)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: each_text(one, change) for name, one in value.items()}
    return [each_text(one, change) for one in value] if isinstance(value, Iterable) else value


def unprintable(text: str) -> list[str]:
    """Characters that no font has, each once, in order; they are printed as code points."""
    missing: dict[str, None] = {}
    if not set(text) <= _body():
        _printed(text, {}, missing)
    return list(missing)


def room(width: float, size: float) -> int:
    """Number of characters that fit into a width, even in a word of wide letters. Both arguments in points."""
    return max(4, int(width / (size * 0.52)))


def fitting(cells: Sequence[str], rooms: Sequence[int]) -> list[str | tuple[str, int]]:
    """Cells of a row; a cell with a word too long for its column is marked for `fitting` of page.typ."""
    marked = zip(cells, rooms, strict=True)
    return [(cell, most) if len(cell) > most and _has_longer(cell, most) else cell for cell, most in marked]


def _has_longer(cell: str, most: int) -> bool:
    return any(len(word) > most for word in cell.split())


def pdf(template: Path, sheet: Mapping[str, Any], pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Set a sheet of plain values with this template, which reads it as `sys.inputs.sheet`; images lie next to them.

    The sheet has a `language`, `glyph_note` and `page` («{page} of {pages}»). The template also gets `fonts` and
    `hyphens`, which maps long words to their syllables separated by «|».
    """
    families: dict[str, None] = {}
    missing: dict[str, None] = {}
    ready = sheet
    if not set(json.dumps(sheet, ensure_ascii=False)) <= _body():
        ready = each_text(sheet, lambda text: _printed(text, families, missing))
    try:
        return _compiled(template, ready, pictures, families, missing)
    except typst.TypstError:
        if not families:
            raise
        # Clusters that no font has as a whole; unknown characters in them are printed as code points.
        ready = each_text(sheet, lambda text: "".join(sign if sign in _body() else _code(sign) for sign in text))
        return _compiled(template, ready, pictures, {}, {"all": None})


def _compiled(
    template: Path,
    sheet: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    families: Iterable[str],
    missing: Collection[str],
) -> bytes:
    fonts = [BODY, *(family for family in families if family != BODY)]
    added = {
        "fonts": fonts, "glyph_note": sheet["glyph_note"] if missing else "", "hyphens": _hyphens(sheet),
        **{name: list(content) for name, content in pictures.items()},
    }  # fmt: skip
    document = typst.compile(
        str(template),
        root=str(ROOT),
        sys_inputs={"sheet": json.dumps({**sheet, **added}, ensure_ascii=False)},
        font_paths=_fonts() if len(fonts) > 1 else [],
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],  # archivable and accessible: ISO 19005-2, level A, and ISO 14289-1
    )
    assert isinstance(document, bytes)  # noqa: S101  # only several pictures come as a list
    return document


def _hyphens(sheet: Mapping[str, Any]) -> dict[str, str]:
    """Long words of an Indonesian sheet; typst hyphenates English itself."""
    if sheet["language"] != "id":
        return {}
    words = set(_LONG_WORD.findall(json.dumps(sheet, ensure_ascii=False)))
    return {word: _syllables().inserted(word, "|") for word in words}


@lru_cache(maxsize=1)
def _syllables() -> Any:
    from pyphen import Pyphen  # noqa: PLC0415  # few documents have a word that long

    return Pyphen(lang="id_ID")


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def _coverage() -> dict[str, list[int]]:
    """By font family in order of preference: first and last code point of each covered range."""
    covered: dict[str, list[int]] = json.loads((FONTS / "coverage.json").read_text())
    return covered


@lru_cache(maxsize=1)
def _body() -> frozenset[str]:
    runs = _coverage()[BODY]
    plain = {chr(code) for first, last in zip(runs[::2], runs[1::2], strict=True) for code in range(first, last + 1)}
    return frozenset(character for character in plain | {"\n"} if not _INVISIBLE.match(character))


def _has(family: str, character: str) -> bool:
    place = bisect_right(_coverage()[family], ord(character))
    return place % 2 == 1 or (place > 0 and _coverage()[family][place - 1] == ord(character))


@lru_cache(maxsize=4096)
def _family_of(characters: str) -> str | None:
    return next((family for family in _coverage() if all(_has(family, character) for character in characters)), None)


def _printed(text: str, families: dict[str, None], missing: dict[str, None]) -> str:
    """The printable text; adds to `families` what it needs and to `missing` what no font has."""
    if set(text) <= _body():
        return text
    parts = []
    for cluster in _clusters(symbols_of_word(text).translate(_LINE_ENDS)):
        visible = _INVISIBLE.sub("", cluster)
        family = _family_of(visible) if visible not in {"", "\n"} else BODY
        if family is None:
            parts.append("".join(_alone(character, families, missing) for character in cluster))
        else:
            families.setdefault(family)
            parts.append(cluster)
    return "".join(parts)


def _alone(character: str, families: dict[str, None], missing: dict[str, None]) -> str:
    visible = _DOTTED_CIRCLE + character if unicodedata.category(character).startswith("M") else character
    family = _family_of(visible)
    if family is None:
        missing.setdefault(character)
        return _code(character)
    families.setdefault(family)
    return visible


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        is_mark = unicodedata.category(character).startswith("M") or _INVISIBLE.match(character)
        if cluster and (cluster == "\n" or not is_mark):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
