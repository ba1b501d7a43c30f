"""Divides a text into headings, items, rows of tables and paragraphs; each is a stretch of the text. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from tracker.meetings.intake.formats import outline
from tracker.meetings.intake.formats.headings import section_of_heading
from tracker.meetings.intake.formats.sections import Fact, Section, fact_of
from tracker.meetings.intake.formats.speech import stripped

#: Lines that are shorter are not wrapped.
_NARROWEST, _WIDEST = 60, 130
_LINE = re.compile(r"[^\r\n\u2028\u2029\v\f]+")
_LONGEST_HEADING, _MOST_WORDS_OF_HEADING, _MOST_WORDS_OF_LETTERED = 90, 9, 6
#: A colon between tabs, or with several before it, is no cell: «Waktu⇥⇥: 09.00», «Waktu⇥:⇥09.00».
_CELL = re.compile(r"\t+(?=[ ]?[:：])(?:[ ]?[:：]\t+)?|\t|\s*(?<!\\)\|\s*")
#: A table that is laid out by spaces has at least three columns.
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_IN_COLUMNS = re.compile(r"\S {3,20}\S[^\n]{0,200}?\S {3,60}\S")
_FEWEST_CELLS = 2
#: Single words in capitals that are shorter may be a name or an answer.
_SHORTEST_SHOUTED = 8


#: A line that ends with one of these is continued below.
_UNFINISHED = re.compile(
    r"\b(?:dan|atau|yang|untuk|dengan|di|ke|dari|oleh|dalam|pada|bagi|para|serta|bahwa|akan|telah|sebagai|kepada|terhadap|"
    r"antara|atas|agar|and|or|the|of|to|in|for|with|by|on|at|from|that|a|an|is|are|was|were|will|has|have)$"
)
#: An item with no more words may be the heading of the line below it.
_FEWEST_WORDS = 4
_ROMAN = re.compile(r"[IVX]{1,5}[.)]")
#: «1;Rancangan keputusan;Biro Hukum;15 Juli 2026»
_SEMICOLON = re.compile(r";")
_SEPARATED = re.compile(r"[^;]+(?:;\S[^;]*){2,8}")


class Shape(StrEnum):
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Block:
    shape: Shape
    #: Without bullet, emphasis and white space around it.
    start: int
    end: int
    #: The section that a heading opens; None if it is not known.
    section: Section | None = None
    cells: tuple[tuple[int, int], ...] = ()
    #: Whether an empty line precedes it.
    is_apart: bool = False
    #: Whether it has a bullet or a number.
    is_listed: bool = False
    indent: int = 0
    #: Whether it stands above items that are indented further, and is no sentence: «1. Anggaran».
    leads: bool = False


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    indent: int
    is_item: bool
    is_apart: bool
    #: Length including the indent and the bullet.
    width: int
    is_markdown_heading: bool
    is_bold: bool
    is_numbered: bool


_WHOLE = re.compile(r"\d{1,2}[.)]?")


def blocks_of(text: str) -> list[Block]:
    lines = list(_lines(text))
    width = _wrapped_at(lines)
    is_lower = width is None and is_in_small_letters(text)
    blocks: list[Block] = []
    before: _Line | None = None
    for line in lines:
        block = _block(text, line)
        last = blocks[-1] if blocks else None
        is_new = is_lower and line.indent <= before.indent if before else True
        if (
            last
            and before
            and not is_new
            and block.shape is Shape.PARAGRAPH
            and _goes_on(text, before, line, last, width)
        ):
            blocks[-1] = replace(last, end=block.end)
        else:
            blocks.append(block)
        before = line
    return [_with_heading(text, block, following) for block, following in zip_longest(blocks, blocks[1:])]


def _heads(text: str, block: Block, following: Block) -> bool:
    """«II. Hal-hal yang mengemuka» above a list, «1. Keluhan pelanggan» above «Pembahasan:»."""
    words, mark = text[block.start : block.end], text[text.rfind("\n", 0, block.start) + 1 : block.start].strip()
    if len(words.split()) > _MOST_WORDS_OF_HEADING or words[-1] in ".!?:;,":
        return False
    is_above_part = following.shape is Shape.HEADING and following.indent > block.indent and mark[:1].isdigit()
    below = text[text.rfind("\n", 0, following.start) + 1 : following.start].strip()
    is_above_part |= bool(_WHOLE.fullmatch(mark)) and below.startswith(f"{mark.rstrip('.)')}.")  # «2.» above «2.1»
    is_roman = bool(_ROMAN.fullmatch(mark)) and block.is_apart and following.shape is Shape.ITEM
    return is_above_part or is_roman


def is_in_small_letters(text: str) -> bool:
    """Whether most lines begin with a small letter, as quickly typed notes do: then that says nothing of a line."""
    firsts = [line.lstrip(" \t-*+•")[:1] for line in text.splitlines() if line.strip()]
    return sum(first.islower() for first in firsts) * 3 >= 2 * len(firsts) > _FEWEST_CELLS


def _with_heading(text: str, block: Block, following: Block | None) -> Block:
    """«1. Anggaran» above a paragraph is the heading of that, and no item."""
    words = text[block.start : block.end]
    if following and block.shape is following.shape is Shape.ITEM and following.indent > block.indent:
        is_bare = len(words.split()) <= _MOST_WORDS_OF_HEADING and (words[-1] not in ".!?;," or "," in words)
        return replace(block, leads=is_bare and not outline.LABEL.match(words))
    if block.shape is Shape.ITEM and following and _heads(text, block, following):
        return replace(block, shape=Shape.HEADING)
    is_numbered = (
        block.shape is Shape.ITEM and text[text.rfind("\n", 0, block.start) + 1 : block.start].strip()[:1].isdigit()
    )
    is_short = len(words.split()) <= _MOST_WORDS_OF_LETTERED and words[-1] not in ".!?:;,"
    goes_on = following is not None and following.shape is Shape.PARAGRAPH and not following.is_apart
    if following and (label := outline.LABEL.match(text, following.start, following.end)):
        goes_on = goes_on and fact_of(label["label"]) not in {Fact.PIC, Fact.DUE}
    if is_numbered and is_short and goes_on and (block.is_apart or (following and following.indent > block.indent)):
        return replace(block, shape=Shape.HEADING)
    return block


def _lines(text: str) -> Iterator[_Line]:
    reached = 0
    for found in _LINE.finditer(text):
        is_apart = len(re.findall(r"\r\n|[\n\r\u2028\u2029\v\f]", text[reached : found.start()])) > 1
        reached = found.end()
        start, end = stripped(text, found.start(), found.end())
        if start == end or outline.RULE.fullmatch(text, start, end):
            continue
        indent = start - found.start()
        heading = outline.MARKDOWN_HEADING.match(text, start, end)
        begin = heading.end() if heading else start
        bullet = outline.BULLET.match(text, begin, end)
        in_columns = _IN_COLUMNS.search(text, start, end) is not None
        if bullet and (in_columns or (bullet[0].endswith("\t") and "\t" in text[bullet.end() : end])):
            bullet = None  # the number of a row
        begin = bullet.end() if bullet and bullet.end() < end else begin
        picture = outline.PICTURE.match(text, begin, end)
        begin = picture.end() if picture and begin < picture.end() < end else begin
        inner, outer = _without_emphasis(text, begin, end)
        yield _Line(
            inner, outer, indent, bullet is not None, is_apart, found.end() - found.start(), heading is not None,
            (inner, outer) != (begin, end), bullet is not None and bullet[0].strip()[:1].isdigit(),
        )  # fmt: skip


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """«**Keputusan**» without its stars, if they are around the whole line."""
    found = outline.EMPHASIS.fullmatch(text, start, end)
    if found and found[1] not in found[2]:
        return found.start(2), found.end(2) if not found[3] else end
    return start, end


def _block(text: str, line: _Line) -> Block:
    words = text[line.start : line.end]
    cells = _cells(text, line)
    if cells:
        return Block(Shape.ROW, line.start, line.end, cells=cells, is_apart=line.is_apart)
    section = _heading(words, line)
    if section is not None:
        known = section if isinstance(section, Section) else None
        return Block(
            Shape.HEADING, line.start, line.end, known,
            is_apart=line.is_apart, is_listed=line.is_item, indent=line.indent,
        )  # fmt: skip
    shape = Shape.ITEM if line.is_item else Shape.PARAGRAPH
    return Block(shape, line.start, line.end, is_apart=line.is_apart, indent=line.indent)


def _way_of_columns(words: str) -> re.Pattern[str] | None:
    """What separates the cells of a row; None if it is none."""
    if words.count("|") >= _FEWEST_CELLS or "\t" in words.strip():
        return _CELL
    if _IN_COLUMNS.search(words):
        return _GAP
    return _SEMICOLON if "; " not in words and _SEPARATED.fullmatch(words) else None


def _cells(text: str, line: _Line) -> tuple[tuple[int, int], ...]:
    words = text[line.start : line.end]
    way = _way_of_columns(words)
    if way is None:
        return ()
    spans, reached = [], line.start
    for gap in [*way.finditer(text, line.start, line.end), None]:
        stop = gap.start() if gap else line.end
        if not (gap and stop == line.start) and not (gap is None and reached == line.end and "|" in words):
            spans.append(stripped(text, reached, stop))
        reached = gap.end() if gap else line.end
    return tuple(spans) if len(spans) >= _FEWEST_CELLS else ()


def _heading(words: str, line: _Line) -> Section | bool | None:
    """The section; True for a heading of none; None if it is no heading."""
    bare = words.rstrip(" *_:")
    if len(bare) > _LONGEST_HEADING or not bare:
        return None
    is_label = words.rstrip("*_ ").endswith(":")
    if outline.NUMBERED_TOPIC.match(bare):
        return True
    is_line = line.is_apart and len(bare.split()) <= _MOST_WORDS_OF_HEADING and bare[-1] not in ".!?;,"
    if is_line and outline.CHAPTER.match(bare):
        return True
    minute = outline.NUMBER_OF_MINUTE.match(bare)
    if minute and is_line:
        return section_of_heading(bare[minute.end() :]) or True
    section = section_of_heading(outline.LETTER.sub("", bare, count=1) if outline.LETTER.match(bare) else bare)
    if section:
        return section
    if line.is_markdown_heading or (is_label and len(bare.split()) <= _MOST_WORDS_OF_HEADING and "," not in bare):
        return True
    letters = [char for char in bare if char.isalpha()]
    is_shouted = (len(letters) >= _SHORTEST_SHOUTED and line.is_apart and bare.isupper() and words == bare) or (
        len(letters) > len("AOB") and bare.isupper() and (len(bare.split()) > 1 or (line.is_numbered and line.is_apart))
    )
    is_numbered = (
        bool(outline.LETTER.match(bare))
        and bare[-1] not in ".!?"
        and len(bare.split()) <= _MOST_WORDS_OF_LETTERED
        and ":" not in bare
    )
    is_short_bold = (
        line.is_bold
        and line.is_apart
        and not line.is_item
        and len(bare.split()) <= _MOST_WORDS_OF_HEADING
        and bare[-1] not in ".!?;,"
    )
    return True if is_shouted or is_numbered or is_short_bold else None


def _wrapped_at(lines: Sequence[_Line]) -> int | None:
    """The width at which the lines of the text were wrapped by hand, if they were."""
    widths = [line.width for line in lines]
    widest = max(widths, default=0)
    near = sum(1 for width in widths if width >= widest - 15)
    return widest if _NARROWEST <= widest <= _WIDEST and near >= min(3, max(2, len(widths) // 4)) else None


def _goes_on(text: str, before: _Line, line: _Line, last: Block, width: int | None) -> bool:
    """Whether a line continues the one above it."""
    if line.is_apart or last.shape in {Shape.ROW, Shape.HEADING}:
        return False
    first, ended = text[line.start : line.start + 1], text[last.end - 1 : last.end]
    if outline.LABEL.match(text, line.start, line.end) and first.isupper():
        return False
    if first.islower() and ended not in ".!?:;":
        return True
    is_short = (
        first.isupper()
        and before.width * 2 < (width or _WIDEST)
        and len(text[last.start : last.end].split()) <= _FEWEST_WORDS
    )
    if last.shape is Shape.ITEM and line.indent > before.indent and ended not in ".!?:;" and not is_short:
        return True
    if ended in ",-–(" or _UNFINISHED.search(text[max(0, last.end - 12) : last.end]):
        return True
    next_word = re.match(r"\S+", text[line.start : line.end])
    return bool(width and next_word and before.width + 1 + len(next_word[0]) > width and before.width > width * 0.7)
