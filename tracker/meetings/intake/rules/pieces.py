"""Split a pasted text into draft statements. Pure. Each is confirmed before it is stored.

A press release is split at quotations and sentences. The speaker is the person it attributes the words to; «-nya» and
«pihaknya» are the person named last. Passages without quotation, speaker or a reporting verb are proposed to be
skipped. A text without any quoted person is treated as notes: each line is a piece.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from tracker.meetings.intake import formats
from tracker.meetings.live.formats import quotations
from tracker.meetings.live.rules import Directory, Known, Register, understand
from tracker.meetings.rules import StatementKind

K = StatementKind


#: Kinds of statement by wording; the first match counts.
_CUES = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        (K.DECISION, "memutuskan|diputuskan|menyepakati|disepakati|sepakat"),
        (K.DIRECTIVE, r"meminta|diminta|instruksi|menginstruksikan|menugaskan|ditugaskan|memerintahkan"),
        (K.HOPE, r"berharap|harapan\w*|diharapkan|semoga"),
        (K.EXHORTATION, "mengajak|mari|ayo|mengimbau|diimbau"),
        (K.PROPOSAL, "perlu|perlunya|usul|usulkan|mengusulkan|diusulkan|sebaiknya|menyarankan|disarankan"),
    )
)
#: Narration that reports a subject without saying who raised it.
_SPOKEN_OF = re.compile(r"\b(?:sorotan|menyoroti|disoroti|disinggung|mengemuka)\b", re.IGNORECASE)
#: Text before direct speech ends like this, at most this far from it.
_ENDS_BEFORE_QUOTE = re.compile(r"[.!?:,]$|\bbahwa$")
_NEAR = 60
#: Longer texts are not notes; the rest is not read.
MOST_READ = 1000
#: Shorter spellings are initials, which occur in many words.
SHORTEST_NAME = 2
_COLON = re.compile(r"^([A-Z][^:“\"]{1,79}):\s+(?=\S)")


@dataclass(frozen=True, kw_only=True)
class Piece:
    kind: StatementKind
    quote: str | None = None
    gist: str | None = None
    #: The row of the attendance list, or the name as written if none matches.
    speaker: Known | None = None
    speaker_name: str | None = None
    is_kept: bool = True


@dataclass(frozen=True)
class Who:
    name: str
    known: Known | None


def pieces_of(text: str, *, people: Sequence[Known], said_on: date) -> list[Piece]:
    reading = _Reading(people)
    lines = formats.paragraphs(text)
    passages = (piece for paragraph in lines for piece in reading.paragraph(paragraph))
    pieces = list(islice(passages, MOST_READ))
    if len(pieces) == MOST_READ or any(piece.is_kept and (piece.quote or piece.speaker_name) for piece in pieces):
        return pieces
    return [piece for line in lines[:MOST_READ] if (piece := _note(line, people, reading.directory, said_on))]


class _Reading:
    """Reads paragraph by paragraph, and remembers who was named last."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.people = people
        self.directory = Directory(people)
        #: Everyone by spelling, grouped by the length of the spelling.
        self.spelled: dict[int, dict[str, Known]] = {}
        for known in people:
            for spelling in known.spellings:
                self.spelled.setdefault(len(spelling), {}).setdefault(spelling.casefold(), known)
        self.last: Who | None = None
        self.named = lru_cache(maxsize=None)(lambda name: who_is(name, self.people, self.directory))

    def paragraph(self, text: str) -> Iterator[Piece]:
        passages = [span for span in quotations(text) if self._is_passage(text, *span)]
        reached = 0
        for number, (start, end) in enumerate(passages):
            limit = passages[number + 1][0] if number + 1 < len(passages) else len(text)
            narration = text[reached:start]
            lead, before = self._lead(narration)
            yield from self._narration(narration[: len(narration) - len(lead)] if before else narration)
            who, used = self._speaker_after(text[end:limit])
            yield self._piece(
                text[start + 1 : end - 1].rstrip(","), who or before or self._continued_speaker(reached), lead
            )
            reached = end + used
        yield from self._narration(text[reached:])

    def _is_passage(self, text: str, start: int, end: int) -> bool:
        """Whether it is direct speech rather than a quoted word within a sentence."""
        after = text[end : end + 200]
        is_said = formats.SAID_BY.match(after) or formats.SAID_BY_THE_SAME.match(after)
        return end - start > len("“”") and bool(is_said or _leads_to_speech(text, start))

    def _lead(self, narration: str) -> tuple[str, Who | None]:
        """The unfinished sentence before a quotation, and the speaker it names: «Razilu mengatakan, “…”»."""
        trimmed = narration.rstrip()
        if not trimmed or trimmed[-1] in ".!?":
            return "", None
        lead = formats.sentences(trimmed)[-1]
        who = self._speaker_within(lead)
        return narration[narration.rindex(lead) :], who

    def _speaker_after(self, after: str) -> tuple[Who | None, int]:
        """The speaker named after a quotation, and the end of that sentence."""
        named = formats.SAID_BY.match(after)
        if not named and not formats.SAID_BY_THE_SAME.match(after):
            return None, 0
        sentence = formats.first_sentence(after)
        if not named:
            return self.last, len(sentence)
        return self._remember(self._named_first(sentence[named.end() :])), len(sentence)

    def _continued_speaker(self, reached: int) -> Who | None:
        """A second quotation of a paragraph without a name continues the first."""
        return self.last if reached else None

    def _narration(self, text: str) -> Iterator[Piece]:
        for sentence in formats.sentences(text):
            if not any(char.isalnum() for char in sentence):
                continue
            who = self._speaker_within(sentence)
            kind = kind_of(sentence) or (K.REMARK if who or _SPOKEN_OF.search(sentence) else K.INFORMATION)
            yield Piece(
                kind=kind, gist=sentence, speaker=_row(who), speaker_name=who.name if who else None,
                is_kept=kind is not K.INFORMATION,
            )  # fmt: skip

    def _speaker_within(self, sentence: str) -> Who | None:
        between = formats.SAID_BETWEEN.search(sentence)
        if between:
            return self._remember(self._named_first(sentence[between.end() :]))
        says = formats.SAYS.search(sentence)
        if not says:
            return None
        subject = sentence[: says.start()]
        return self.last if formats.THE_SAME.search(subject) else self._remember(self._named_last(subject))

    def _named_first(self, text: str) -> Who | None:
        run = formats.NAME.match(text)
        for length in sorted(self.spelled, reverse=True):
            known = self.spelled[length].get(text[:length].casefold())
            if known and not text[length : length + 1].isalnum():
                return Who(text[:length], known)
        return self.named(run[0]) if run else None

    def _named_last(self, text: str) -> Who | None:
        """The known person named last; the first word is capitalised anyway, so unknown names do not count."""
        runs = list(formats.NAME.finditer(text))
        for run in reversed(runs):
            who = self.named(run[0])
            if who.known or run.start() > 0 or " " in who.name:
                return who
        return None

    def _remember(self, who: Who | None) -> Who | None:
        self.last = who or self.last
        return who

    def _piece(self, quote: str, who: Who | None, lead: str) -> Piece:
        kind = kind_of(quote) or kind_of(lead) or K.REMARK
        return Piece(kind=kind, quote=quote, speaker=_row(who), speaker_name=who.name if who else None)


def _leads_to_speech(text: str, start: int) -> bool:
    """Whether the text before a quotation is empty, ends a sentence, or introduces speech."""
    floor = max(0, start - _NEAR)
    before = text[floor:start].rstrip()
    return _ENDS_BEFORE_QUOTE.search(before) is not None if before else not floor


def who_is(name: str, people: Sequence[Known], directory: Directory) -> Who:
    """The person with this name or post, or whose name is part of it or contains it."""
    name = name.rstrip(".,’'-")
    known = directory.named(name)
    if known is None:
        for register in (Register.ATTENDANCE, Register.PERSON):
            matches = [
                person
                for person in people
                if person.register is register
                and any(_is_among(spelling.casefold(), name.casefold()) for spelling in person.spellings)
            ]
            if len(matches) == 1:
                return Who(name, matches[0])
    return Who(name, known)


def _is_among(spelling: str, name: str) -> bool:
    return len(spelling) > SHORTEST_NAME and f" {spelling} " in f" {name} "


def kind_of(words: str) -> StatementKind | None:
    return next((kind for kind, cue in _CUES if cue.search(words)), None)


def _row(who: Who | None) -> Known | None:
    return who.known if who and who.known and who.known.register is Register.ATTENDANCE else None


def _note(line: str, people: Sequence[Known], directory: Directory, said_on: date) -> Piece | None:
    """A line of notes, with a mark of the live minutes or as «Name: what was said»."""
    line = formats.without_bullet(line)
    understood = understand(line, said_on=said_on, people=directory, targets=())
    if understood.kind is None:
        # Typed with `t`: a directive until it is assigned. Assignee and due date stay in the text.
        return Piece(kind=K.DIRECTIVE, gist=understood.line.strip()) if understood.line.strip() else None
    first = next(iter(understood.speakers), None)
    who = Who(first.known.spellings[0] if first.known else first.name, first.known) if first else None
    words, spoken = understood.words, _COLON.match(understood.words)
    if spoken and not who and not understood.quote:
        who, words = who_is(spoken[1], people, directory), words[spoken.end() :]
    if not words.strip():
        return None
    return Piece(
        kind=understood.kind if understood.kind is not K.REMARK else kind_of(words) or understood.kind,
        quote=words if understood.quote else None,
        gist=None if understood.quote else words,
        speaker=_row(who),
        speaker_name=who.name if who else None,
    )
