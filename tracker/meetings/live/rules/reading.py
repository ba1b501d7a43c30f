"""What a typed line can mention, what its writer chose on the chips, and what the line was read as."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.meetings.live.formats import DueDate
from tracker.meetings.rules import AWAY, AttendanceStatus, StatementKind
from tracker.proposals.rules import Effect, ProposalStatus


class Register(StrEnum):
    """Where somebody or something mentioned is recorded, in the order in which they are looked through."""

    ATTENDANCE = "attendance"
    PERSON = "person"
    POSITION = "position"
    UNIT = "unit"
    TARGET = "target"


_NARRATION = re.compile(
    r"(?:narasi|narator|siaran pers|rilis|humas|redaksi|notulis|narration|narrator|press release|press)\b",
    re.IGNORECASE,
)
#: What a decision can do to a proposal in the live minutes.
OUTCOMES = (
    ProposalStatus.APPROVED,
    ProposalStatus.REJECTED,
    ProposalStatus.DEFERRED,
    ProposalStatus.UNDER_DISCUSSION,
)


@dataclass(frozen=True)
class Known:
    """A record that a line can mention, and the ways to write it. The first spelling is the one that is shown."""

    register: Register
    id: int
    spellings: tuple[str, ...]
    #: What distinguishes it from others with the same name: post and unit, or document and edition.
    detail: str | None = None
    #: Of a row of the attendance list.
    status: AttendanceStatus | None = None
    #: Those of the spellings that are a person's name.
    names: tuple[str, ...] = ()
    #: The post of an attendee, or the post itself.
    position_id: int | None = None
    #: False for a target of a superseded document, and for a post or unit that did not exist on the day.
    is_in_force: bool = True

    @property
    def rank(self) -> tuple[int, int]:
        """Lower ranks are meant first: those present, those expected, those away, then the registers."""
        late = {AttendanceStatus.EXPECTED: 1, **dict.fromkeys(AWAY, 2)}
        standing = late.get(self.status, 0) if self.status else int(not self.is_in_force)
        return (list(Register).index(self.register), standing)


@dataclass(frozen=True)
class Mention:
    """A name after `@` or `#`. Without `known` it is unknown, or ambiguous where there are candidates."""

    name: str
    known: Known | None
    #: Named in the sentence, not as speaker or assignee.
    is_within: bool = False
    #: The records that fit where several do, the likeliest first.
    candidates: tuple[Known, ...] = ()
    #: What the writer chose that the line does to the target.
    effect: Effect | None = None


class RecordKind(StrEnum):
    """What a running code in a line is the code of."""

    PROPOSAL = "proposal"
    ACTION = "action"
    MEETING = "meeting"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A record that the line is about: by its code in the text, or chosen among the open items."""

    kind: RecordKind
    id: int
    code: str
    title: str
    #: Of the enumeration of its kind.
    state: StrEnum
    is_closed: bool = False
    #: The code of the proposal that this one was merged into.
    merged_into: str | None = None
    #: Who decides the proposal, where that is recorded.
    authority_id: int | None = None
    #: The outcomes that are possible from its present state.
    outcomes: tuple[ProposalStatus, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a decision does to the proposals it is about."""

    outcome: ProposalStatus
    revisit_on: date | None = None
    authority_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Under:
    """What an action follows from: a line of the minutes, or the meeting as a whole."""

    statement_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Details:
    """What can be added about a statement besides its words."""

    on_behalf_of: str | None = None
    agenda_item_id: int | None = None
    origin_note: str | None = None
    #: Who tells it where no attendee speaks, such as «narasi Humas».
    narrator: str | None = None
    has_sic: bool = False
    recorder_note: str | None = None


NO_DETAILS = Details()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A stored line that another one refers to."""

    id: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Above:
    """What stands above the line being typed."""

    line: Line | None = None
    #: Who says the line above: somebody on the list, or a name that only the line has.
    speaker: Mention | None = None
    #: The proposals that the lines above raise or are about, the nearest first.
    proposals: Sequence[Reference] = ()


NOTHING_ABOVE = Above()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which record the writer chose for a name in the line; none leaves the name in the text."""

    name: str
    register: Register | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What the writer chose on the chips. It counts before what the line says."""

    kind: StatementKind | None = None
    is_action: bool = False
    speaker_id: int | None = None
    #: A target besides those mentioned in the line.
    target_id: int | None = None
    choices: tuple[Choice, ...] = ()
    effects: tuple[tuple[int, Effect], ...] = ()
    due_on: date | None = None
    has_no_due_date: bool = False
    title: str | None = None
    outcome: ProposalStatus | None = None
    revisit_on: date | None = None
    authority_id: int | None = None
    under: Under | None = None
    details: Details = NO_DETAILS


NOTHING_CHOSEN = Meant()


class Topic(StrEnum):
    """What is asked about a line before it is stored."""

    NAME = "name"
    TARGET = "target"
    DUE_DATE = "due_date"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Question:
    """Something to ask once before a line is stored; it is recognised again by its key."""

    topic: Topic
    about: str = ""

    @property
    def key(self) -> str:
        """The same for the same question about another version of the line."""
        return f"{self.topic}:{'_'.join(self.about.casefold().split())}"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What a line means. `kind` is None for an action; at most one of quote and gist has the words."""

    kind: StatementKind | None
    quote: str | None
    gist: str | None
    #: As typed, without the mark.
    line: str = ""
    people: tuple[Mention, ...] = ()
    #: What the line is linked to. An action is linked to none: it has its targets through its proposal.
    targets: tuple[Mention, ...] = ()
    due_on: date | None = None
    #: Where the line says when an action is due, and what is doubtful about it.
    due: DueDate | None = None
    #: The title chosen, or one proposed from the words.
    title: str = ""
    references: Sequence[Reference] = ()
    #: Codes in the line that are no record's, or none that the writer may see.
    unknown_codes: Sequence[str] = ()
    #: Set where a decision is about a proposal that can be decided.
    decision: Decision | None = None
    #: None where the action follows from the last line that it can follow from.
    under: Under | None = None
    details: Details = NO_DETAILS
    #: Proposals, by their numbers, that the line led to.
    led_to: Sequence[int] = ()
    #: The line that led to the proposal of this one.
    led_by: Line | None = None
    questions: Sequence[Question] = ()
    #: What was taken out of the line because it is recorded besides its words: (start, end), in order.
    cuts: Sequence[tuple[int, int]] = ()

    @property
    def words(self) -> str:
        """The words of the line, quoted or not."""
        return self.quote or self.gist or ""

    @property
    def speakers(self) -> tuple[Mention, ...]:
        """Who says it, or who does it: the speaker or first assignee, then the others in the order of the line."""
        return tuple(mention for mention in self.people if not mention.is_within)

    @property
    def strangers(self) -> tuple[str, ...]:
        """Speakers and assignees that no register has."""
        return tuple(one.name for one in self.speakers if one.known is None and not is_narration(one.name))


def is_narration(name: str) -> bool:
    """Whether this is no speaker but a source that tells: «narasi Humas»."""
    return _NARRATION.match(name) is not None
