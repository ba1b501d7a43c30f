"""What lines of minutes are besides their words: labels, letterhead, signatures, and who speaks below them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.outline import Fact, Section, fact_of, section_of
from tracker.meetings.intake.rules.blocks import Block, Shape
from tracker.meetings.intake.rules.items import LONGEST_NOTE, Items
from tracker.meetings.intake.rules.reader import KINDS, Piece, Reading
from tracker.meetings.intake.rules.tasks import Span
from tracker.meetings.live.formats import dates_in
from tracker.meetings.rules import StatementKind

NOT_PIECES = {Section.PEOPLE, Section.AGENDA, Section.END}
#: Sections in which a name above items does not speak.
OF_LISTS = {Section.ACTIONS, Section.OUTCOMES, Section.DECISIONS}
_LONGEST_LETTERHEAD, _LONGEST_VOICE = 15, 8
_HOURS = re.compile(r"\d{1,2}[.:]\d\d")
_LONGEST_DAY = 60
_TITLE = re.compile(
    r"\b(?:notul\w*|risalah|rapat|minutes|meeting|catatan|notes|poin|sync|stand-?up|weekly|berita acara|mom)\b",
    re.IGNORECASE,
)


class Landmarks(Items):
    blocks: Sequence[Block]
    reading: Reading
    #: The section in which the reader is.
    section: Section | None = None
    voice_kind: StatementKind | None = None

    def head_begins_at(self) -> int:
        """The number of the first block that tells day, hour or place of the meeting; 0 without one near the top."""
        for number, block in enumerate(self.blocks[:_LONGEST_LETTERHEAD]):
            label = self.label(block)
            name = label[0] if label else self.text[slice(*block.cells[0])] if block.cells else ""
            if fact_of(name.rstrip(": ")) in {Fact.DATE, Fact.TIME, Fact.PLACE, Fact.NAME, Fact.NUMBER}:
                return number
            if section_of(name.rstrip(": ")):
                return 0
        return 0

    def opens_voice(self, block: Block) -> bool:
        """«Direktur Perancangan, Ibu Salma Harahap:» above what she said; «Tanggapan Biro Hukum (Agus Salim):»."""
        words = self.text[block.start : block.end].rstrip("*_ ")
        if not words.endswith(":") or block.section or self.section in NOT_PIECES | {None, *OF_LISTS}:
            return False
        before = outline.BEFORE_SPEAKER.match(words)
        name = words[before.end() if before else 0 : -1].strip(" *_")
        person = next((part for part in re.split(r"[,()]", name)[1:] if self.speakers.can_speak(part.strip())), name)
        if not self.speakers.can_speak(person.strip()) or self._is_introduced(name):
            return False
        self.voice = self.prose.remember(self.speakers.named(person.strip()))
        section = section_of(before["what"]) if before else None
        self.voice_kind = KINDS.get(section) if section else None
        return True

    def _is_introduced(self, name: str) -> bool:
        """«Sari menyampaikan:» and other sentences."""
        return speech.SAYS.search(name) is not None or len(name.split()) > _LONGEST_VOICE

    def is_end(self, block: Block) -> bool:
        """Whether signatures begin: «Jakarta, 11 November 2026», «Mengetahui,      Notulis,»."""
        words = self.text[block.start : block.end].strip()
        signed = outline.SIGNATURE.fullmatch(words)
        if outline.CLOSING.match(words):
            return True
        is_signed = signed is not None and section_of(signed["label"]) in {Section.END, Section.PEOPLE}
        return bool(self.reading.pieces) and (is_signed or outline.PLACE_AND_DAY.fullmatch(words) is not None)

    def is_only_a_day(self, span: Span) -> bool:
        words = self.text[slice(*span)]
        if len(words) > _LONGEST_DAY:
            return False
        found = next(iter(dates_in(words, self.said_on)), None)
        return found is not None and not any(char.isalpha() for char in words[: found.start] + words[found.end :])

    def is_line_of_head(self, span: Span) -> bool:
        """«2 Des 2026, 09.00–10.30 WITA, via Zoom» below the title."""
        words = self.text[slice(*span)].strip("_* ")
        if self.section not in {None, Section.HEAD} or self.reading.pieces or len(words) > _LONGEST_DAY:
            return False
        found = next(iter(dates_in(words, self.said_on)), None)
        if found is None or not _HOURS.search(words, found.end):
            return False
        return len(words[: found.start].split()) <= 1  # at most the day of the week

    def is_title(self, block: Block) -> bool:
        words = self.text[block.start : block.end]
        is_short = len(words) <= LONGEST_NOTE and words[-1] not in ".!?" and len(self.blocks) > 1
        return block.shape is Shape.PARAGRAPH and is_short and (self.blocks[1].is_apart or bool(_TITLE.search(words)))

    def looks_like_entry(self, block: Block) -> bool:
        words = self.text[block.start : block.end]
        return self.section is Section.PEOPLE and len(words) <= LONGEST_NOTE // 2 and words[-1] not in ".!?"

    def label(self, block: Block) -> tuple[str, Span] | None:
        """A known label at the beginning of a line, and what it says."""
        if block.shape is Shape.ROW:
            return None
        found = outline.LABEL.match(self.text, block.start, block.end)
        if not found or found.end() >= block.end:
            return None
        name = found["label"]
        if self._is_role_speaking(name):
            return None
        if section_of(name) or (fact_of(name) and not self.speakers.named(name).known):
            return name, (found.end(), block.end)
        return None

    def assigned_in(self, span: Span) -> Piece | None:
        """«TODO Sari: kirim undangan»."""
        label = outline.LABEL.match(self.text, *span)
        whose = outline.LABEL_OF_ACTION.fullmatch(label["label"]) if label else None
        if label is None or whose is None or label.end() >= span[1] or not self.speakers.can_speak(whose["pic"]):
            return None
        pic = (span[0] + whose.start("pic"), span[0] + whose.end("pic"))
        return self.action((label.end(), span[1]), replace(self.task((label.end(), span[1])), pic=pic))

    def _is_role_speaking(self, name: str) -> bool:
        """«Chair: …» in the discussion; in the head it tells who presides."""
        return self.section in {Section.DISCUSSION, *KINDS} and section_of(name) is Section.PEOPLE and (
            self.speakers.can_speak(name.strip("*_ ").capitalize())
        )  # fmt: skip
