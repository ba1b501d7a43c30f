"""How an answer is put together from facts. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import OPEN, Attribution, NotActionableReason, ProposalStatus

S, A = ProposalStatus, ActionStatus

#: Thresholds of the register of unanswered proposals until somebody sets others.
AFTER_MEETINGS, AFTER_DAYS = 2, 60
#: Statuses in which nobody has decided yet; a deferral counts again once its date has come.
UNDECIDED = frozenset({S.SUBMITTED, S.UNDER_DISCUSSION})


class HolderKind(StrEnum):
    """What kind of holder has to act now."""

    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    OUTSIDE = "outside"
    VERIFIER = "verifier"


@dataclass(frozen=True)
class Holder:
    """Whoever has to act now. A verifier has no name: any reviewer will do."""

    kind: HolderKind
    name_id: str = ""
    name_en: str | None = None
    #: The short name, where a sentence wants one.
    short: str | None = None
    row_id: int | None = None


@dataclass(frozen=True)
class Change:
    """From this day on somebody else has to act; None where nobody knows, or nobody any more."""

    on: date | None
    holder: Holder | None
    reason: str | None = None


@dataclass(frozen=True)
class Turn:
    """One stretch of time in one holder's hands; `until` is empty while it lasts."""

    holder: Holder | None
    since: date | None
    until: date | None
    reason: str | None = None

    def days(self, today: date) -> int | None:
        """How long it lasted or has lasted; unknown where its beginning is."""
        return max(((self.until or today) - self.since).days, 0) if self.since else None


@dataclass(frozen=True, kw_only=True)
class Proposer:
    """Somebody who stands behind a proposal, by name or by post, and how sure that is."""

    name_id: str
    name_en: str | None = None
    attribution: Attribution = Attribution.QUOTED


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The facts of which the status sentence of a proposal is made."""

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
    turn: Turn | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.status in OPEN


@dataclass(frozen=True, kw_only=True)
class ActionStanding:
    """The facts of which the status sentence of an action is made."""

    origin_code: str | None = None
    assigned_on: date
    assignee: Holder | None = None
    due_on: date | None = None
    times_moved: int = 0
    status: ActionStatus
    status_since: date
    percent: int | None = None
    reason: str | None = None
    turn: Turn | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.status in OPEN_ACTIONS


def holder_of_proposal(
    status: ProposalStatus, *, authority: Holder | None, unit: Holder | None, working: Iterable[Holder | None]
) -> Holder | None:
    """Who has to act by the facts alone: whoever decides, then whoever carries out; unknown stays unknown."""
    if status in UNDECIDED or status is S.DEFERRED:
        return authority
    if status is S.APPROVED:
        return unit
    if status is S.IN_FOLLOW_UP:
        at_work = set(working)
        return at_work.pop() if len(at_work) == 1 else unit
    return None


def holder_of_action(status: ActionStatus, *, pic: Holder | None, unit: Holder | None) -> Holder | None:
    """Who has to act by the facts alone: the verifier of finished work, or whoever is in charge."""
    if status not in OPEN_ACTIONS:
        return None
    if status is A.AWAITING_VERIFICATION:
        return Holder(HolderKind.VERIFIER)
    return pic or unit


def turns(changes: Sequence[Change], ended_on: date | None) -> list[Turn]:
    """The stretches between changes, in order; neighbours in the same hands are one."""
    merged: list[Change] = []
    for change in sorted(changes, key=lambda one: one.on or date.max):
        if not merged or merged[-1].holder != change.holder:
            merged.append(change)
    ends = [*(following.on for following in merged[1:]), ended_on]
    return [Turn(change.holder, change.on, until, change.reason) for change, until in zip(merged, ends, strict=True)]


def days_by_holder(told: Iterable[Turn], today: date) -> dict[Holder, int]:
    """Days in each holder's hands, all turns together, in the order of the first turn."""
    found: dict[Holder, int] = {}
    for turn in told:
        if turn.holder is not None:
            found[turn.holder] = found.get(turn.holder, 0) + (turn.days(today) or 0)
    return found
