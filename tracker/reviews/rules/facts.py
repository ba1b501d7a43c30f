"""Facts about actions and proposals that the rules of the queue use."""

from dataclasses import dataclass
from datetime import date

from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import ProposalStatus


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    id: int
    assigned_on: date
    status: ActionStatus
    has_pic: bool
    due_on: date | None
    original_due_on: date | None
    #: Date of its last event, other than events of reviews.
    last_moved_on: date


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    id: int
    raised_on: date
    status: ProposalStatus
    status_since: date
    revisit_on: date | None


@dataclass(frozen=True)
class PreviousState:
    due_on: date | None
    sittings: int
