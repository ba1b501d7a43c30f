"""What lines of minutes are besides their words: labels, letterhead, signatures, and who speaks below them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.sections import Fact, Section, fact_of, section_of
from tracker.meetings.intake.rules.blocks import Block, Shape
from tracker.meetings.intake.rules.items import LONGEST_NOTE, Items
from tracker.meetings.intake.rules.reader import KINDS, Piece, Reading
from tracker.meetings.intake.rules.tasks import Span, Task, day_in
from tracker.meetings.live.formats import dates_in
from tracker.meetings.rules import StatementKind

NOT_PIECES = {Section.PEOPLE, Section.AGENDA, Section.END}
#: Sections in which a name above items does not speak.
OF_LISTS = {Section.ACTIONS, Section.OUTCOMES, Section.DECISIONS}
_LONGEST_LETTERHEAD, _LONGEST_VOICE, _LONGEST_TITLE = 15, 8, 6
_INDENT_OF_FORM = 10
_HOURS = re.compile(r"\d{1,2}[.:]\d\d")
_ENDS_IN_HOUR = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_LONGEST_DAY = 60
_TAKES_MINUTES = re.compile(r"\W*(?:notul|pencatat|minute|note|scribe|rapporteur)", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:notul\w*|risalah|rapat|minutes|meeting|catatan|notes|poin|sync|stand-?up|weekly|berita acara|mom|summary|"
    r"record|"
    r"session|hearing|laporan singkat|musyawarah|sidang|call|huddle|retro\w*)\b",
    re.IGNORECASE,
)


class Landmarks(Items):
    blocks: Sequence[Block]
    reading: Reading
    title_ends: int = 0
    #: The section in which the reader is.
    section: Section | None = None
    voice_kind: StatementKind | None = None
    #: Whether the paragraphs below are said by the voice, as in verbatim minutes.
    is_of_paragraphs: bool = False
    #: What is indented further is said by the voice; None if indents say nothing.
    voice_indent: int | None = None

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

    def title_ends_at(self) -> int:
        """The number of blocks of a title of several lines, above an empty line."""
        for number, block in enumerate(self.blocks[: _LONGEST_TITLE + 1]):
            words = self.text[block.start : block.end]
            if number and block.is_apart:
                titles = self.blocks[:number]
                return number if any(_TITLE.search(self.text, each.start, each.end) for each in titles) else 0
            is_line = block.shape in {Shape.PARAGRAPH, Shape.HEADING} and (
                block.section in {None, Section.HEAD} or not number
            )
            spoken = outline.LABEL.match(words)
            is_sentence = words[-1] in ".!?:" and not _ENDS_IN_HOUR.search(words)
            if not is_line or block.is_listed or is_sentence or self.label(block):
                return 0
            if spoken and self.speakers.can_speak(spoken["label"]):
                return 0
        return 0

    def is_line_of_form(self, block: Block) -> bool:
        """«Surat Undangan : 005/211» in the head of the minutes."""
        if not self._is_head_of_form():
            return False
        form = outline.FORM.match(self.text, block.start, block.end) or outline.LABEL.match(
            self.text, block.start, block.end
        )
        if form is None or form.end() >= block.end:
            return False
        if self.speakers.can_speak(form["label"]):
            return self.speakers.can_speak(
                self.text[form.end() : block.end].split(",")[0]
            )  # «Ketua : Hendra Wijaya, M.Kes.»
        return self.text[form.end("label")].isspace()

    def is_within_form(self, block: Block) -> bool:
        """«              2. Pembahasan» below «Acara : 1. Pembukaan»."""
        return self._is_head_of_form() and block.shape is not Shape.ROW and block.indent >= _INDENT_OF_FORM

    def _is_head_of_form(self) -> bool:
        is_headed = bool(self.reading.facts or self.reading.people) or self.title_ends > 0
        is_head = self.section in {None, Section.HEAD, Section.PEOPLE}
        return is_head and is_headed and not any(piece.is_kept for piece in self.reading.pieces)

    def opens_voice(self, block: Block, following: Sequence[Block]) -> bool:
        """«Direktur Perancangan, Ibu Salma Harahap:» above what she said; «Tanggapan Biro Hukum (Agus Salim):»."""
        words = self.text[block.start : block.end].rstrip("*_ ")
        is_named_role = block.section is Section.PEOPLE and self.section is Section.DISCUSSION and words.endswith("):")
        if (block.section or not words.endswith(":")) and self._heads_voice(block, following, words):
            return True
        if (block.section and not is_named_role) or self.section in NOT_PIECES | {None, *OF_LISTS}:
            return False
        if not words.endswith(":"):
            return self._names_voice(block, words)
        before = outline.BEFORE_SPEAKER.match(words)
        name = words[before.end() if before else 0 : -1].strip(" *_")
        person = next((part for part in re.split(r"[,()]", name)[1:] if self.speakers.can_speak(part.strip())), name)
        if not self.speakers.can_speak(person.strip()) or self._is_introduced(name):
            return False
        self.voice = self.prose.remember(self.speakers.named(person.strip()))
        self.is_of_paragraphs = self.speakers.is_surely_somebody(name)
        section = section_of(before["what"]) if before else None
        self.voice_kind = KINDS.get(section) if section else None
        return True

    def _heads_voice(self, block: Block, following: Sequence[Block], words: str) -> bool:
        """«Arahan Kepala Balai», «Komisi A (Akademik)», «Training (Mei-Ling Chua)» above items."""
        is_above_items = bool(following) and following[0].shape is Shape.ITEM
        before = outline.BEFORE_SPEAKER.match(words)
        is_line = block.shape is Shape.HEADING or (block.shape is Shape.PARAGRAPH and before is not None)
        if not (is_line and is_above_items):
            return False
        name = words[before.end() :].strip(" *_:") if before else words.strip(" *_:")
        is_told = before is not None and self.speakers.is_surely_somebody(name)
        if self.section in {None, Section.HEAD, *NOT_PIECES} and not is_told:
            return False
        inside = outline.IN_BRACKETS.search(name)
        if inside and not before and self.speakers.is_listed(inside["name"]):
            name = inside["name"]
        elif not before and (block.section or not self.speakers.is_body(name)):
            return False
        if before and not (is_told or self.speakers.is_body(name)):
            return False
        section = section_of(before["what"]) if before else None
        self.voice = self.prose.remember(self.speakers.named(name))
        self.voice_kind = KINDS.get(section) if section is Section.DIRECTIVES else None
        self.is_of_paragraphs, self.voice_indent, self.section = False, None, Section.DISCUSSION
        return True

    def _names_voice(self, block: Block, words: str) -> bool:
        """«a. dr. Hendra Wijaya, M.Kes. (Kepala Dinas)» above what he said, indented further."""
        before = outline.BEFORE_SPEAKER.match(words)
        name = words[before.end() :] if before else words
        if not block.leads or self._is_introduced(name) or not self.speakers.is_surely_somebody(name):
            return False
        section = section_of(before["what"]) if before else None
        self.voice = self.prose.remember(self.speakers.named(name))
        self.voice_kind = KINDS.get(section) if section else None
        self.is_of_paragraphs = False
        self.voice_indent = block.indent
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
        if self.reading.pieces and (outline.SERVICE_NUMBER.fullmatch(words) or self._is_signature(block)):
            return True
        is_signed = signed is not None and section_of(signed["label"]) in {Section.END, Section.PEOPLE}
        return bool(self.reading.pieces) and (is_signed or outline.PLACE_AND_DAY.fullmatch(words) is not None)

    def _is_signature(self, block: Block) -> bool:
        """«                    PIMPINAN RAPAT» at the right."""
        return block.section is Section.PEOPLE and block.indent >= 2 * _INDENT_OF_FORM

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
        if label is None or whose is None or label.end() >= span[1]:
            return None
        if not whose["self"] and not self.speakers.can_speak(whose["pic"]):
            return None
        name = whose.span("self") if whose["self"] else whose.span("pic")
        pic = (span[0] + name[0], span[0] + name[1])
        return self.action((label.end(), span[1]), replace(self.task((label.end(), span[1])), pic=pic))

    def parts_of_task(self, fact: Fact, span: Span) -> Piece | None:
        """«Owner: Sari. Action: inform both. Deadline: 28 May 2026.» in one line."""
        spans = {fact: span}
        what = None
        found = list(outline.INNER_LABEL.finditer(self.text, *span))
        for at, label in enumerate(found):
            stop = found[at + 1].start() if at + 1 < len(found) else span[1]
            part = speech.stripped(self.text, label.end(), stop)
            if section_of(label["label"]) is Section.ACTIONS:
                what = part
            elif inner := fact_of(label["label"]):
                spans[inner] = part
        if what is None:
            return None
        if fact in spans:
            spans[fact] = speech.stripped(self.text, span[0], found[0].start())
        task = self.task(what)
        due = spans.get(Fact.DUE)
        due_on = day_in(self.text[slice(*due)], self.said_on) if due else None
        pic = spans.get(Fact.PIC, task.pic)
        return self.action(what, Task(what, pic, due if due_on else task.due, due_on or task.due_on))

    def _is_role_speaking(self, name: str) -> bool:
        """«Chair: …» in the discussion; in the head it tells who presides."""
        if _TAKES_MINUTES.match(name):
            return False
        return self.section in {Section.DISCUSSION, *KINDS} and section_of(name) is Section.PEOPLE and (
            self.speakers.can_speak(name.strip("*_ ").capitalize())
        )  # fmt: skip
