"""What the queue asks of actions and proposals, and how the last closed sitting left them."""

from dataclasses import dataclass
from datetime import date

from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import ProposalStatus


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What the queue asks of an action."""

    id: int
    assigned_on: date
    status: ActionStatus
    has_pic: bool
    due_on: date | None
    original_due_on: date | None
    #: When something last happened to it, other than being looked at in a review.
    last_moved_on: date


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What the queue asks of a proposal."""

    id: int
    raised_on: date
    status: ProposalStatus
    status_since: date
    revisit_on: date | None


@dataclass(frozen=True)
class Before:
    """How the last closed sitting left a thing."""

    due_on: date | None
    sittings: int
