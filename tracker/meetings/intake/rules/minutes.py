"""Reads minutes, notes and releases: section by section, block by block. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from tracker.meetings.intake.formats import outline
from tracker.meetings.intake.formats.sections import Fact, Section, fact_of, section_of
from tracker.meetings.intake.rules.answers import with_answers
from tracker.meetings.intake.rules.blocks import Block, Shape, blocks_of
from tracker.meetings.intake.rules.items import LONGEST_NOTE
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.landmarks import NOT_PIECES, OF_LISTS, Landmarks
from tracker.meetings.intake.rules.listed import listed_names
from tracker.meetings.intake.rules.prose import Prose
from tracker.meetings.intake.rules.reader import KINDS, MOST_READ, Manner, Piece, Reading
from tracker.meetings.intake.rules.tables import columns_of, is_attendance, is_number_row
from tracker.meetings.intake.rules.tasks import Span, Task, day_in
from tracker.meetings.live.rules import Known
from tracker.meetings.rules import StatementKind

K = StatementKind
#: Where labels speak of the meeting.
_HEAD_SECTIONS = {None, Section.HEAD, Section.PEOPLE, Section.AGENDA}
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|[\d\s-]+")


class Minutes(Landmarks):
    def __init__(self, text: str, people: Sequence[Known], said_on: date, manner: Manner | None) -> None:
        self.blocks = blocks_of(text)
        super().__init__(text, people, said_on, listed_names(text, self.blocks))
        self.head_begins = self.head_begins_at()
        self.title_ends = self.title_ends_at()
        self.has_sections = any(block.section in {*KINDS, Section.ACTIONS, Section.OUTCOMES} for block in self.blocks)
        self.manner = manner or (Manner.PROSE if self._is_prose() else Manner.LINES)
        self.reading = Reading(manner=self.manner)
        self.columns: dict[str, int] | None = None

    def _is_prose(self) -> bool:
        """Whether paragraphs attribute words to somebody, rather than note them."""
        if self._lists_people():
            return False
        for block in self.blocks:
            if block.shape is not Shape.PARAGRAPH or self.label(block):
                continue
            passages = list(Prose(self.text, self.speakers).passages(block.start, block.end))
            if any(passage.is_quote or (passage.who and len(passages) > 1) for passage in passages):
                return True
            if any(passage.who for passage in passages) and block.end - block.start > LONGEST_NOTE // 2:
                return True
        long = [block for block in self.blocks if block.end - block.start > LONGEST_NOTE]
        return bool(long) and len(long) * 2 >= len(self.blocks) and not self.has_sections

    def _lists_people(self) -> bool:
        """Whether it has headings and tells who was present, as minutes do and releases do not."""
        labels = [label for block in self.blocks if (label := self.label(block))]
        lists = any(block.section is Section.PEOPLE for block in self.blocks) or any(
            section_of(name) is Section.PEOPLE for name, _ in labels
        )
        return lists and any(
            block.shape is Shape.HEADING and block.section is not Section.PEOPLE for block in self.blocks
        )

    def read(self) -> Reading:
        for piece in islice(with_answers(self._pieces()), MOST_READ):
            self.reading.pieces.append(piece)
        return self.reading

    def _pieces(self) -> Iterator[Piece]:
        for number, block in enumerate(self.blocks):
            if self.opens_voice(block, self.blocks[number + 1 : number + 2]):
                continue
            if not self._is_said(block):
                self.voice = self.voice_indent = None
            if self._is_of_head(number, block):
                continue
            yield from self._block(number, block)

    def _block(self, number: int, block: Block) -> Iterator[Piece]:
        if self.is_end(block):
            self.section = Section.END
        elif introduced := self._introduced(number):
            self.section = introduced
        elif self._is_heading(block) and not self._is_entry_of_agenda(block):
            self._open(block, is_first=number == 0)
        elif block.shape is Shape.ROW:
            yield from self._row(block)
        else:
            self.columns = None
            yield from self._words(block, is_title=number == 0)

    def _is_said(self, block: Block) -> bool:
        """Whether a block below a name may still be said by that person."""
        if self.voice_indent is not None and block.indent <= self.voice_indent:
            return False
        return block.shape is Shape.ITEM or (self.is_of_paragraphs and block.shape is Shape.PARAGRAPH)

    def _is_of_head(self, number: int, block: Block) -> bool:
        """Letterhead, further lines of the title, and what is indented below a line of a form."""
        is_letterhead = number < self.head_begins and block.section is None and not self.label(block)
        is_title = 0 < number < self.title_ends and not self.is_only_a_day((block.start, block.end))
        return is_letterhead or is_title or self.is_within_form(block)

    def _introduced(self, number: int) -> Section | None:
        """«… musyawarah menyepakati hal-hal berikut:» above a list."""
        block, below = self.blocks[number], self.blocks[number + 1 : number + 2]
        words = self.text[block.start : block.end]
        if (
            not words.endswith(":")
            or not below
            or below[0].shape is not Shape.ITEM
            or self.section in OF_LISTS
            or block.section
        ):
            return None
        found = outline.INTRODUCTION.search(words) if len(words) <= LONGEST_NOTE else None
        if found is None or self.label(block):
            return None
        return Section.ACTIONS if found["actions"] else Section.DECISIONS

    def _is_heading(self, block: Block) -> bool:
        is_free = self.section in {None, Section.DISCUSSION, Section.AGENDA}
        return block.shape is Shape.HEADING or (block.leads and is_free)

    def _is_entry_of_agenda(self, block: Block) -> bool:
        """«2. Lain-lain» below «Agenda:»"""
        is_labelled = self.text[block.end - 1] in ":*"
        return self.section is Section.AGENDA and block.is_listed and not block.is_apart and not is_labelled

    def _open(self, block: Block, *, is_first: bool) -> None:
        self.columns = None
        words = self.text[block.start : block.end]
        if self.section in OF_LISTS and block.section is None and words.endswith(":") and not block.is_listed:
            return  # «The Meeting:» above what it concluded
        if self.section is Section.END and block.section is None:
            return  # «KEPALA DINAS KESEHATAN,» above a signature
        if is_first and block.section in {None, Section.HEAD}:
            return
        self.section = block.section or (Section.PEOPLE if self._continues_people(words) else Section.DISCUSSION)
        if self.section is Section.PEOPLE:
            self.reading.people.append(words if words.rstrip("*_ ").endswith(":") else f"{words}:")

    def _continues_people(self, words: str) -> bool:
        """«Direktorat Kerja Sama:» among the attendees."""
        return self.section is Section.PEOPLE and words.rstrip().endswith(":")

    def _row(self, block: Block) -> Iterator[Piece]:
        cells = [self.text[start:end] for start, end in block.cells]
        if self.is_line_of_head((block.start, block.end)) or self._is_row_of_head(block):
            return
        is_head = self.columns is None and self._read_head(cells)
        if is_head:
            return
        if self.section is Section.PEOPLE or (not self.columns and is_attendance(cells)):
            self.section = Section.PEOPLE
            self.reading.people.append(self.text[block.start : block.end])
        elif self.section in NOT_PIECES or is_number_row(cells):
            return
        elif self.columns:
            yield from self._by_columns(block)
        elif len(block.cells) == len("ab") and (fact_of(cells[0]) or section_of(cells[0].rstrip(": "))):
            yield from self._fact_row(block)
        else:
            yield from self.item(max(block.cells, key=lambda cell: cell[1] - cell[0]))

    def _is_row_of_head(self, block: Block) -> bool:
        """«Tuesday, 8 Dec 2026 | 10:00 - 11:15 | Room 2»"""
        is_kept = any(piece.is_kept for piece in self.reading.pieces)
        is_head = self.section in {None, Section.HEAD} and not is_kept and not self.columns
        return is_head and any(self.is_only_a_day(cell) for cell in block.cells[:1])

    def _read_head(self, cells: Sequence[str]) -> bool:
        """Whether the first row of a table names its columns."""
        columns = columns_of(cells)
        if columns is None or (self.section is Section.PEOPLE and "what" not in columns):
            columns = {}
        self.columns = columns
        return bool(columns)

    def _fact_row(self, block: Block) -> Iterator[Piece]:
        label, span = block.cells[0], block.cells[1]
        value = self.text[span[0] : span[1]].lstrip(": ")
        yield from self._labelled(self.text[label[0] : label[1]].rstrip(": "), (span[1] - len(value), span[1]))

    def _by_columns(self, block: Block) -> Iterator[Piece]:
        columns = self.columns or {}
        spans = {
            name: block.cells[at]
            for name, at in columns.items()
            if at < len(block.cells) and self.text[slice(*block.cells[at])].strip(" -–—.")
        }
        who = self.speakers.named(self.text[slice(*spans["speaker"])]) if "speaker" in spans else None
        if "said" in spans:
            yield from self.item(spans["said"])
        for name, kind in (("decision", K.DECISION), ("proposal", K.PROPOSAL)):
            if name in spans:
                yield self.piece(spans[name], kind, who, is_sure=True)
        if "what" not in spans:
            return
        if {"pic", "due"} & columns.keys() or self.section is Section.ACTIONS:
            yield self.action(spans["what"], self._task_of_row(spans))
        elif who:
            words = self.text[slice(*spans["what"])]
            yield self.piece(spans["what"], kind_of(words) or K.REMARK, who, is_sure=True)
        elif not {"decision", "proposal"} & spans.keys():
            yield from self.item(spans["what"])

    def _task_of_row(self, spans: Mapping[str, Span]) -> Task:
        task = self.task(spans["what"])
        due_on = day_in(self.text[slice(*spans["due"])], self.said_on) if "due" in spans else None
        return Task(
            what=spans["what"] if {"pic", "due"} & spans.keys() else task.what, pic=spans.get("pic", task.pic),
            due=spans["due"] if due_on else task.due, due_on=due_on or task.due_on,
        )  # fmt: skip

    def _words(self, block: Block, *, is_title: bool) -> Iterator[Piece]:
        span = (block.start, block.end)
        if self._leaves_list(block):
            self.section = None
        if self.section not in NOT_PIECES and (self.is_only_a_day(span) or self.is_line_of_head(span)):
            self.reading.facts.setdefault(Fact.DATE, self.text[slice(*span)])
            return
        label = self.label(block)
        if label:
            yield from self._labelled(*label)
        elif assigned := self.assigned_in(span):
            yield assigned
        elif self.section in NOT_PIECES:
            self._enlist(self.text[slice(*span)])
        elif self.is_line_of_form(block):
            self._of_form(block)
        else:
            yield from self._title_or_said(block, is_title=is_title)

    def _title_or_said(self, block: Block, *, is_title: bool) -> Iterator[Piece]:
        if not is_title or not (self.title_ends or self.is_title(block)):
            yield from self._said(block)
        elif self.manner is Manner.PROSE:
            yield self.piece((block.start, block.end), K.INFORMATION, is_kept=False)

    def _of_form(self, block: Block) -> None:
        """«Sekretaris : Suryati, S.K.M.» tells of an attendee."""
        form = outline.LABEL.match(self.text, block.start, block.end)
        if form and self.speakers.can_speak(form["label"].strip()):
            self.reading.people.append(self.text[block.start : block.end])

    def _said(self, block: Block) -> Iterator[Piece]:
        span = (block.start, block.end)
        is_empty = self.section is Section.ACTIONS and self.is_circumstance(span)
        if self.section in OF_LISTS and not is_empty:
            yield from self._in_section(block)
        elif self.is_circumstance(span) or (self.manner is Manner.LINES and self.is_of_holding(span)):
            yield self.piece(span, K.INFORMATION, is_kept=False)
        elif self.voice and not outline.LABEL.match(self.text, *span):
            kind = self.voice_kind or kind_of(self.text[slice(*span)]) or K.REMARK
            task = self.task(span) if kind is K.DIRECTIVE else None
            if task and task.pic and task.due_on:
                yield self.action(span, task, self.voice, is_sure=False)
            else:
                yield self.piece(span, kind, self.voice, is_sure=True)
        else:
            yield from self._in_section(block)

    def _enlist(self, words: str) -> None:
        if self.section is Section.PEOPLE:
            self.reading.people.append(words)
        elif self.section is Section.AGENDA:
            self.reading.agenda.append(words)

    def _leaves_list(self, block: Block) -> bool:
        """Whether a paragraph after an empty line no longer belongs to the attendees or the agenda."""
        is_after = block.is_apart and block.shape is Shape.PARAGRAPH
        return is_after and self.section in {Section.PEOPLE, Section.AGENDA} and not self.looks_like_entry(block)

    def _labelled(self, label: str, span: Span) -> Iterator[Piece]:
        section, fact = section_of(label), fact_of(label)
        words = self.text[slice(*span)]
        if section is Section.PEOPLE:
            self.reading.people.append(f"{label.strip('*_ ')}: {words}")
        elif section is Section.AGENDA:
            self.section = Section.AGENDA
            self.reading.agenda.append(words)
        elif section is Section.HEAD and self.section in _HEAD_SECTIONS:
            return
        elif section in {Section.ACTIONS, Section.OUTCOMES}:
            yield self.action(span, self.task(span))
        elif section in KINDS:
            yield from self.with_speaker(span, KINDS[section], is_sure=True)
        elif fact is None:
            yield from self.item(span)
        else:
            yield from self._stated(fact, label, span)

    def _stated(self, fact: Fact, label: str, span: Span) -> Iterator[Piece]:
        """What a label says about the meeting or the task above; other labels stay in the words."""
        words = self.text[slice(*span)]
        if fact is Fact.MAIL:
            return
        if fact in {Fact.PIC, Fact.DUE}:
            self._complete(fact, span)
        elif fact is not Fact.OTHER and self.section in _HEAD_SECTIONS:
            self.reading.facts.setdefault(fact, words)
        elif self.section not in NOT_PIECES:
            begin = self.text.rfind(label, 0, span[0])
            is_kept = self.manner is not Manner.PROSE and not _ADDRESS.fullmatch(words)
            yield self.piece((begin, span[1]), kind_of(words) or K.REMARK, is_kept=is_kept)

    def _complete(self, fact: Fact, span: Span) -> None:
        """«PIC: Sari» or «Tenggat: 30 November» in a line of its own below an action."""
        last = self.reading.pieces[-1] if self.reading.pieces else None
        if last is None or self.section in NOT_PIECES:
            return
        stated = self.parts_of_task(fact, span)
        if stated:
            self.reading.pieces.append(stated)
            return
        task = last.task or self.task((last.start, last.start + len(last.words)))
        words = self.text[slice(*span)]
        done = replace(last, what=last.what or last.words, kind=_of_task(last.kind))
        if fact is Fact.PIC:
            self.reading.pieces[-1] = replace(done, task=replace(task, pic=span), pic=words)
        elif day := day_in(words, self.said_on):
            self.reading.pieces[-1] = replace(done, task=replace(task, due=span, due_on=day))

    def _in_section(self, block: Block) -> Iterator[Piece]:
        span = (block.start, block.end)
        if self.section is Section.ACTIONS and (block.shape is Shape.ITEM or not self.is_introduction(span)):
            yield self.action(span, self.task(span))
        elif self.section is Section.OUTCOMES and not self.is_introduction(span):
            task = self.task(span)
            if task.pic or task.due_on:
                yield self.action(span, task)
            else:
                yield self.piece(span, K.DECISION, is_sure=True)
        elif self.section in KINDS:
            if not self.is_introduction(span):
                yield from self.with_speaker(span, KINDS[self.section], is_sure=self.section is not Section.REMARKS)
        elif block.shape is Shape.ITEM or (self.manner is Manner.LINES and span[1] - span[0] <= LONGEST_NOTE):
            yield from self.item(span)
        else:
            yield from self.paragraph(span)


def _of_task(kind: StatementKind) -> StatementKind:
    return kind if kind is K.DECISION else K.DIRECTIVE
