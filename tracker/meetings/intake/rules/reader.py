"""What a text proposes, and the parts that all ways of reading share. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from tracker.meetings.intake.formats.sections import Fact, Section
from tracker.meetings.intake.rules.prose import Passage, Prose
from tracker.meetings.intake.rules.speakers import Speakers, Who
from tracker.meetings.intake.rules.tasks import Span, Task, task_in
from tracker.meetings.live.rules import Known, Register
from tracker.meetings.rules import StatementKind

K = StatementKind
#: The rest of a longer text is not read.
MOST_READ = 1000
KINDS = {
    Section.DECISIONS: K.DECISION,
    Section.PROPOSALS: K.PROPOSAL,
    Section.DIRECTIVES: K.DIRECTIVE,
    Section.HOPES: K.HOPE,
    Section.INFORMATION: K.INFORMATION,
    Section.RESPONSES: K.RESPONSE,
    Section.REMARKS: K.REMARK,
}


class Manner(StrEnum):
    """How a text is read; recognised, or chosen."""

    PROSE = "prose"
    LINES = "lines"
    TURNS = "turns"


@dataclass(frozen=True, kw_only=True)
class Piece:
    kind: StatementKind
    quote: str | None = None
    gist: str | None = None
    #: The row of the attendance list, or the name as written if none matches.
    speaker: Known | None = None
    speaker_name: str | None = None
    is_kept: bool = True
    #: Where its words begin in the text.
    start: int = 0
    #: Whether kind and speaker follow from the form of the text, not from its wording alone.
    is_sure: bool = False
    #: What is to be done, for an action.
    task: Task | None = None
    #: What is to be done, and who is to do it, as written.
    what: str | None = None
    pic: str | None = None

    @property
    def words(self) -> str:
        return self.quote or self.gist or ""


@dataclass(kw_only=True)
class Reading:
    """What a text proposes for the minutes."""

    manner: Manner
    pieces: list[Piece] = field(default_factory=list)
    #: Lines of an attendance list, as in the text.
    people: list[str] = field(default_factory=list)
    agenda: list[str] = field(default_factory=list)
    #: What its labels say about the meeting, as in the text.
    facts: dict[Fact, str] = field(default_factory=dict)


class Reader:
    def __init__(self, text: str, people: Sequence[Known], said_on: date, listed: Sequence[str] = ()) -> None:
        self.text = text
        self.said_on = said_on
        self.people = people
        self.speakers = Speakers(people, listed)
        self.prose = Prose(text, self.speakers)

    def piece(
        self,
        span: Span,
        kind: StatementKind,
        who: Who | None = None,
        *,
        is_quote: bool = False,
        is_kept: bool = True,
        is_sure: bool = False,
    ) -> Piece:
        words = self.text[span[0] : span[1]]
        return Piece(
            kind=kind, quote=words if is_quote else None, gist=None if is_quote else words, start=span[0],
            speaker=_attendee(who), speaker_name=who.name if who else None, is_kept=is_kept, is_sure=is_sure,
        )  # fmt: skip

    def of_passage(self, passage: Passage, *, is_kept: bool | None = None) -> Piece:
        return self.piece(
            (passage.start, passage.end), passage.kind, passage.who, is_quote=passage.is_quote,
            is_kept=passage.counts if is_kept is None else is_kept,
            is_sure=passage.is_quote and passage.who is not None,
        )  # fmt: skip

    def action(self, span: Span, task: Task, who: Who | None = None, *, is_sure: bool = True) -> Piece:
        pic = self.text[task.pic[0] : task.pic[1]] if task.pic else None
        what = self.text[slice(*task.what)]
        return replace(self.piece(span, K.DIRECTIVE, who, is_sure=is_sure), task=task, what=what, pic=pic)

    def task(self, span: Span) -> Task:
        return task_in(self.text, *span, self.said_on, self.speakers.can_speak)


def _attendee(who: Who | None) -> Known | None:
    return who.known if who and who.known and who.known.register is Register.ATTENDANCE else None
