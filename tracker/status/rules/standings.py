"""Facts for status sentences. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus
from tracker.meetings.rules import MeetingStatus
from tracker.proposals.rules import OPEN, Attribution, NotActionableReason, ProposalStatus
from tracker.status.rules.holders import Holder, Responsibility
from tracker.targets.rules import Lacking, TargetState


@dataclass(frozen=True, kw_only=True)
class Proposer:
    name_id: str
    name_en: str | None = None
    attribution: Attribution = Attribution.QUOTED


@dataclass(frozen=True, kw_only=True)
class EffectOnTarget:
    target_id: str
    target_en: str | None = None
    expected: str | None = None
    effect: str | None = None
    value: Decimal | None = None
    period: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    proposers: Sequence[Proposer] = ()
    raised_on: date
    is_from_meeting: bool = True
    times_discussed: int = 0
    status: ProposalStatus
    status_since: date
    reason: str | None = None
    reason_code: NotActionableReason | None = None
    authority: Holder | None = None
    revisit_on: date | None = None
    survivor_code: str | None = None
    actions: int = 0
    finished_actions: int = 0
    responsibility: Responsibility | None = None
    effects: Sequence[EffectOnTarget] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True, kw_only=True)
class ActionStanding:
    assigned_on: date
    assignee: Holder | None = None
    due_on: date | None = None
    #: The unit that owes it, where the due day ends.
    unit_id: int | None = None
    times_moved: int = 0
    status: ActionStatus
    status_since: date
    percent: int | None = None
    reason: str | None = None
    responsibility: Responsibility | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_ACTIONS


@dataclass(frozen=True, kw_only=True)
class MeetingStanding:
    held_on: date
    status: MeetingStatus
    #: The name, or the post if the name is unknown.
    chair: str | None = None
    proposals: int = 0
    undecided: int = 0
    decisions: int = 0
    actions: int = 0
    finished: int = 0
    late: int = 0
    #: State of its minutes.
    minutes: StrEnum


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Target and actual value of a period; unknown is None, never 0."""

    period: str
    target: Decimal | None = None
    upper: Decimal | None = None
    actual: Decimal | None = None
    achievement: Decimal | None = None
    #: Difference from the target, and whether the target is a range and reached.
    deviation: Decimal | None = None
    is_range: bool = False
    is_reached: bool = False


@dataclass(frozen=True, kw_only=True)
class IndicatorStanding:
    state: TargetState
    #: Whether its document was superseded by a later edition.
    is_superseded: bool = False
    unit: str | None = None
    latest: Measured | None = None
    lacking: Sequence[Lacking] = ()
    proposals: int = 0
    realised: int = 0
    actions: int = 0
    finished: int = 0
