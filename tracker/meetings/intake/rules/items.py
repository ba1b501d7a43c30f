"""Reads lines of notes, items of sections and paragraphs: who says it, and of which kind it is. Pure."""

import re
from collections.abc import Iterator, Sequence

from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.sections import Section, section_of
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.prose import Passage
from tracker.meetings.intake.rules.reader import KINDS, Piece, Reader
from tracker.meetings.intake.rules.speakers import Who
from tracker.meetings.intake.rules.tasks import Span, begins_with_doer, is_bare_task
from tracker.meetings.live.formats import quotations
from tracker.meetings.live.rules import understand
from tracker.meetings.rules import StatementKind

K = StatementKind
#: A mark of the live minutes at the beginning of a line: «u », «t @Sari …».
_MARKED = re.compile(r"[a-z]\s+@?\S|@\w")
#: «Pak Rudi jawab: …», «Mas Galih usul: …»
SAID_AS = {"jawab": K.RESPONSE, "menjawab": K.RESPONSE, "usul": K.PROPOSAL, "saran": K.PROPOSAL, "minta": K.DIRECTIVE}
#: Notes shorter than this are one remark each; longer paragraphs are divided into sentences.
LONGEST_NOTE = 240
#: An item with these is to be done, wherever it stands.
_ASSIGNED = re.compile(r"\b(?:PIC|PJ|penanggung ?jawab|owner|assignee)\s*[:=]|[(\[]\s*PIC\s", re.IGNORECASE)


def _changes_speaker(passages: Sequence[Passage]) -> bool:
    """Whether several speak, or somebody after narration."""
    names = {passage.who.name for passage in passages if passage.who}
    return len(names) > 1 or (bool(names) and not passages[0].who)


class Items(Reader):
    #: Whose words stand below the line that names them: «Ibu Salma Harahap:».
    voice: Who | None = None

    def is_introduction(self, span: Span) -> bool:
        """«Rapat menyepakati hal-hal berikut:»"""
        return self.text[slice(*span)].rstrip().endswith(":")

    def is_circumstance(self, span: Span) -> bool:
        """Who opened and closed the meeting and when, greetings, and «None.»"""
        words = self.text[slice(*span)]
        return any(way.fullmatch(words) for way in (outline.GREETING, outline.NOTHING, outline.CONTACT)) or bool(
            outline.COURSE.match(words) and len(words) <= LONGEST_NOTE // 2
        )

    def is_of_holding(self, span: Span) -> bool:
        """Where the meeting was held, by whom attended, and its thanks."""
        is_short = span[1] - span[0] <= LONGEST_NOTE
        return is_short and outline.HELD.match(self.text, *span) is not None

    def with_speaker(self, span: Span, kind: StatementKind, *, is_sure: bool) -> Iterator[Piece]:
        """An item of a section, with its speaker where it names one before a colon or dash."""
        who, rest = self._spoken_before(span)
        if who is None and kind not in {K.DECISION}:
            within = self.prose.speaker_within(self.text[slice(*span)])
            who = within if within and (within.known or self.speakers.can_speak(within.name)) else None
        if kind is K.REMARK:
            kind = kind_of(self.text[slice(*rest)]) or kind
        yield self.piece(rest, kind, who, is_sure=is_sure)

    def _spoken_before(self, span: Span, *, is_item: bool = True) -> tuple[Who | None, Span]:
        """«Sari: setuju», «Sari – setuju», «[09.15] Sari: setuju»: the speaker, and what was said."""
        start, end = span
        clock = outline.CLOCK.match(self.text, start, end)
        start = clock.end() if clock and clock.end() < end else start
        for pattern in (outline.LABEL, outline.DASHED) if is_item else (outline.LABEL,):
            found = pattern.match(self.text, start, end)
            label = found["label"].strip("*_ ") if found else ""
            before = outline.BEFORE_SPEAKER.match(label)
            owned = outline.OF_SPEAKER.fullmatch(label)
            name = owned["name"] if owned else label[before.end() :] if before else outline.SAYING.sub("", label)
            if found and found.end() < end and self.speakers.can_speak(name):
                return self.prose.remember(self.speakers.named(name)), speech.stripped(self.text, found.end(), end)
        return None, (start, end)

    def item(self, span: Span) -> Iterator[Piece]:
        """A line of notes: with a mark of the live minutes, as «Name: what was said», or with a reporting verb."""
        if _MARKED.match(self.text, *span):
            yield from self._marked(span)
            return
        who, rest = self._spoken_before(span)
        if who is None:
            yield from self._unlabelled(rest)
            return
        if saying := outline.SAYING.search(self.text[span[0] : rest[0]].rstrip(" :–—-")):
            kind = SAID_AS.get(saying["verb"].casefold()) or kind_of(self.text[slice(*rest)]) or K.REMARK
            yield self.piece(rest, kind, who)
            return
        before = outline.BEFORE_SPEAKER.match(self.text, *span)
        of_kind = KINDS.get(section_of(before["what"]) or Section.REMARKS) if before else None
        if of_kind and of_kind is not K.REMARK:
            yield self.piece(rest, of_kind, who, is_sure=True)
            return
        label = outline.LABEL.match(self.text, *rest)
        section = section_of(label["label"]) if label and label.end() < rest[1] else None
        if label and section in {*KINDS, Section.ACTIONS}:
            inner = (label.end(), rest[1])
            if section is Section.ACTIONS:
                yield self.action(inner, self.task(inner), who)
            else:
                yield self.piece(inner, KINDS[section], who, is_sure=True)
            return
        quoted = quotations(self.text[slice(*rest)])
        if len(quoted) == 1 and quoted[0] == (0, rest[1] - rest[0]) and rest[1] - rest[0] > len("“”"):
            inside = (rest[0] + 1, rest[1] - 1)
            yield self.piece(inside, kind_of(self.text[slice(*inside)]) or K.REMARK, who, is_quote=True, is_sure=True)
            return
        yield self.piece(rest, kind_of(self.text[slice(*rest)]) or K.REMARK, who, is_sure=True)

    def _unlabelled(self, span: Span) -> Iterator[Piece]:
        if _ASSIGNED.search(self.text, *span):
            yield self.action(span, self.task(span))
            return
        if self.is_circumstance(span):
            yield self.piece(span, K.INFORMATION, is_kept=False)
            return
        if self._is_to_be_done(span):
            yield self.action(span, self.task(span), is_sure=False)
            return
        passages = list(self.prose.passages(*span))
        if len(passages) > 1 and any(passage.is_quote for passage in passages):
            yield from map(self.of_passage, passages)
        elif _changes_speaker(passages):
            yield from self._grouped(passages)
        elif len(passages) == 1 and passages[0].is_quote:
            yield self.of_passage(passages[0])
        elif passages:
            yield self._whole(span, passages)

    def _is_to_be_done(self, span: Span) -> bool:
        words = self.text[slice(*span)]
        is_noted = is_bare_task(words, self.speakers.can_speak) and self.task(span).due_on is not None
        return is_noted or begins_with_doer(words)

    def _whole(self, span: Span, passages: Sequence[Passage]) -> Piece:
        """An item in which one person speaks, or nobody."""
        who = next((passage.who for passage in passages if passage.who), None) or self._named_behind(span)
        kinds = [kind_of(self.text[slice(*span)]), *(passage.kind for passage in passages if passage.who)]
        kind = next((kind for kind in kinds if kind), K.REMARK)
        if who:
            return self.piece(span, kind, who)
        task = self.task(span) if kind is K.DIRECTIVE else None
        if task and task.pic and task.due_on:
            return self.action(span, task, is_sure=False)
        if kind is K.PROPOSAL and span[1] - span[0] > LONGEST_NOTE // 2:
            kind = K.REMARK
        return self.piece(span, K.DECISION if kind is K.REMARK and self._is_outcome(span) else kind, self.voice)

    def _named_behind(self, span: Span) -> Who | None:
        """«kapasitas 40 orang (Bu Yulia)», if the text lists her"""
        found = outline.IN_BRACKETS.search(self.text[slice(*span)])
        if found is None or not (self.speakers.is_listed(found["name"]) or self._is_addressed(found["name"])):
            return None
        return self.prose.remember(self.speakers.named(found["name"]))

    def _is_addressed(self, name: str) -> bool:
        """«(Bu Sinta)»"""
        return outline.COURTESY.match(name) is not None and self.speakers.can_speak(name)

    def _is_outcome(self, span: Span) -> bool:
        """«=> pakai e-katalog» in small notes"""
        before = self.text[self.text.rfind("\n", 0, span[0]) + 1 : span[0]]
        return outline.ARROW.fullmatch(before) is not None and not outline.UNDECIDED.match(self.text, *span)

    def _grouped(self, passages: Sequence[Passage]) -> Iterator[Piece]:
        """Sentences of several speakers in one item: a sentence without a speaker belongs to the one before."""
        groups: list[list[Passage]] = []
        for passage in passages:
            if groups and not passage.who:
                groups[-1].append(passage)
            else:
                groups.append([passage])
        for group in groups:
            span = (group[0].start, group[-1].end)
            yield self.piece(span, kind_of(self.text[slice(*span)]) or K.REMARK, group[0].who)

    def paragraph(self, span: Span) -> Iterator[Piece]:
        who, rest = self._spoken_before(span, is_item=False)
        if who:
            yield self.piece(rest, kind_of(self.text[slice(*rest)]) or K.REMARK, who, is_sure=True)
            return
        yield from map(self.of_passage, self.prose.passages(*span))

    def _marked(self, span: Span) -> Iterator[Piece]:
        line = self.text[slice(*span)]
        understood = understand(line, said_on=self.said_on, people=self.speakers.directory, targets=())
        if understood.kind is None:
            rest = speech.stripped(self.text, span[0] + len(line) - len(understood.line), span[1])
            if rest[0] < rest[1]:
                yield self.action(rest, self.task(rest))
            return
        words = understood.words
        at = self.text.find(words, *span) if words.strip() else -1
        if at < 0:
            yield from self._unlabelled(span) if words.strip() else ()
            return
        first = next(iter(understood.speakers), None)
        who = Who(first.known.spellings[0] if first.known else first.name, first.known) if first else None
        kind = understood.kind if understood.kind is not K.REMARK else kind_of(words) or understood.kind
        if who is None and understood.kind is K.REMARK:
            yield from self._unlabelled(span)
            return
        yield self.piece((at, at + len(words)), kind, who, is_quote=understood.quote is not None, is_sure=True)
