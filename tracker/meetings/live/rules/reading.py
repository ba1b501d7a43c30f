"""What a line can mention, the choices made on the chips, and the result of reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.meetings.live.formats import DueDate
from tracker.meetings.rules import AWAY, AttendanceStatus, StatementKind
from tracker.proposals.rules import Effect, ProposalStatus


class Register(StrEnum):
    """Where a mentioned record comes from, in order of precedence."""

    ATTENDANCE = "attendance"
    PERSON = "person"
    POSITION = "position"
    UNIT = "unit"
    TARGET = "target"


_NARRATION = re.compile(
    r"(?:narasi|narator|siaran pers|rilis|humas|redaksi|notulis|narration|narrator|press release|press)\b",
    re.IGNORECASE,
)
#: Possible decisions about a proposal in the live minutes.
OUTCOMES = (
    ProposalStatus.APPROVED,
    ProposalStatus.REJECTED,
    ProposalStatus.DEFERRED,
    ProposalStatus.UNDER_DISCUSSION,
)


@dataclass(frozen=True)
class Known:
    """A record that a line can mention, with its spellings. The first one is displayed."""

    register: Register
    id: int
    spellings: tuple[str, ...]
    #: Distinguishes records with the same name: post and unit, or document and edition.
    detail: str | None = None
    #: Status of a row of the attendance list.
    status: AttendanceStatus | None = None
    #: The spellings that are personal names.
    names: tuple[str, ...] = ()
    #: The post of an attendee, or the post itself.
    position_id: int | None = None
    #: False for a target of a superseded document, and for a post or unit that did not exist on the day.
    is_in_force: bool = True

    @property
    def rank(self) -> tuple[int, int]:
        """Lower ranks take precedence: present, expected, absent, then the registers."""
        late = {AttendanceStatus.EXPECTED: 1, **dict.fromkeys(AWAY, 2)}
        standing = late.get(self.status, 0) if self.status else int(not self.is_in_force)
        return (list(Register).index(self.register), standing)


@dataclass(frozen=True)
class Mention:
    """A name after `@` or `#`. Without `known` it is unknown, or ambiguous if there are candidates."""

    name: str
    known: Known | None
    #: Named within the sentence, not as speaker or assignee.
    is_within: bool = False
    #: Matching records if there are several, best first.
    candidates: tuple[Known, ...] = ()
    #: The effect on the target, as chosen by the user.
    effect: Effect | None = None


class RecordKind(StrEnum):
    PROPOSAL = "proposal"
    ACTION = "action"
    MEETING = "meeting"


@dataclass(frozen=True, kw_only=True)
class Reference:
    kind: RecordKind
    id: int
    code: str
    title: str
    #: A member of the enumeration for its kind.
    state: StrEnum
    is_closed: bool = False
    #: Code of the proposal it was merged into.
    merged_into: str | None = None
    #: The post that decides the proposal, if recorded.
    authority_id: int | None = None
    #: Decisions possible in its present status.
    outcomes: tuple[ProposalStatus, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    outcome: ProposalStatus
    revisit_on: date | None = None
    authority_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Under:
    """What an action follows from: a line, or the meeting as a whole."""

    statement_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Details:
    on_behalf_of: str | None = None
    agenda_item_id: int | None = None
    origin_note: str | None = None
    #: Source if no attendee speaks, such as «narasi Humas».
    narrator: str | None = None
    has_sic: bool = False
    recorder_note: str | None = None


NO_DETAILS = Details()


@dataclass(frozen=True, kw_only=True)
class Line:
    id: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Above:
    line: Line | None = None
    #: Speaker of the line above: an attendee, or a name that only the line has.
    speaker: Mention | None = None
    #: Proposals that the lines above raise or are about, nearest first.
    proposals: Sequence[Reference] = ()


NOTHING_ABOVE = Above()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The record chosen for a name; None keeps the name as text."""

    name: str
    register: Register | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Choices made on the chips. They override the text of the line."""

    kind: StatementKind | None = None
    is_action: bool = False
    speaker_id: int | None = None
    #: A target added to those mentioned in the line.
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
    NAME = "name"
    TARGET = "target"
    DUE_DATE = "due_date"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Question:
    topic: Topic
    about: str = ""

    @property
    def key(self) -> str:
        """The same for the same question about an edited line."""
        return f"{self.topic}:{'_'.join(self.about.casefold().split())}"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """The meaning of a line. `kind` is None for an action; the text is in either quote or gist."""

    kind: StatementKind | None
    quote: str | None
    gist: str | None
    #: As typed, without the mark.
    line: str = ""
    people: tuple[Mention, ...] = ()
    #: Linked targets. An action has none: it gets them through its proposal.
    targets: tuple[Mention, ...] = ()
    due_on: date | None = None
    #: The due date of an action, with uncertainties.
    due: DueDate | None = None
    #: The chosen title, or one derived from the text.
    title: str = ""
    references: Sequence[Reference] = ()
    #: Codes of no record, or of none that the user may see.
    unknown_codes: Sequence[str] = ()
    #: Set if the line decides about a proposal.
    decision: Decision | None = None
    #: None if the action follows from the default line.
    under: Under | None = None
    details: Details = NO_DETAILS
    #: Ids of proposals that the line led to.
    led_to: Sequence[int] = ()
    #: The line that led to the proposal of this one.
    led_by: Line | None = None
    questions: Sequence[Question] = ()
    #: Extents removed from the line because they are recorded elsewhere: (start, end), sorted.
    cuts: Sequence[tuple[int, int]] = ()

    @property
    def words(self) -> str:
        return self.quote or self.gist or ""

    @property
    def speakers(self) -> tuple[Mention, ...]:
        """Who says or does it: the speaker or first assignee, then the others in the order of the line."""
        return tuple(mention for mention in self.people if not mention.is_within)

    @property
    def strangers(self) -> tuple[str, ...]:
        """Speakers and assignees in no register."""
        return tuple(
            mention.name for mention in self.speakers if mention.known is None and not is_narration(mention.name)
        )


def is_narration(name: str) -> bool:
    """Whether this is a source rather than a speaker: «narasi Humas»."""
    return _NARRATION.match(name) is not None
