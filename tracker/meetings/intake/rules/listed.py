"""Names that a text itself lists, as far as they are needed to know who may speak. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from tracker.meetings.intake.formats import outline
from tracker.meetings.intake.formats.sections import Section, section_of
from tracker.meetings.intake.rules.blocks import Block, Shape, is_in_small_letters

#: «karl - …», «todo karl: …», «nora (remote): …».
_SMALL_NAME = re.compile(
    r"^[ \t*•+-]*(?:(?:to-?do|action|tugas)\s+|@)?([^\W\d_]{2,20})(?:\s\([^()\n]{1,30}\))?\s*(?::|-?->|→|\s[-–—]\s)",
    re.MULTILINE,
)
#: «Pauline Marsh (PM, chair)»
_INITIALS = re.compile(r"\(([A-Z]{2,4})(?=[,;)])")


def listed_names(text: str, blocks: Sequence[Block]) -> list[str]:
    """Names of the attendees that a text lists, as far as they are needed to know who may speak."""
    names, is_list = [], False
    for block in blocks:
        words = text[block.start : block.end]
        label = outline.LABEL.match(words)
        if is_list or (label and section_of(label["label"]) is Section.PEOPLE):
            names += _INITIALS.findall(words)
        if block.cells and section_of(text[slice(*block.cells[0])].strip(": ")) is Section.PEOPLE:
            names += [part for cell in block.cells[1:] for part in re.split(r"[,;]\s+", text[slice(*cell)])]
        if block.shape is Shape.HEADING:
            is_list = block.section is Section.PEOPLE
        elif label and section_of(label["label"]) is Section.PEOPLE:
            names += re.split(r"[,;]\s+|\s+(?:dan|and)\s+", words[label.end() :])
        elif is_list and block.shape is not Shape.ROW:
            names += [words, *words.split(",")[:1], *re.split(r"[,;]\s+|\s+(?:dan|and)\s+", words)]
        elif is_list:
            names += [text[start:end] for start, end in block.cells]
    names += _small_names(text)
    return [name for name in (re.sub(r"\s*[(–—-].*$", "", name).strip() for name in names) if len(name) > 1]


def _small_names(text: str) -> list[str]:
    """Names in notes that are typed in small letters: what stands before several lines, or before a task."""
    if not is_in_small_letters(text):
        return []
    found = Counter(name.casefold() for name in _SMALL_NAME.findall(text))
    return [name for name, times in found.items() if times > 1]
