"""The numbers that Word draws before the paragraphs of its lists: «1.», «a)», «IV.», «2.1». Pure.

A paragraph names a list (`numId`) and a level, itself or through its style; the list names an abstract one with the
format of each level, and may begin at another number. Paragraphs of lists with the same abstract one are counted on
(ECMA-376, 17.9).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_BULLET = "•"
#: Styles may be based on each other; no real chain is longer.
_LONGEST_CHAIN = 20
#: Word has nine levels.
_MOST_LEVELS = 9
_LETTERS = 26
_LARGEST_ROMAN = 3999
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    #: «%1.%2», with the number of each level.
    text: str = ""
    is_legal: bool = False
    restarts: bool = True
    style: str | None = None


@dataclass(frozen=True)
class _List:
    abstract: str
    #: Levels by depth; what the list overrides is in them.
    levels: dict[int, _Level]
    #: Levels that the list begins anew.
    begins: dict[int, int]


class Numbering:
    """Counts through a document: `label` has to be asked once for each paragraph, in their order."""

    def __init__(self, document: "Document") -> None:
        self._lists = _lists_of(document)
        self._styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}
        self._by_style: dict[str, tuple[str, int] | None] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def label(self, paragraph: Any) -> str | None:
        """What Word draws before the paragraph (its element); «•» for every bullet; None if it is in no list."""
        place = self._place(paragraph)
        if place is None:
            return None
        found = self._lists.get(place[0])
        if found is None:
            return _BULLET  # a list that the file does not describe
        depth = min(place[1], _MOST_LEVELS - 1)
        number = self._count(place[0], found, depth)
        level = found.levels.get(depth, _Level())
        if level.format == "bullet":
            return _BULLET
        return "" if level.format == "none" else self._written(found, level, depth, number)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        of_style = self._of_style(style.get(f"{W}val")) if style is not None else None
        own = properties.find(f"{W}numPr")
        if own is None:
            return of_style
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        if number is None:
            return (of_style[0], _whole(depth, of_style[1])) if of_style else None
        return None if number == "0" else (number, _whole(depth, 0))  # 0 takes the paragraph out of its list

    def _of_style(self, name: str) -> tuple[str, int] | None:
        if name not in self._by_style:
            self._by_style[name] = self._found_for(name)
        return self._by_style[name]

    def _found_for(self, name: str) -> tuple[str, int] | None:
        style_name: str | None = name
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_name)
            if style is None:
                return None
            properties = style.find(f"{W}pPr/{W}numPr")
            number = _value(properties, "numId") if properties is not None else None
            if number == "0":
                return None
            if number is not None:
                levels = self._lists[number].levels if number in self._lists else {}
                of_level = next((depth for depth, level in levels.items() if level.style == style_name), 0)
                return number, _whole(_value(properties, "ilvl"), of_level)
            style_name = _value(style, "basedOn")
        return None

    def _count(self, number: str, found: _List, depth: int) -> int:
        counts = self._counts[found.abstract]
        if number not in self._begun:
            self._begun.add(number)
            for level, start in found.begins.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, found.levels.get(depth, _Level()).start - 1) + 1
        for deeper in [level for level in counts if level > depth and found.levels.get(level, _Level()).restarts]:
            counts[deeper] = found.begins.get(deeper, found.levels.get(deeper, _Level()).start) - 1
        return counts[depth]

    def _written(self, found: _List, level: _Level, depth: int, number: int) -> str:
        counts = self._counts[found.abstract]

        def of_level(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            named = found.levels.get(other, _Level())
            count = number if other == depth else max(counts.get(other, named.start), named.start)
            return _in_format(count, "decimal" if level.is_legal else named.format)

        return re.sub(r"%([1-9])", of_level, level.text).strip()


def _lists_of(document: "Document") -> dict[str, _List]:
    try:
        root = document.part.part_related_by(_NUMBERING).element  # type: ignore[attr-defined]
    except (KeyError, AttributeError):
        return {}
    abstracts = {each.get(f"{W}abstractNumId"): each for each in root.findall(f"{W}abstractNum")}
    linked = {_value(each, "styleLink"): each for each in abstracts.values()}
    lists = {}
    for each in root.findall(f"{W}num"):
        abstract = abstracts.get(_value(each, "abstractNumId"))
        if abstract is None:
            continue
        abstract = linked.get(_value(abstract, "numStyleLink") or "", abstract)
        levels = dict(map(_level, abstract.findall(f"{W}lvl")))
        begins = {}
        for change in each.findall(f"{W}lvlOverride"):
            depth = _whole(change.get(f"{W}ilvl"), 0)
            own, start = change.find(f"{W}lvl"), _value(change, "startOverride")
            if own is not None:
                levels[depth] = _level(own)[1]
            if start is not None:
                begins[depth] = _whole(start, 1)
                levels[depth] = replace(levels.get(depth, _Level()), start=begins[depth])
        lists[each.get(f"{W}numId")] = _List(abstract.get(f"{W}abstractNumId"), levels, begins)
    return lists


def _level(element: Any) -> tuple[int, _Level]:
    legal = element.find(f"{W}isLgl")
    return _whole(element.get(f"{W}ilvl"), 0), _Level(
        start=_whole(_value(element, "start"), 1), format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "", restarts=_value(element, "lvlRestart") != "0",
        is_legal=legal is not None and legal.get(f"{W}val") not in {"0", "false"}, style=_value(element, "pStyle"),
    )  # fmt: skip


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else default


def _in_format(number: int, style: str) -> str:
    if style in {"lowerRoman", "upperRoman"} and 0 < number <= _LARGEST_ROMAN:
        return _cased(_roman(number), style)
    if style in {"lowerLetter", "upperLetter"} and number > 0:
        return _cased(chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1), style)
    return f"{number:02}" if style == "decimalZero" else str(number)


def _cased(text: str, style: str) -> str:
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
