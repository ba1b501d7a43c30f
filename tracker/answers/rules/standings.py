"""How things stand: the facts of which status sentences are made. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus
from tracker.answers.rules.holders import Holder, Turn
from tracker.proposals.rules import OPEN, Attribution, NotActionableReason, ProposalStatus


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
