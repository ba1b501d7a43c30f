"""Reads a transcript: who said what, in turns. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.outline import Section, section_of
from tracker.meetings.intake.formats.transcripts import Turn
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.prose import Prose
from tracker.meetings.intake.rules.reader import KINDS, MOST_READ, Manner, Piece, Reader, Reading
from tracker.meetings.intake.rules.speakers import Speakers, Who
from tracker.meetings.intake.rules.tasks import Span
from tracker.meetings.rules import StatementKind

K = StatementKind
_LONGEST_TURN = 400
_FILLER = re.compile(
    r"(?:(?:ya|iya|oke|ok|okay|baik|baiklah|siap|betul|benar|nah|halo|hai|hello|hi|yes|yeah|yep|right|sure|great|thanks?|"
    r"thank you|terima kasih|makasih|selamat (?:pagi|siang|sore|malam)|silakan|silahkan|mangga|monggo|hmm+|eh+|um+|uh+|"
    r"good (?:morning|afternoon)|pak|bu|bapak|ibu|semua|semuanya|everyone|all|sama-sama|go ahead|please go ahead|"
    r"pagi|siang|sore|malam|kita mulai(?: rapatnya)?|agreed|will do|hi all|thanks for joining|setuju|noted|"
    r"terdengar|suara saya terdengar|can you hear me|assalamualaikum|waalaikumsalam|cukup|sepakat ya|sangat|banyak|"
    r"kembali|you|so much|very|much)[\s,.!?…-]*)+",
    re.IGNORECASE,
)


class Turns(Reader):
    """A transcript: who said what, in turns."""

    def read(self, turns: Sequence[Turn]) -> Reading:
        self.speakers = Speakers(self.people, [turn.speaker for turn in turns if turn.speaker])
        self.prose = Prose(self.text, self.speakers)
        reading = Reading(manner=Manner.TURNS)
        reading.pieces = list(islice((piece for turn in turns for piece in self._turn(turn)), MOST_READ))
        reading.people = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
        return reading

    def _turn(self, turn: Turn) -> Iterator[Piece]:
        """Sentences that decide, ask or propose something stand alone; the others stay together."""
        who = self.speakers.named(turn.speaker) if turn.speaker else None
        waiting: list[Span] = []
        for span in speech.sentence_spans(self.text, turn.start, turn.end):
            sentence = self.text[span[0] : span[1]]
            labelled = self._labelled(span, who)
            kind = labelled.kind if labelled else kind_of(sentence)
            if kind is None and (not waiting or span[1] - waiting[0][0] <= _LONGEST_TURN):
                waiting.append(span)
                continue
            yield from self._said(waiting, who)
            waiting = []
            if labelled:
                yield labelled
            elif kind is None:
                waiting = [span]
            else:
                yield self._spoken(span, kind, who)
        yield from self._said(waiting, who)

    def _spoken(self, span: Span, kind: StatementKind, who: Who | None) -> Piece:
        if kind is K.DIRECTIVE:
            task = self.task(span)
            if task.pic and task.due_on:
                return self.action(span, task, who, is_sure=False)
        return self.piece(span, kind, who)

    def _labelled(self, span: Span, who: Who | None) -> Piece | None:
        """«Keputusan: …» and «Action item: …» within what somebody says."""
        label = outline.LABEL.match(self.text, *span)
        section = section_of(label["label"]) if label else None
        if label is None or section is None or label.end() >= span[1]:
            return None
        rest = (label.end(), span[1])
        if section is Section.ACTIONS:
            return self.action(rest, self.task(rest), who)
        kind = KINDS.get(section)
        return self.piece(rest, kind, who, is_sure=True) if kind else None

    def _said(self, spans: Sequence[Span], who: Who | None) -> Iterator[Piece]:
        if spans:
            start, end = spans[0][0], spans[-1][1]
            is_filler = _FILLER.fullmatch(self.text, start, end) is not None
            yield self.piece((start, end), K.REMARK, who, is_kept=not is_filler, is_sure=True)
