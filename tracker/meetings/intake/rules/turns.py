"""Reads a transcript: who said what, in turns. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.sections import Section, section_of
from tracker.meetings.intake.formats.small_talk import (
    has_limit,
    is_agreement,
    is_filler,
    is_for_others,
    is_meant_for_one,
    is_mere_answer,
    is_own,
)
from tracker.meetings.intake.formats.transcripts import Turn
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.prose import Prose
from tracker.meetings.intake.rules.reader import KINDS, MOST_READ, Manner, Piece, Reader, Reading
from tracker.meetings.intake.rules.speakers import Speakers, Who
from tracker.meetings.intake.rules.tasks import Span, Task
from tracker.meetings.rules import StatementKind

K = StatementKind
_LONGEST_TURN = 400


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
        """A response takes its reasons along: «Kami kurang sependapat. Di daerah justru butuh penyuluh.»"""
        who = self.speakers.named(turn.speaker) if turn.speaker else None
        answer: Piece | None = None
        for piece in self._sentences(turn, who):
            end = piece.start + len(piece.words)
            if answer and piece.kind is K.REMARK and piece.is_kept and end - answer.start <= _LONGEST_TURN:
                answer = self.piece((answer.start, end), K.RESPONSE, who)
                continue
            yield from [answer] if answer else []
            answer = piece if piece.kind is K.RESPONSE and piece.is_kept and not piece.task else None
            yield from [] if answer else [piece]
        yield from [answer] if answer else []

    def _sentences(self, turn: Turn, who: Who | None) -> Iterator[Piece]:
        """Sentences that decide, ask or propose something stand alone; the others stay together."""
        waiting: list[Span] = []
        before = ""
        for span in speech.sentence_spans(self.text, turn.start, turn.end):
            sentence = self.text[span[0] : span[1]]
            said = self._labelled(span, who) or (None if is_filler(sentence) else self._alone(span, turn, who))
            if said and said.kind is K.EXHORTATION and is_agreement(before):
                said = replace(said, kind=K.DECISION)  # «That works for me. Let's extend it.»
            before = sentence
            if said is None and (not waiting or span[1] - waiting[0][0] <= _LONGEST_TURN):
                waiting.append(span)
                continue
            yield from self._said(waiting, who)
            waiting = [] if said else [span]
            if said:
                yield said
        yield from self._said(waiting, who)

    def _alone(self, span: Span, turn: Turn, who: Who | None) -> Piece | None:
        """A sentence with a kind of its own, or with a task."""
        words = self.text[slice(*span)]
        kind = kind_of(words)
        task = self._task_in(span, kind, turn)
        if task:
            return self.action(span, task, who, is_sure=False)
        return self.piece(span, kind, who) if kind else None

    def _task_in(self, span: Span, kind: StatementKind | None, turn: Turn) -> Task | None:
        words = self.text[slice(*span)]
        is_of_speaker = is_own(words)
        is_addressed = is_meant_for_one(words)
        if kind not in {None, K.DIRECTIVE, *([K.PROPOSAL] if is_addressed else [])} or not (
            kind or is_of_speaker or is_addressed or is_for_others(words)
        ):
            return None
        task = self.task(span)
        if is_of_speaker and (task.due_on or has_limit(words)) and turn.speaker:
            at = self.text.rfind(turn.speaker, 0, turn.start)
            return replace(task, pic=(at, at + len(turn.speaker))) if at >= 0 else None
        is_meant = task.due_on or (kind is K.DIRECTIVE and is_addressed)
        return task if task.pic and is_meant else None

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
        """What was said together, without the greetings around it."""
        telling = [span for span in spans if not is_filler(self.text[slice(*span)])]
        if spans:
            start, end = (telling or spans)[0][0], (telling or spans)[-1][1]
            tells = bool(telling) and not is_mere_answer(self.text[start:end])
            yield self.piece((start, end), K.REMARK, who, is_kept=tells, is_sure=True)
